"""The journeys of a reader in a real browser, without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

DOSSIER = "/dossier/a1/rencontre-du-reseau-a-noyon"
KINDS = {
    "home": "/",
    "results": "/recherche?q=atelier&theme=habitat&du=2014",
    "nothing": "/recherche?q=introuvable&type=retour&du=hier",
    "dossier": f"{DOSSIER}?q=contrat",
    "error": "/nulle-part",
}


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_from_the_home_page_to_the_page_of_a_pdf(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Mots cherchés").fill("contrat ville")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 dossier pour")
    expect(page.locator(".hit mark").first).to_have_text("contrat")
    page.get_by_role("link", name="Rencontre du réseau à Noyon").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rencontre du réseau à Noyon")
    pdf = page.locator("#fichier-1-page-2 h3 a")
    assert (pdf.get_attribute("href") or "").endswith(".pdf#page=2")
    page.get_by_role("link", name="Retour aux résultats").click()
    assert parameters(page) == {"q": ["contrat ville"]}


def test_a_facet_is_chosen_and_removed(page: Page) -> None:
    page.goto("/recherche?q=atelier")
    page.locator(".facet a", has_text="En ligne").click()
    assert parameters(page) == {"q": ["atelier"], "lieu": ["en-ligne"]}
    expect(page.locator("h1")).to_contain_text("14 dossiers")
    page.locator(".facet a", has_text="En ligne").click()
    assert parameters(page) == {"q": ["atelier"]}


def test_dates_filter_without_losing_the_words(page: Page) -> None:
    page.goto("/recherche?q=atelier&lieu=en-ligne")
    page.get_by_label("Du", exact=True).fill("2016")
    page.get_by_label("Au", exact=True).fill("12/2016")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator(".chips")).to_contain_text("du 1er janvier 2016 au 31 décembre 2016")
    assert parameters(page) == {"q": ["atelier"], "lieu": ["en-ligne"], "du": ["2016"], "au": ["12/2016"]}


def test_the_next_page_and_the_order(page: Page) -> None:
    page.goto("/recherche?q=atelier")
    page.get_by_role("link", name="Suivante").click()
    assert parameters(page) == {"q": ["atelier"], "page": ["2"]}
    page.get_by_role("link", name="Plus anciens").click()
    assert parameters(page) == {"q": ["atelier"], "tri": ["date-croissante"]}


def test_the_whole_journey_by_keyboard(page: Page) -> None:
    page.goto("/")
    _tab_to(page, "q")
    page.keyboard.type("contrat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=contrat")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller aux résultats")).to_be_focused()
    expect(page.get_by_role("link", name="Aller aux résultats")).to_be_in_viewport()
    page.keyboard.press("Enter")
    title = page.locator(".hit h2 a").first
    for _ in range(8):
        page.keyboard.press("Tab")
        if title.and_(page.locator(":focus")).count():
            break
    expect(title).to_be_focused()
    assert title.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossier/**")


def _tab_to(page: Page, identifier: str) -> None:
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator(f"#{identifier}:focus").count():
            return
    raise AssertionError(f"#{identifier} cannot be reached by keyboard")


def test_suggestions_are_chosen_by_keyboard(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto("/recherche?type=annonce")
    box = page.get_by_role("combobox", name="Mots cherchés")
    options = page.get_by_role("option")
    box.press_sequentially("s")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("a")
    expect(options).to_have_text(["Santé thème", "Santé mentale expression"])
    expect(page.locator("form [role=status]")).to_contain_text("2 suggestions")
    box.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    box.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", "suggestion-1")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("sa")
    box.press_sequentially("n")
    expect(options).to_have_count(2)
    box.press("ArrowDown")
    box.press("Tab")
    expect(box).to_have_value("Santé")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("noy")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/recherche?q=Noyon&type=annonce*")
    page.close()


def test_a_suggestion_is_chosen_with_the_mouse(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site)
    page.goto("/")
    page.get_by_label("Mots cherchés").press_sequentially("sant")
    page.get_by_role("option", name="Santé mentale").click()
    page.wait_for_url("**/recherche?q=Sant%C3%A9+mentale")
    page.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(page: Page, kind: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_filters_fold(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/recherche?q=atelier")
    theme = page.locator(".facet a").first
    expect(theme).to_be_hidden()
    page.locator(".filters > summary").click()
    expect(theme).to_be_visible()


def test_on_a_wide_screen_the_filters_are_open(page: Page) -> None:
    page.goto("/recherche?q=atelier")
    expect(page.locator(".facet a").first).to_be_visible()
    expect(page.locator(".filters > summary")).to_be_hidden()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_refused_by_the_security_policy_and_nothing_comes_from_elsewhere(
    browser: Browser, site: str, kind: str
) -> None:
    page = browser.new_page(base_url=site)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(KINDS[kind])
    page.close()
    assert [words for words in said if "404" not in words] == []
    assert all(url.startswith(site) for url in asked)


def test_a_bar_and_a_tile_filter(page: Page) -> None:
    page.goto("/recherche?q=atelier")
    page.locator(".bars svg a[aria-label^='2017']").click()
    assert parameters(page) == {"q": ["atelier"], "annee": ["2017"]}
    page.locator(".map svg a[aria-label^='Oise']").click()
    assert parameters(page) == {"q": ["atelier"], "annee": ["2017"], "lieu": ["hauts-de-france/oise"]}


def test_results_are_taken_away_as_they_are_on_the_screen(page: Page) -> None:
    page.goto("/recherche?q=atelier&annee=2017")
    page.get_by_text("Emporter ces résultats").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS", exact=True).click()
    assert download.value.suggested_filename == "chercheville-atelier.ris"
    assert download.value.path().read_text(encoding="utf-8").count("TY  - ") == 2


def test_a_page_of_a_pdf_is_cited_without_script(page: Page) -> None:
    page.goto(DOSSIER)
    page.get_by_role("link", name="Citer cette page").nth(1).click()
    expect(page.locator(".citation").first).to_contain_text("compte rendu n°1.pdf [PDF en ligne], p. 2")


def test_marked_words_are_stepped_through_by_keyboard(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{DOSSIER}?q=contrat")
    page.get_by_role("button", name="Suivant").press("Enter")
    expect(page.locator("[data-told]")).to_have_text("1 / 2")
    page.keyboard.press("n")
    expect(page.locator("mark:focus")).to_have_text("contrat")
    expect(page.locator("[data-told]")).to_have_text("2 / 2")
    page.keyboard.press("p")
    expect(page.locator("[data-told]")).to_have_text("1 / 2")
    page.locator("#dedans").press("n")
    expect(page.locator("[data-told]")).to_have_text("1 / 2")  # typing is typing
    context.close()


def test_a_citation_is_copied(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(DOSSIER)
    page.get_by_role("button", name="Copier").first.click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".citation").first.text_content()
    context.close()
