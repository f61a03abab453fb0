"""`chercheville read`: what the readers make of one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from indexer.cli import cli

PAGE = """\
Les équipes de quartier se sont retrouvées pour parler de santé mentale.

Dates:
    mardi 11 mai 2017
    31 février 2019
Lieu:
    Maison des habitants - 60400 NOYON
Organisé par : l’Atelier des villes et la Ville de Noyon
URL de la source (modifié le 07/12/2017 - 10:25): <https://exemple.fr/thematiques/sante/rencontre-de-noyon>
"""


def read(path: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["read", str(path), *options], standalone_mode=False)


def read_json(path: Path, *options: str) -> dict[str, Any]:
    result = read(path, "--json", *options)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return path


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "compte-rendu_12_mars_2019.pdf"
    canvas = Canvas(str(path), invariant=1)
    for words in ("Première page du compte rendu", "Seconde page"):
        canvas.drawString(72, 720, words)
        canvas.showPage()
    canvas.save()
    return path


def test_the_facts_of_a_page_have_certainty_and_source(page: Path) -> None:
    found = read_json(page)
    (when,) = found["dates"]
    assert (when["start"], when["end"], when["precision"], when["certainty"]) == ("2017-05-11", "2017-05-11", "day", "stated")
    assert when["source"] == "mardi 11 mai 2017"
    assert when["start_time"] is None
    (place,) = found["places"]
    assert (place["kind"], place["commune"], place["insee"], place["departement"]) == ("commune", "Noyon", "60471", "Oise")
    assert ("sante", "stated") in {(theme["key"], theme["certainty"]) for theme in found["themes"]}
    assert [body["name"] for body in found["organisations"]] == ["Atelier des villes", "Ville de Noyon"]
    (only,) = found["pages"]
    assert (only["page"], only["state"]) == (1, "text")
    assert "santé mentale" in only["text"]


def test_what_cannot_be_so_is_a_problem(page: Path) -> None:
    problems = {problem["source"]: problem["kind"] for problem in read_json(page)["problems"]}
    assert problems["31 février 2019"] == "impossible_date"
    assert "mardi 11 mai 2017" in problems  # it was a Thursday


def test_a_pdf_is_shown_page_by_page(pdf: Path) -> None:
    found = read_json(pdf)
    assert [(page["page"], page["state"], page["text"]) for page in found["pages"]] == [
        (1, "text", "Première page du compte rendu"),
        (2, "text", "Seconde page"),
    ]
    assert [when["start"] for when in found["dates"]] == ["2019-03-12"]
    assert [page["text"] for page in read_json(pdf, "--page", "2")["pages"]] == ["Seconde page"]


def test_the_terminal_shows_the_same(page: Path, pdf: Path) -> None:
    shown = read(page).stdout
    assert "Date : 11 mai 2017 – « mardi 11 mai 2017 »" in shown
    assert "Problème : " in shown
    assert "p. 2, texte, pdfminer" in read(pdf, "--page", "2").stdout


def test_an_unreadable_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "faux.pdf"
    path.write_text("<html>404</html>")
    result = read(path, "--json")
    assert result.return_value == 3
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["kind"] == "not_pdf"
    assert problem["advice"]


@pytest.mark.parametrize("name", ["absent.pdf", "absent.txt", "notes.docx"])
def test_a_file_that_is_not_there_or_of_another_kind_is_an_error(tmp_path: Path, name: str) -> None:
    assert name in str(read(tmp_path / name).exception)


def test_a_page_that_the_pdf_does_not_have_is_an_error(pdf: Path) -> None:
    assert "n’a que 2 pages" in str(read(pdf, "--page", "3").exception)
