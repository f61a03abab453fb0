"""What the command line prints of a search, a score, a completion and a dossier's neighbours, on the fake reader."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from indexer import cli
from tests.webapp.fake_reader import FakeReader, sample


@pytest.fixture(autouse=True)
def _fake_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "open_reader", lambda _: FakeReader(sample()))


def printed(*words: str) -> str:
    """What a command prints, never wider than 80 columns, its lines put together."""
    done = CliRunner().invoke(cli.cli, words, catch_exceptions=False)
    assert done.exit_code == 0
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    return re.sub(r"\s+", " ", done.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["contrat", "ville"], "2 autres dossiers n’ont qu’une partie des mots ; les voir aussi : --mots tous --mots partie"),
        (["contrat", "ville"], "Mots trouvés : Tous les mots (1), Une partie des mots (2)"),
        (["contrat", "ville", "--mots", "partie"], "2 dossiers trouvés"),
        (["contrat", "ville", "--mots", "tous", "--mots", "partie"], "3 dossiers trouvés"),
        (["contrat", "ville", "--mots", "partie"], "Sans : ville"),
        (["contrat", "introuvable"], "Aucun dossier ne contient tous ces mots"),
        (["ateleir"], "Résultats pour « atelier » ; chercher plutôt « ateleir » : --sans-correction"),
        (["ateleir", "--sans-correction"], "Vouliez-vous dire « atelier » ?"),
        (["qpv"], "Cherché aussi : quartier prioritaire de la politique de la ville (QPV)"),
        (["clsm"], "conseil local de santé mentale (CLSM, d’après les dossiers)"),
        (["cget"], "CGET s’appelle ANCT depuis 2020 : chercher « ANCT »"),
        (["--tri", "a-venir"], "25 dossiers trouvés"),
    ],
)
def test_a_search_says_what_became_of_its_words(words: list[str], said: str) -> None:
    assert said in printed("search", *words)


def test_a_score_is_a_sum_that_can_be_read() -> None:
    said = printed("explain", "contrat", "ville", "inconnu", "a1")
    assert "points poids idf fois dossiers preuve : mot 1,500 1,00 2,000 3 4 texte : contrat" in said
    assert "3,000 total" in said
    assert "Sans : inconnu" in said
    assert "Meilleur passage : [page] Les chefs de projet" in said


def test_a_dossier_that_is_not_found_has_no_sum() -> None:
    said = printed("explain", "inconnu", "a1")
    assert "Cette recherche ne trouve pas ce dossier." in said
    assert "total" not in said


def test_a_beginning_is_completed() -> None:
    assert printed("suggest", "sa") == "Santé (thème, 2 dossiers) Santé mentale (expression, 1 dossier) "
    assert printed("suggest", "zz") == "Aucune suggestion. "


def test_neighbours_are_named_with_the_command_that_shows_them() -> None:
    said = printed("show", "a1")
    assert said.count("Voisin : ") == 5
    assert "des habitants (habitants, cadre de vie) – chercheville show d0" in said
