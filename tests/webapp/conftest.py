"""The site on a fake reader and a corpus of one PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import Settings
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(sample())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one PDF, and a secret beside it."""
    (tmp_path / "corpus" / "pdf").mkdir(parents=True)
    (tmp_path / "corpus" / "pdf" / "compte rendu.pdf").write_bytes(PDF)
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    return tmp_path / "corpus"


@pytest.fixture
def app(corpus: Path, reader: FakeReader) -> Flask:
    return create_app(Settings(corpus=corpus, index=corpus.parent / "index"), reader)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
