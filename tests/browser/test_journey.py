"""A researcher's journey through the sample corpus, on the real engine: from two words to the page of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from indexer import Settings
from indexer.build import build
from tests.serving import served
from webapp import create_app

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"))
    build(settings, lambda *_: None)
    with served(create_app(settings)) as address:
        yield address


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Without JavaScript, on a desk and on a phone."""
    context = browser.new_context(
        base_url=address, java_script_enabled=False, locale="fr-FR", viewport={"width": request.param, "height": 900}
    )
    yield context.new_page()
    context.close()


def test_from_two_words_to_the_page_of_a_pdf(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill("conseils citoyens")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=conseils+citoyens")
    page.goto(page.url + "&lieu=Oise&du=2016&au=2016")
    assert "pour «\N{NO-BREAK SPACE}conseils citoyens\N{NO-BREAK SPACE}»" in page.get_by_role("heading", level=1).inner_text()
    assert page.locator("mark").count() > 0
    link = page.get_by_role("link", name=re.compile(r"\.pdf, p\.\s\d")).first.get_attribute("href") or ""
    assert re.search(r"#page=\d+$", link)
    answer = page.request.get(link.split("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    assert "/dossier/" in page.url
    assert page.locator("mark").count() > 0


def test_every_dossier_is_served_without_sideways_scroll(page: Page) -> None:
    api = page.request.get("/api/v1/search?par=100").json()
    for hit in api["hits"]:
        assert page.goto(hit["url"]).status == 200  # type: ignore[union-attr]
    page.goto("/recherche?q=ville")
    box = page.locator("html").bounding_box()
    assert box is not None
    assert box["width"] <= page.viewport_size["width"]  # type: ignore[index]
