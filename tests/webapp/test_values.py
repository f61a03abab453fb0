"""All the values of a facet on a page of their own."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer.facets import place_values
from indexer.model import Organisation, Place
from tests.webapp.fake_reader import FakeReader
from webapp.facets import LISTED, SHOWN


def page(client: FlaskClient, url: str) -> LexborHTMLParser:
    answer = client.get(url)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def rows(tree: LexborHTMLParser) -> dict[str, str]:
    return {" ".join(node.text().split()): unquote(node.attributes["href"] or "") for node in tree.css(".values.all a")}


def test_values_are_found_by_a_part_of_their_names(client: FlaskClient) -> None:
    found = rows(page(client, "/valeurs/lieu?contient=NOYON&q=contrat"))
    assert list(found.values()) == ["/recherche?q=contrat&lieu=hauts-de-france/oise/noyon"]
    assert next(iter(found)).startswith("Noyon Hauts-de-France › Oise")
    assert rows(page(client, "/valeurs/lieu?contient=inconnue-ici")) == {}


def test_the_search_stays_with_the_form(client: FlaskClient) -> None:
    tree = page(client, "/valeurs/annee?q=atelier&lieu=en-ligne&tri=date-croissante")
    hidden = [(node.attributes["name"], node.attributes["value"]) for node in tree.css("form.inside input[type=hidden]")]
    assert hidden == [("q", "atelier"), ("lieu", "en-ligne"), ("tri", "date-croissante")]
    assert tree.css_first("p.back a").attributes["href"] == "/recherche?q=atelier&lieu=en-ligne&tri=date-croissante"


def test_an_unknown_facet_is_no_page(client: FlaskClient) -> None:
    assert client.get("/valeurs/couleur").status_code == 404


def test_a_long_facet_shows_a_part_of_its_values_and_leads_to_all(client: FlaskClient, reader: FakeReader) -> None:
    bodies = tuple(Organisation(f"Association {number}") for number in range(120))
    reader.dossiers["c3"] = replace(reader.dossiers["c3"], card=replace(reader.dossiers["c3"].card, organisations=bodies))
    section = page(client, "/recherche").css_first("section[aria-labelledby=facette-organisme]")
    assert len(section.css(".value")) == SHOWN + LISTED
    link = section.css_first(".all-values a")
    assert len(rows(page(client, link.attributes["href"] or ""))) > 120
    assert "Chercher dans les 12" in link.text()


def test_a_place_is_counted_at_its_intercommunality_too() -> None:
    place = Place("commune", commune="Noyon", epci="CC du Pays Noyonnais", departement="Oise", region="Hauts-de-France")
    keys = [value.key for value in place_values(place)]
    oise = "hauts-de-france/oise"
    assert keys == ["hauts-de-france", oise, f"{oise}/cc-du-pays-noyonnais", f"{oise}/noyon"]
    assert [value.key for value in place_values(replace(place, kind="epci", commune=None))] == keys[:3]
    spread = Place("epci", epci="CC des Deux Rives", region="Grand Est")
    assert [value.key for value in place_values(spread)] == ["grand-est", "grand-est/cc-des-deux-rives"]
