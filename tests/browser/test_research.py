"""The pages of figures with the keyboard alone, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there; it must be seen there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.and_(page.locator(":focus")).count():
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()


def test_from_a_search_to_a_line_and_the_words_around_it(page: Page) -> None:
    page.goto("/recherche?q=contrat&type=retour")
    tab_to(page, page.get_by_role("link", name="Voir chaque occurrence de ces mots"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/concordance?q=contrat**")
    tab_to(page, page.get_by_label("près de (facultatif)"))
    page.keyboard.type("ville")
    page.keyboard.press("Enter")
    page.wait_for_url("**/concordance?q=contrat&avec=ville**")
    tab_to(page, page.get_by_role("link", name="Forme", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**ordre=forme**")
    tab_to(page, page.locator("summary", has_text="forme"))
    page.keyboard.press("Enter")
    expect(page.locator(".forms ul")).to_be_hidden()
    tab_to(page, page.locator(".concordance a").first)
    page.goto("/cooccurrents?q=contrat&minimum=1")
    tab_to(page, page.get_by_role("link", name="ville", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/concordance?q=contrat&avec=ville")


def test_the_points_of_a_curve_are_reached_in_order(page: Page) -> None:
    page.goto("/tendances?mot=atelier")
    points = page.locator("svg a")
    assert points.count() > 1
    tab_to(page, points.first)
    page.keyboard.press("Tab")
    expect(points.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=atelier**")


@pytest.mark.parametrize(
    "url", ["/tendances?mot=contrat", "/vocabulaire?q=contrat&minimum=1", "/cooccurrents?q=contrat&minimum=1"]
)
def test_a_wide_table_is_moved_with_the_arrows(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(url)
    table = page.get_by_role("region", name="Tableau")
    tab_to(page, table)
    if table.evaluate("node => node.scrollWidth > node.clientWidth"):
        page.keyboard.press("ArrowRight")
        for _ in range(100):
            page.wait_for_timeout(20)
            if table.evaluate("node => node.scrollLeft"):
                break
        assert table.evaluate("node => node.scrollLeft") > 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
