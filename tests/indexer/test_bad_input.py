"""Files that hurt: the build ends, every one is indexed or listed with a reason, and the good ones are found."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.build import build
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from tests.reading.pdf_making import by_hand, make, says

Write = Callable[[Path], object]
GOOD = "Le budget participatif des quartiers"


def annotated(path: Path) -> None:
    """Twenty thousand notes on one page."""

    def notes(canvas: Canvas) -> None:
        for number in range(20_000):
            canvas.textAnnotation(f"note {number}", (10, 10, 20, 20))

    make(path, GOOD, draw=notes)


def form(path: Path) -> None:
    def fields(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="nom", x=50, y=50)
        canvas.acroForm.checkbox(name="oui", x=50, y=90)

    make(path, GOOD, draw=fields)


def many_pages(path: Path) -> None:
    make(path, *(f"{number} mots de plus sur le sujet {number % 7}, et {GOOD} encore {number % 11}" for number in range(3_000)))


def huge_pages(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(14_400, 14_400))
    canvas.drawString(7_000, 7_000, GOOD)
    canvas.save()


def with_file_inside(path: Path) -> None:
    """A PDF with another file at its end, as embedded files and digital signatures leave it."""
    make(path, GOOD)
    path.write_bytes(path.read_bytes() + b"\nPK\x03\x04" + bytes(100_000))


def right_to_left(path: Path) -> None:
    by_hand(path, says(GOOD) + b" BT /F 12 Tf -1 0 0 1 400 600 Tm (rueirtne) Tj ET")


def sparse(path: Path) -> None:
    """A gigabyte of nothing behind a PDF's first line."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(1_000_000_000)


PDFS: dict[str, Write] = {
    "annote.pdf": annotated,
    "formulaire.pdf": form,
    "trois-mille-pages.pdf": many_pages,
    "affiche.pdf": huge_pages,
    "avec-un-fichier.pdf": with_file_inside,
    "droite-a-gauche.pdf": right_to_left,
    "un-giga.pdf": sparse,
    unicodedata.normalize("NFD", "décomposé.pdf"): lambda path: make(path, GOOD),
    'guillemets " et espaces  .pdf': lambda path: make(path, GOOD),
    "retour\nà la ligne.pdf": lambda path: make(path, GOOD),
    "points..pdf..pdf": lambda path: make(path, GOOD),
}
PAGES: dict[str, str | bytes] = {
    "sans-etiquette.txt": f"{GOOD} sans étiquette.",
    "sans-valeurs.txt": f"{GOOD}.\n\nDates:\n\nLieu:\n\nOrganisé par :\n",
    "date-en-prose.txt": f"{GOOD}.\n\nDates:\n    {'La date sera précisée aux participants. ' * 5}\n",
    "date-en-tableau.txt": f"{GOOD}.\n\nDates:\n    | jour | heure |\n    |---|---|\n    | 11 mai 2017 | 9h |\n",
    "lieu-adresse-web.txt": f"{GOOD}.\n\nLieu:\n    https://exemple.fr/plan?x=48.85&y=2.35\n",
    "cinq-mega.html": f"<h1>{GOOD}</h1>" + "<p>Un paragraphe de plus.</p>" * 170_000,
    "une-ligne.txt": f"{GOOD} " * 60_000,
    "profonde.html": f"<h1>{GOOD}</h1>" + "<div>" * 100_000 + "au fond",
    "zeros.html": f"<h1>{GOOD}</h1><p>avec des\0zéros\0</p>".encode(),
    "faux-charset.html": b'<meta charset="utf-7"><h1>' + GOOD.encode() + b"</h1>",
    "non-fermee.html": f"<h1>{GOOD}</h1><p>du texte<!-- un commentaire sans fin <script>",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("mauvais")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, write in PDFS.items():
        write(corpus / name)
    for name, content in PAGES.items():
        (corpus / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with open(os.fsencode(corpus) + b"/m\xe9moire.pdf", "wb") as file:
        file.write(b"%PDF-")
    return Settings(corpus=corpus, index=folder / "index")


def test_every_file_is_found_or_listed_with_a_reason(settings: Settings) -> None:
    report = build(settings, lambda _: None)
    reasons = {failure.path: failure.reason for failure in report.unreadable}
    assert reasons == {"un-giga.pdf": "damaged", "m\\xe9moire.pdf": "bad_name"}
    assert all(failure.message and failure.advice for failure in report.unreadable)
    reader = open_reader(settings)
    found = {hit.card.path for hit in reader.search(Request("budget participatif", size=100)).hits}
    reader.close()
    assert found == {*PDFS, *PAGES} - {"un-giga.pdf"}
    assert report.files == report.dossiers + 1
