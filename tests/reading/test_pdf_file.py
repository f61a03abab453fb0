"""PDFs page by page, by either reader first, and what is said of those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableFile
from indexer.model import OutlineEntry, PdfText
from indexer.pdf.options import PdfOptions
from indexer.pdf.pool import read_pdf
from tests.reading.pdf_making import by_hand, make, says

OPTIONS = PdfOptions(ocr="off", workers=1)
PDFIUM = PdfOptions(reader="pdfium", ocr="off", workers=1)

both_readers = pytest.mark.parametrize("options", [OPTIONS, PDFIUM], ids=["pdfminer first", "pdfium first"])


def states(pdf: PdfText) -> list[str]:
    return [page.state for page in pdf.pages]


@both_readers
def test_pages_in_order(tmp_path: Path, options: PdfOptions) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", "Le conseil citoyen\nde Valmory", "Le bilan à mi-parcours"), options)
    assert [(page.number, page.text, page.label, page.reader) for page in pdf.pages] == [
        (1, "Le conseil citoyen\nde Valmory", None, options.reader),
        (2, "Le bilan à mi-parcours", None, options.reader),
    ]
    assert pdf.state == "read"


@both_readers
def test_a_blank_page_keeps_its_number(tmp_path: Path, options: PdfOptions) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", "Un", "", "Trois"), options)
    assert [page.text for page in pdf.pages] == ["Un", "", "Trois"]
    assert states(pdf) == ["text", "blank", "text"]
    assert pdf.state == "read"


@both_readers
def test_text_in_a_form_is_read(tmp_path: Path, options: PdfOptions) -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.beginForm("cartouche")
        canvas.drawString(72, 300, "Dans le cartouche")
        canvas.endForm()
        canvas.doForm("cartouche")

    pdf = read_pdf(make(tmp_path / "a.pdf", "Hors du cartouche", draw=stamp), options)
    assert "Dans le cartouche" in pdf.pages[0].text


@both_readers
def test_a_word_cut_at_the_end_of_a_line_is_whole(tmp_path: Path, options: PdfOptions) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", "Un projet pour l'acces-\nsibilité des équipements"), options)
    assert "accessibilité" in pdf.pages[0].text


def test_printed_labels_title_outline_and_language(tmp_path: Path) -> None:
    def mark(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(2, style="ARABIC", start=3)
        canvas.bookmarkPage(str(canvas.getPageNumber()))
        canvas.addOutlineEntry(f"Partie {canvas.getPageNumber()}", str(canvas.getPageNumber()), canvas.getPageNumber() > 1)

    path = make(tmp_path / "a.pdf", "Avant-propos", "Sommaire", "Corps", title="Le bilan", lang="fr-FR", draw=mark)
    pdf = read_pdf(path, OPTIONS)
    assert [page.label for page in pdf.pages] == ["i", "ii", None]
    assert pdf.title == "Le bilan"
    assert pdf.outline == (OutlineEntry(0, "Partie 1", 1), OutlineEntry(1, "Partie 2", 2), OutlineEntry(1, "Partie 3", 3))
    assert pdf.language == "fr"


@both_readers
def test_an_owner_password_alone_is_no_obstacle(tmp_path: Path, options: PdfOptions) -> None:
    encryption = StandardEncryption("", ownerPassword="secret", canCopy=0)
    assert read_pdf(make(tmp_path / "a.pdf", "Lisible", encrypt=encryption), options).pages[0].text == "Lisible"


def locked(path: Path) -> None:
    make(path, "Secret", encrypt=StandardEncryption("mot de passe"))


@pytest.mark.parametrize(
    ("reason", "write"),
    [
        ("empty", lambda path: path.write_bytes(b"")),
        ("not_pdf", lambda path: path.write_bytes(b"<html><body>404</body></html>")),
        ("damaged", lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)),
        ("encrypted", locked),
        ("damaged", lambda path: by_hand(path, count=3)),
    ],
    ids=["empty", "a web page", "noise", "locked", "no page"],
)
def test_unreadable_files_say_why_and_what_to_do(tmp_path: Path, reason: str, write: Callable[[Path], object]) -> None:
    write(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(tmp_path / "a.pdf", OPTIONS)
    assert caught.value.reason == reason
    assert str(caught.value)
    assert caught.value.advice.endswith(".")


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_pdf(tmp_path / "a.pdf", OPTIONS)


@both_readers
def test_a_wrong_table_of_objects_is_made_anew(tmp_path: Path, options: PdfOptions) -> None:
    path = make(tmp_path / "a.pdf", "Un", "Deux")
    path.write_bytes(path.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert [page.text for page in read_pdf(path, options).pages] == ["Un", "Deux"]


@both_readers
def test_a_file_cut_short_is_never_told_to_be_whole(tmp_path: Path, options: PdfOptions) -> None:
    path = make(tmp_path / "coupe.pdf", *(f"Une page du compte rendu, la {number}" for number in range(5)))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    found = read_pdf(path, options)
    assert found.state == "partly"
    assert not any(page.state == "blank" for page in found.pages)


@both_readers
def test_announced_pages_that_are_missing_are_told(tmp_path: Path, options: PdfOptions) -> None:
    pdf = read_pdf(by_hand(tmp_path / "a.pdf", says("Un"), says("Deux"), count=4), options)
    assert [page.text for page in pdf.pages] == ["Un", "Deux", "", ""]
    assert states(pdf) == ["text", "text", "unreadable", "unreadable"]
    assert pdf.state == "partly"


@pytest.mark.parametrize("name", ["l’été.pdf", "un\ndeux.pdf", "a \"b\" 'c'.pdf", "e\u0301te\u0301.pdf", "vil\udce9.pdf"])
def test_file_names_of_every_kind(tmp_path: Path, name: str) -> None:
    make(tmp_path / "a.pdf", "Lisible").rename(tmp_path / name)
    assert read_pdf(tmp_path / name, OPTIONS).pages[0].text == "Lisible"
