"""Under too many requests some are told to come back; what tells whether the site lives is always answered."""

from __future__ import annotations

from pathlib import Path

from indexer import Settings
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app
from webapp.crowd import watch


def test_requests_are_refused_while_too_many_wait(tmp_path: Path) -> None:
    app = create_app(Settings(corpus=tmp_path, index=tmp_path / "index"), FakeReader(sample()))
    client, waiting = app.test_client(), [17]
    watch(app, lambda: waiting[0], 16)
    refused = client.get("/recherche?q=contrat")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert "Trop de demandes arrivent" in refused.text
    assert "chercheville build" not in refused.text
    assert "Too many requests" in client.get("/en/recherche?q=contrat").text
    answer = client.get("/api/v1/search?q=contrat")
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, "application/problem+json", "2")
    for url in ("/healthz", "/readyz", "/metrics", "/static/style.css"):
        with client.get(url) as answer:
            assert answer.status_code == 200
    waiting[0] = 16
    assert client.get("/recherche?q=contrat").status_code == 200
