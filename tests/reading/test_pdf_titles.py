"""Titles, outlines, labels and languages that say something."""

from __future__ import annotations

import pytest

from indexer.model import OutlineEntry
from indexer.pdf.titles import label_of, language_of, outline_of, title_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Bilan du contrat de ville", "Bilan du contrat de ville"),
        ("Évaluation à  mi-parcours\r\n", "Évaluation à mi-parcours"),
        ("Microsoft Word - bilan final.doc", None),
        ("compte_rendu_2019", None),
        ("rapport final v2.docx", None),
        ("untitled", None),
        ("Sans titre 1", None),
        ("Présentation PowerPoint", None),
        ("Diapositive 1", None),
        ("2019-03", None),
        ("", None),
    ],
)
def test_titles_that_say_something(given: str, kept: str | None) -> None:
    assert title_of(given) == kept


def test_an_outline_is_kept_from_two_headings_on() -> None:
    two = (OutlineEntry(0, "Introduction", 1), OutlineEntry(1, "Présentation", 2))
    assert outline_of([two[0], OutlineEntry(0, " \0", 1), OutlineEntry(0, "bilan_v2.pdf", 1), two[1]]) == two
    assert outline_of(two[:1]) == ()


@pytest.mark.parametrize(("given", "kept"), [("iv", "iv"), ("3", None), ("", None), ("A-1\0", "A-1")])
def test_labels_other_than_the_number(given: str, kept: str | None) -> None:
    assert label_of(given, 3) == kept


@pytest.mark.parametrize(("given", "kept"), [("fr-FR", "fr"), ("FR", "fr"), ("fr_CA", "fr"), ("français", None), ("", None)])
def test_languages_of_two_letters(given: str, kept: str | None) -> None:
    assert language_of(given) == kept
