"""Under too many requests some are told to come back; what tells whether the site lives is always answered.

Who leaves before being answered costs nothing.
"""

from __future__ import annotations

import socket
import time
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask

from indexer import Settings
from tests.serving import served
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


def test_requests_whose_reader_has_left_are_not_worked_on() -> None:
    app, worked = Flask(__name__), []

    @app.get("/")
    def slow() -> str:
        worked.append(1)
        time.sleep(0.5)
        return "told"

    with served(app) as url:
        port = int(url.rpartition(":")[2])
        for _ in range(30):
            with socket.create_connection(("127.0.0.1", port)) as reader:
                reader.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        stayed = HTTPConnection("127.0.0.1", port)
        stayed.request("GET", "/")
        assert stayed.getresponse().read() == b"told"
        stayed.close()
    assert len(worked) <= 9  # those at work when their readers left, four at a time; and the one who stayed
