"""What the site says of itself on every page: how fresh it is, and what is lacking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer import Settings
from indexer.build import build
from webapp import create_app, gaps, trust
from webapp.trust import Freshness

TINY = Path(__file__).parents[1] / "corpus"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(TINY, tmp_path / "corpus")
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def footer(client: FlaskClient, url: str = "/") -> str:
    return " ".join(LexborHTMLParser(client.get(url).text).css_first("footer").text().split())


@pytest.mark.parametrize("url", ["/", "/recherche?q=atelier", "/dossier/a1/rencontre-du-reseau-a-noyon", "/nulle-part"])
def test_every_page_says_how_fresh_the_index_is_and_what_it_lacks(client: FlaskClient, url: str) -> None:
    assert "Index du 20 novembre 2026 à 09:30 : 25 dossiers, 3 PDF, 14 pages de PDF lues." in footer(client, url)
    assert "3 fichiers manquent ou n’ont pas pu être lus." in footer(client, url)


def test_files_that_wait_are_counted(settings: Settings) -> None:
    freshness = Freshness(settings)
    freshness.look()
    assert freshness.waiting() == 0  # no index yet: other pages say so
    build(settings, lambda _: None)
    freshness.look()
    assert freshness.waiting() == 0
    (settings.corpus / "pages/nouvelle.txt").write_text("Une nouvelle page", encoding="utf-8")
    (settings.corpus / "pages/sante.html").unlink()
    freshness.look()
    assert freshness.waiting() == 2
    shutil.rmtree(settings.corpus)  # as on a server that holds but the index
    freshness.look()
    assert freshness.waiting() == 0


def test_a_stale_index_is_said(settings: Settings) -> None:
    build(settings, lambda _: None)
    app = create_app(settings)
    (settings.corpus / "pages/nouvelle.txt").write_text("Une nouvelle page", encoding="utf-8")
    app.extensions[trust.EXTENSION].look()
    assert "Depuis, 1 fichier du corpus a changé : la prochaine indexation en tiendra compte." in footer(app.test_client())


def test_what_is_lacking_is_listed_with_the_reason(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(settings, lambda _: None)
    monkeypatch.setattr(gaps, "PER_PAGE", 3)
    client = create_app(settings).test_client()
    found = []
    for number in (1, 2, 3):
        tree = LexborHTMLParser(client.get(f"/lacunes?page={number}").text)
        found += [" ".join(node.text().split()) for node in tree.css(".gaps li")]
    assert len(found) == 7
    assert any("protege.pdf" in entry and "mot de passe" in entry for entry in found)
    assert client.get("/lacunes?page=99").status_code == client.get("/lacunes?page=x").status_code == 200


def test_without_an_index_the_page_says_what_to_run(settings: Settings) -> None:
    response = create_app(settings).test_client().get("/lacunes")
    assert response.status_code == 503
    assert "chercheville build" in response.text
    assert "Index du" not in response.text
