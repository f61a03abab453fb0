"""Every kind of page is valid HTML, its parts refer to one another rightly, and the first view is light."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer.errors import IndexMissing
from tests.webapp.fake_reader import FakeReader

PAGES = {
    "home": "/",
    "results": "/recherche?q=contrat+ville",
    "all": "/recherche?par=100",
    "filtered": "/recherche?q=atelier&annee=2017&annee=2018&lieu=en-ligne&mots=tous",
    "months": "/recherche?annee=2017",
    "nothing": "/recherche?q=rien+du+tout&type=annonce",
    "problems": "/recherche?q=le&du=hier&au=2017-02-30&page=0&par=7&tri=x&mots=x&themes=x&correction=x&inconnu=1",
    "beyond": "/recherche?q=atelier&page=99",
    "corrected": "/recherche?q=ateleir+qpv+cget",
    "values": "/valeurs/lieu?contient=o&q=atelier",
    "lines": "/concordance?q=atelier&annee=2017&annee=2018&ordre=droite",
    "words": "/vocabulaire?q=atelier&minimum=1&annee=2017",
    "words against words": "/vocabulaire?q=atelier&contre=contrat&minimum=x",
    "no words": "/vocabulaire?q=introuvable",
    "words against filters": "/vocabulaire?q=atelier&annee=2017&contre_lieu=oise&contre_type=retour&generation=7",
    "collocates": "/cooccurrents?q=atelier&minimum=1&annee=2017",
    "no collocates": "/cooccurrents?q=introuvable",
    "forms": "/concordance?q=atelier&ordre=forme&avec=ville",
    "curves": "/tendances?mot=atelier&mot=contrat+de+ville&mesure=occurrences&lieu=en-ligne",
    "too many curves": "/tendances?" + "&".join(f"mot=m{number}" for number in range(300)),
    "no curves": "/tendances?mot=atelier&lieu=nulle-part",
    "curves to ask for": "/tendances",
    "no lines": "/concordance?q=inconnu",
    "lines to ask for": "/concordance",
    "beyond the lines": "/concordance?q=atelier&page=99",
    "dossier": "/dossier/a1/rencontre-du-reseau-a-noyon",
    "marked": "/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat&citer=1-2",
    "unmarked": "/dossier/a1/rencontre-du-reseau-a-noyon?q=absent",
    "hostile": "/dossier/b2/x",
    "alone": "/dossier/c3/x",
    "lacking": "/lacunes",
    "statement": "/accessibilite",
    "method": "/methode",
    "400": "/export.csv?du=hier",
    "404": "/nulle-part",
    "414": "/recherche?q=" + "x" * 40_000,
}
VOID_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list", "headers")


def body(client: FlaskClient, url: str) -> str:
    answer = client.get(url, follow_redirects=True)
    assert answer.mimetype == "text/html"
    return answer.text


@pytest.fixture(params=["", "/en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("kind", PAGES)
def test_pages_are_valid(client: FlaskClient, kind: str, language: str) -> None:
    check(body(client, language + PAGES[kind]))


def test_the_page_of_a_site_without_an_index_is_valid(app: Flask, reader: FakeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise IndexMissing("Il n’y a pas encore d’index.")

    monkeypatch.setattr(reader, "search", missing)
    monkeypatch.setattr(reader, "status", missing)
    check(body(app.test_client(), "/recherche"))


def check(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)
    tree = LexborHTMLParser(text)
    ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
    assert not [name for name, times in ids.items() if times > 1 or not name]
    for attribute in VOID_REFERENCES:
        for node in tree.css(f"[{attribute}]"):
            assert set((node.attributes[attribute] or "").split()) <= set(ids), (attribute, node.html)
    inside = [(node.attributes["href"] or "")[1:] for node in tree.css("a[href^='#']")]
    assert set(inside) <= set(ids)
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert not tree.css("[style], style, script:not([src]):not([type='application/ld+json']), [onclick], [onload]")
    assert all(node.attributes.get("aria-label") or node.attributes.get("aria-hidden") for node in tree.css("svg"))
    named = {node.attributes["for"] for node in tree.css("label")}
    assert all(node.attributes.get("id") in named for node in tree.css("input:not([type=hidden]), select, textarea"))


@pytest.mark.parametrize("url", ["/", "/recherche?q=atelier&par=20"])
def test_the_first_view_is_light(client: FlaskClient, url: str) -> None:
    text = body(client, url)
    tree = LexborHTMLParser(text)
    linked = {node.attributes["src"] for node in tree.css("script[src], img[src]")}
    linked |= {node.attributes["href"] for node in tree.css("link[rel=stylesheet], link[rel=icon]")}
    assert all((address or "").startswith("/static/") for address in linked)
    weight = len(text.encode()) + sum(len(client.get(address or "", buffered=True).data) for address in linked)
    assert weight < 100_000


@pytest.mark.parametrize("name", ["style.css", "suggest.js", "hits.js", "copy.js"])
def test_styles_and_scripts_load_nothing_from_elsewhere(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/static/{name}", buffered=True)
    assert not re.search(r"https?:|[\"'(]//|@import|url\(", answer.text)
