"""A live site on a loopback port, and a headless Chromium to read it with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from reportlab.pdfgen.canvas import Canvas

from indexer import Settings
from indexer.condition import store_path
from indexer.model import Failure, Mark, Portrait
from indexer.store import Known, Store
from tests.serving import served
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that is served while the tests run."""
    corpus = tmp_path_factory.mktemp("corpus")
    _write_pdf(corpus / "pdf" / "compte rendu.pdf")
    settings = Settings(corpus=corpus, index=tmp_path_factory.mktemp("index"))
    store = Store(store_path(settings))
    with store.transaction():
        failure = Failure("pdf/protege.pdf", "encrypted", "PDF protégé", "Ôtez le mot de passe.", page=2)
        store.put_failures([failure], "2026-11-20T09:30:00")
        _leave(store, "parti")
    store.close()
    with served(create_app(settings, FakeReader(sample()))) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page at 1280 × 800 without JavaScript, as the site promises to work."""
    context = browser.new_context(
        base_url=site, java_script_enabled=False, locale="fr-FR", viewport={"width": 1280, "height": 800}
    )
    yield context.new_page()
    context.close()


def _write_pdf(path: Path) -> None:
    path.parent.mkdir()
    canvas = Canvas(str(path))
    for number in (1, 2):
        canvas.drawString(72, 720, f"Page {number}")
        canvas.showPage()
    canvas.save()


def _leave(store: Store, dossier_id: str) -> None:
    """Note a dossier that was in the index and left, beside one that stands for it."""
    now, marks = "2026-11-20T09:30:00+01:00", frozenset([Mark("path", "pages/noyon.txt")])
    known = Known("", datetime.fromisoformat(now))
    portrait = Portrait("Rencontre du réseau", "https://exemple.example/noyon", marks)
    store.put_dossiers({dossier_id: "1"}, {dossier_id: known}, 1, lambda _: portrait, now)
    store.put_dossiers({"a1": "1"}, {"a1": known}, 2, lambda _: portrait, now)
