"""Makes the README's screenshots of the sample corpus: `make screenshots`. Five views, as wide as a desk and as a phone."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from indexer import Settings
from indexer.build import build
from webapp import create_app

DOCS = Path(__file__).parent
VIEWS = {
    "accueil": "/",
    "recherche": "/recherche?q=conseil+citoyen",
    "filtres": "/recherche?q=habitants&annee=2019&annee=2022&lieu=hauts-de-france",
    "dossier": "/dossier/224360a78b7a/retour-sur-les-clauses-sociales-au-benefice-des-habitants?q=emploi",
    "lacunes": "/lacunes",
    "concordance": "/concordance?q=conseil+citoyen&ordre=droite",
    "tendances": "/tendances?mot=conseil+citoyen&mot=habitants&mot=emploi&mesure=frequence",
    "vocabulaire": "/vocabulaire?theme=sante",
    "cooccurrents": "/cooccurrents?q=habitants",
}
WIDTHS = {"": (1280, 1000), "-mobile": (360, 900)}


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is needed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as index:
        settings = Settings(corpus=DOCS.parent / "corpus", index=Path(index))
        build(settings, lambda _: None)
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            _shoot(browser, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def _shoot(browser: Browser, site: str) -> None:
    for ending, (width, height) in WIDTHS.items():
        page = browser.new_page(base_url=site, viewport={"width": width, "height": height})
        for name, url in VIEWS.items():
            page.goto(url)
            page.screenshot(path=DOCS / f"{name}{ending}.png")


if __name__ == "__main__":
    main()
