"""The PDFs of the corpus are served, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import PDF

GOOD = "/dossier/a1/fichier/1/compte%20rendu%20n%C2%B01.pdf"


def test_a_pdf_is_shown_in_the_browser(client: FlaskClient) -> None:
    answer = client.get(GOOD, buffered=True)
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_a_pdf_holds_has_no_part_in_the_site(client: FlaskClient) -> None:
    answer = client.get(GOOD, buffered=True)
    assert "sandbox" in answer.headers["Content-Security-Policy"].split("; ")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"", b"x" * 2000 + PDF])
def test_what_only_bears_the_name_of_a_pdf_can_only_be_saved(client: FlaskClient, corpus: Path, content: bytes) -> None:
    (corpus / "pdf" / "compte rendu.pdf").write_bytes(content)
    answer = client.get(GOOD, buffered=True)
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_a_pdf_can_be_asked(client: FlaskClient) -> None:
    answer = client.get(GOOD, headers={"Range": "bytes=0-3"}, buffered=True)
    assert (answer.status_code, answer.data) == (206, b"%PDF")


@pytest.mark.parametrize(
    "url",
    [
        "/dossier/a1/fichier/2/absent.pdf",
        "/dossier/a1/fichier/3/rien.pdf",
        "/dossier/a1/fichier/0/rien.pdf",
        "/dossier/inconnu/fichier/1/rien.pdf",
        "/dossier/c3/fichier/1/%C3%A9vasion.pdf",
        "/dossier/a1/fichier/1/..%2f..%2fsecret.pdf",
        "/static/../__init__.py",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, url: str) -> None:
    answer = client.get(url, follow_redirects=True, buffered=True)
    assert answer.status_code == 404 or answer.data == PDF
    assert answer.data != b"secret"


def test_a_link_that_leads_out_of_the_corpus_is_refused(client: FlaskClient, corpus: Path) -> None:
    file = corpus / "pdf" / "compte rendu.pdf"
    file.unlink()
    file.symlink_to(corpus.parent / "secret.pdf")
    assert client.get(GOOD, buffered=True).status_code == 404


def test_a_file_removed_since_the_indexing_is_said(client: FlaskClient, corpus: Path) -> None:
    (corpus / "pdf" / "compte rendu.pdf").unlink()
    answer = client.get(GOOD, buffered=True)
    assert answer.status_code == 404
    assert "retiré depuis la dernière indexation" in answer.text
