"""axe finds nothing on any kind of page: in both languages, light and dark, wide, zoomed and narrow, folded and open."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_browser import DOSSIER, KINDS

ALL = {
    **KINDS,
    "chosen": "/recherche?q=atelier&annee=2017&lieu=hauts-de-france/oise&mots=tous",
    "late": "/recherche?q=atelier&page=9",
    "cited": f"{DOSSIER}?q=contrat&citer=1-2#citer",
    "alone": "/dossier/c3/dossier",
    "months": "/recherche?annee=2017",
    "values": "/valeurs/lieu?contient=o&lieu=en-ligne",
    "gone": "/dossier/parti",
    "words": "/vocabulaire?q=atelier&minimum=1&contre_lieu=oise",
    "collocates": "/cooccurrents?q=contrat&minimum=1",
    "forms": "/concordance?q=contrat&ordre=forme&avec=ville",
    "curves": "/tendances?mot=atelier&mot=contrat&mesure=occurrences",
    "lines": "/concordance?q=atelier&lieu=en-ligne",
    "lacking": "/lacunes",
    "statement": "/accessibilite",
    "method": "/methode",
}
WIDTHS = (1280, 640, 320)
"""In pixels; 640 is 1280 zoomed by two."""
FOLDED = ("", "light")
"""Pages are looked at folded in one language and scheme, and with everything open in all."""
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
"""Of what passes axe reports one element a rule: told all, each of 240 runs takes a second longer."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("kind", ALL)
def test_axe_finds_nothing(browser: Browser, site: str, kind: str, language: str, scheme: str) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, locale="fr-FR")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(language + ALL[kind])
    for width in WIDTHS if (language, scheme) == FOLDED else WIDTHS[::2]:
        page.set_viewport_size({"width": width, "height": 900})
        for opened in (False, True) if (language, scheme) == FOLDED else (True,):
            if opened:
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, found.generate_report()
    context.close()
