"""Every error is a page in French with its status, every answer has the security headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import Settings
from indexer.engine.contract import Request, Result, Suggestion
from indexer.errors import ChercheVilleError, IndexDamaged, IndexVersionMismatch
from tests.webapp.fake_reader import FakeReader
from webapp import create_app


class BrokenReader(FakeReader):
    def __init__(self, error: Exception) -> None:
        super().__init__(())
        self.error = error

    def search(self, request: Request) -> Result:
        raise self.error

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        raise self.error


def failing(error: Exception) -> FlaskClient:
    return create_app(Settings(), BrokenReader(error)).test_client()


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("/nulle-part", 404, "Page introuvable"),
        ("/dossier/zz/x", 404, "identifiant «\N{NO-BREAK SPACE}zz"),
        ("/dossier", 404, "accueil"),
    ],
)
def test_an_unknown_address_helps(client: FlaskClient, url: str, status: int, said: str) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert said in answer.text
    assert 'role="search"' in answer.text


def test_a_site_is_only_read(client: FlaskClient) -> None:
    answer = client.post("/recherche")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Action impossible" in answer.text


def test_without_an_index_the_command_is_named_and_the_site_starts(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path, index=tmp_path / "index")).test_client()
    for url in ("/", "/recherche?q=a", "/dossier/a1"):
        answer = client.get(url)
        assert answer.status_code == 503
        assert "chercheville build" in answer.text
    assert client.get("/api/v1/search").status_code == 503


@pytest.mark.parametrize("error", [IndexVersionMismatch("D’une autre version."), IndexDamaged("Abîmé.")])
def test_an_index_that_cannot_be_read_is_said_in_its_own_words(error: ChercheVilleError) -> None:
    answer = failing(error).get("/recherche?q=a")
    assert answer.status_code == 503
    assert str(error) in answer.text


def test_without_an_index_there_are_no_suggestions(caplog: pytest.LogCaptureFixture) -> None:
    answer = failing(IndexDamaged("Abîmé.")).get("/api/v1/suggest?q=sa")
    assert (answer.status_code, answer.json) == (200, {"suggestions": []})
    assert "Abîmé" in caplog.text


def test_an_unforeseen_error_shows_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    answer = failing(RuntimeError("détail interne")).get("/recherche")
    assert answer.status_code == 500
    assert "détail interne" not in answer.text
    assert "Erreur du site" in answer.text
    assert "détail interne" in caplog.text


def test_no_script_runs_in_a_pdf(client: FlaskClient) -> None:
    answer = client.get("/dossier/a1/fichier/1/compte%20rendu%20n%C2%B01.pdf", buffered=True)
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", ["/", "/recherche", "/nulle-part", "/static/style.css", "/api/v1/search", "/dossier/a1"])
def test_every_answer_has_the_security_headers(app: Flask, url: str) -> None:
    headers = app.test_client().get(url, buffered=True).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        "; style-src 'self'; script-src 'self'; connect-src 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_stylesheet_stays_small() -> None:
    assert (Path(__file__).parents[2] / "webapp" / "static" / "style.css").stat().st_size < 20_000
