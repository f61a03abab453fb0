"""PDFs page by page, and what is said of those that cannot be read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.attachment import clean, read_pdf
from indexer.errors import UnreadableFile

Draw = Callable[[Canvas], None]


def make(path: Path, *pages: str, title: str = "", encrypt: StandardEncryption | None = None, draw: Draw | None = None) -> Path:
    canvas = Canvas(str(path), encrypt=encrypt)
    canvas.setTitle(title)
    for page in pages:
        for row, line in enumerate(page.split("\n")):
            canvas.drawString(72, 760 - 14 * row, line)
        if draw:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def test_pages_in_order(tmp_path: Path) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", "Le conseil citoyen\nde Valmory", "Le bilan à mi-parcours"))
    assert [(page.number, page.text, page.label) for page in pdf.pages] == [
        (1, "Le conseil citoyen\nde Valmory", None),
        (2, "Le bilan à mi-parcours", None),
    ]
    assert pdf.problem is None


def test_a_blank_page_keeps_its_number(tmp_path: Path) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", "Un", "", "Trois"))
    assert [page.text for page in pdf.pages] == ["Un", "", "Trois"]


def test_text_in_a_form_is_read(tmp_path: Path) -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.beginForm("cartouche")
        canvas.drawString(72, 300, "Dans le cartouche")
        canvas.endForm()
        canvas.doForm("cartouche")

    pdf = read_pdf(make(tmp_path / "a.pdf", "Hors du cartouche", draw=stamp))
    assert "Dans le cartouche" in pdf.pages[0].text


def test_printed_page_labels(tmp_path: Path) -> None:
    def label(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(2, style="ARABIC", start=3)

    pdf = read_pdf(make(tmp_path / "a.pdf", "Avant-propos", "Sommaire", "Corps", draw=label))
    assert [page.label for page in pdf.pages] == ["i", "ii", None]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Bilan du contrat de ville", "Bilan du contrat de ville"),
        ("Évaluation à mi-parcours", "Évaluation à mi-parcours"),
        ("Microsoft Word - bilan final.doc", None),
        ("compte_rendu_2019", None),
        ("rapport final v2.docx", None),
        ("untitled", None),
        ("Sans titre 1", None),
        ("Présentation PowerPoint", None),
        ("Diapositive 1", None),
        ("2019-03", None),
    ],
)
def test_titles_that_say_something(tmp_path: Path, given: str, kept: str | None) -> None:
    assert read_pdf(make(tmp_path / "a.pdf", "Texte", title=given)).title == kept


def test_an_owner_password_alone_is_no_obstacle(tmp_path: Path) -> None:
    encryption = StandardEncryption("", ownerPassword="secret", canCopy=0)
    assert read_pdf(make(tmp_path / "a.pdf", "Lisible", encrypt=encryption)).pages[0].text == "Lisible"


def locked(path: Path) -> None:
    make(path, "Secret", encrypt=StandardEncryption("mot de passe"))


def drawing(path: Path) -> None:
    make(path, "", draw=lambda canvas: canvas.circle(200, 400, 90, fill=1))


def truncated(path: Path) -> None:
    make(path, *(f"Page {number}" for number in range(20)))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])


@pytest.mark.parametrize(
    ("reason", "write"),
    [
        ("empty", lambda path: path.write_bytes(b"")),
        ("not_pdf", lambda path: path.write_bytes(b"<html><body>404</body></html>")),
        ("damaged", lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)),
        ("encrypted", locked),
        ("no_text", drawing),
        ("damaged", truncated),
    ],
    ids=["empty", "a web page", "noise", "locked", "drawing", "truncated"],
)
def test_unreadable_files_say_why_and_what_to_do(tmp_path: Path, reason: str, write: Callable[[Path], object]) -> None:
    write(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(tmp_path / "a.pdf")
    assert caught.value.reason == reason
    assert str(caught.value)
    assert caught.value.advice.endswith(".")


def test_a_wrong_table_of_objects_is_made_anew(tmp_path: Path) -> None:
    path = make(tmp_path / "a.pdf", "Un", "Deux")
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert [page.text for page in read_pdf(path).pages] == ["Un", "Deux"]


def test_missing_pages_are_told(tmp_path: Path) -> None:
    path = make(tmp_path / "a.pdf", "Un", "Deux")
    path.write_bytes(path.read_bytes().replace(b"/Count 2", b"/Count 5"))
    assert read_pdf(path).problem == "3 pages manquent"


def test_a_page_that_cannot_be_read_is_empty_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pdfminer.pdfinterp import PDFPageInterpreter

    read, calls = PDFPageInterpreter.process_page, iter(range(9))

    def fail_on_second(self: PDFPageInterpreter, page: object) -> None:
        if next(calls) == 1:
            raise RecursionError
        read(self, page)  # type: ignore[arg-type]

    monkeypatch.setattr(PDFPageInterpreter, "process_page", fail_on_second)
    pdf = read_pdf(make(tmp_path / "a.pdf", "Un", "Deux", "Trois"))
    assert [page.text for page in pdf.pages] == ["Un", "", "Trois"]
    assert pdf.problem == "page 2 illisible"


def test_nothing_is_said_on_the_way(tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.WARNING):
        truncated(tmp_path / "a.pdf")
        with pytest.raises(UnreadableFile):
            read_pdf(tmp_path / "a.pdf")
    assert not caplog.records
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("found", "cleaned"),
    [
        ("acces-\nsibilité", "accessibilité"),
        ("Hauts-de-\nFrance", "Hauts-de-\nFrance"),
        ("2015-\n2022", "2015-\n2022"),
        ("e\ufb03cace, \ufb01n", "efficace, fin"),
        ("inter\u00adcommunalité, inter\u00ad\ncommunal", "intercommunalité, intercommunal"),
        ("fin  \n\x0csuite\x00", "fin\n\nsuite"),
        ("e\u0301lu", "élu"),
    ],
)
def test_light_cleaning(found: str, cleaned: str) -> None:
    assert clean(found) == cleaned
