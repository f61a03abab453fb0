"""Every word of the site is in both languages; words of the documents are French, and said to be."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer.language import FRENCH, locale
from tests.webapp.fake_reader import FakeReader

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "webapp/translations/en/LC_MESSAGES/messages.po"
TEMPLATES = sorted((ROOT / "webapp/templates").iterdir())
PAGES = [
    *(
        "/",
        "/recherche",
        "/recherche?q=contrat+ville",
        "/recherche?q=contrat+ville&annee=2017&lieu=en-ligne",
        "/recherche?q=rien",
    ),
    *("/recherche?q=atelier&page=9", "/recherche?du=2017-02-30&tri=x&par=7&mots=x&themes=x&page=0&au=2016", "/lacunes"),
    *("/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat&citer=1-2", "/dossier/b2/atelier-1", "/accessibilite", "/nulle-part"),
    *(
        "/concordance?q=contrat&lieu=oise",
        "/concordance?q=inconnu",
        "/tendances?mot=atelier&mot=contrat&lieu=oise",
        "/tendances?mot=x&theme=rien",
        "/methode",
        "/vocabulaire?q=contrat&minimum=1",
        "/vocabulaire?q=contrat&contre_lieu=oise&minimum=1&generation=7",
        "/cooccurrents?q=contrat&minimum=1",
        "/cooccurrents?q=introuvable",
        "/concordance?q=contrat&ordre=forme&avec=ville",
        "/valeurs/theme?contient=san",
    ),
]
OURS = re.compile(r"ChercheVille|\(politique de la ville\)|Défenseur des droits|départements?|lieu:|titre:|“(mots|par|q)”|partie")
FRENCH_WORDS = re.compile(r"(?i)[éèêàçùâîôœ]|\b(le|la|les|des|du|dans|une|pour|sur|avec|est|sont|aucun|par|mots|pages? de)\b")


@pytest.fixture(scope="module")
def words() -> Catalog:
    with WORDS.open("rb") as source:
        return read_po(source, locale="en")


def messages() -> dict[str | tuple[str, ...], object]:
    """The messages of the code and the templates."""
    methods, options = parse_mapping_cfg(io.StringIO((ROOT / "babel.cfg").read_text()))
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "gettext_noop": None}
    found: dict[str | tuple[str, ...], object] = {}
    for part in ("indexer", "webapp"):
        rooted = [(pattern.removeprefix(f"{part}/"), method) for pattern, method in methods]
        kept = {pattern.removeprefix(f"{part}/"): option for pattern, option in options.items()}
        for _, line, message, _, _ in extract_from_dir(ROOT / part, rooted, kept, keywords=keywords):
            found[message] = line
    return found


def test_every_message_is_translated(words: Catalog) -> None:
    wanted = messages()
    assert len(wanted) > 200
    assert not [message for message in wanted if message not in words]
    assert not [message.id for message in words if message.id and (not all(_forms(message.string)) or message.fuzzy)]


def test_no_message_is_left_from_before(words: Catalog) -> None:
    wanted = messages()
    assert not [message.id for message in words if message.id and message.id not in wanted]


def test_translations_keep_the_placeholders(words: Catalog) -> None:
    for message in words:
        if message.id:
            wanted = set(re.findall(r"%\(\w+\)s|</?\w+>", " ".join(_forms(message.id))))
            for form in _forms(message.string):
                assert set(re.findall(r"%\(\w+\)s|</?\w+>", form)) == wanted, form


def test_the_compiled_words_are_those_of_the_source(words: Catalog) -> None:
    with WORDS.with_suffix(".mo").open("rb") as file:
        compiled = {_forms(message.id)[0]: _forms(message.string) for message in read_mo(file) if message.id}
    assert compiled == {_forms(message.id)[0]: _forms(message.string) for message in words if message.id}, (
        "run: make translations"
    )


def _forms(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_of_their_own(template: Path) -> None:
    text = re.sub(r"(?s)\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", template.read_text())
    text = re.sub(r"(?s)<generator>.*?</generator>|\.focus[^>]*|&\w+;", "", text)
    shown = re.sub(r"(?s)<[^>]*>", " ", text)
    named = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', text))
    left = set(re.findall(r"[^\W\d_]{2,}", f"{shown} {named}"))
    assert left <= {"PDF", "English", "Français", "formulaire", "defenseurdesdroits", "fr", "UTF"}


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_says_what_of_it_is_french(reader: FakeReader, client: FlaskClient, address: str) -> None:
    reader.dossiers = {key: replace(one, card=replace(one.card, language=None)) for key, one in reader.dossiers.items()}
    answer = client.get(f"/en{address}")
    tree = HTMLParser(answer.text)
    assert tree.css_first("html").attributes["lang"] == "en"
    for node in tree.css('[lang="fr"], script, style, kbd, svg, .chart th, .citation, .file, .details'):
        node.decompose()
    shown = " ".join((tree.body.text(separator=" ") if tree.body else "").split())
    named = [node.attributes[name] or "" for name in ("aria-label", "placeholder") for node in tree.css(f"[{name}]")]
    for text in (shown, *named):
        found = FRENCH_WORDS.search(OURS.sub("", text))
        assert not found, OURS.sub("", text)[max(0, found.start() - 60) :][:120]


def test_links_of_an_english_page_stay_english(client: FlaskClient) -> None:
    tree = HTMLParser(client.get("/en/recherche?q=contrat+ville").text)
    links = [node.attributes["href"] or "" for node in tree.css("a[href]") if node.attributes.get("hreflang") != "fr"]
    assert links
    assert all(link.startswith(("/en/", "#")) for link in links)
    assert [node.attributes["href"] for node in tree.css("p.language a")] == ["/recherche?q=contrat+ville"]


def test_each_page_names_its_other_language(client: FlaskClient) -> None:
    for address in ("/recherche?q=habitat", "/en/recherche?q=habitat"):
        tree = HTMLParser(client.get(address).text)
        found = {node.attributes["hreflang"]: node.attributes["href"] for node in tree.css("link[hreflang]")}
        assert found == {"fr": "/recherche?q=habitat", "en": "/en/recherche?q=habitat"}


def test_numbers_and_days_are_written_as_the_language_does(client: FlaskClient) -> None:
    assert "11 mai 2017, 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in client.get("/recherche?q=contrat+ville").text
    assert "11 May 2017, 9:30" in client.get("/en/recherche?q=contrat+ville").text


def test_the_language_ends_with_the_request(client: FlaskClient) -> None:
    assert client.get("/en/export.csv?q=contrat").text.count("Event report")
    assert locale() == FRENCH.locale
    assert "Retour sur événement" in client.get("/export.csv?q=contrat").text


def test_a_path_that_only_begins_like_the_language_is_none(client: FlaskClient) -> None:
    assert client.get("/en").status_code == 200
    assert client.get("/entre").status_code == 404
    assert "Page introuvable" in client.get("/entre").text


def test_the_api_explains_in_the_language_of_its_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/rien").get_json()["title"] == "Page introuvable"
    assert client.get("/en/api/v1/rien").get_json()["title"] == "Page not found"
