"""The characteristic words as a page, a table and an answer of the API."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import unquote

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser


def page(client: FlaskClient, url: str) -> LexborHTMLParser:
    answer = client.get(url)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def test_each_word_leads_to_its_concordance_in_the_selection(client: FlaskClient) -> None:
    tree = page(client, "/vocabulaire?q=contrat&type=retour&minimum=1")
    links = {node.text(): unquote(node.attributes["href"] or "") for node in tree.css("tbody a")}
    assert links["contrat"] == "/concordance?q=contrat&type=retour"
    assert [unquote(node.attributes["href"] or "") for node in tree.css(".chips a")] == ["/vocabulaire?q=contrat&minimum=1"]


def test_what_has_no_words_says_so(client: FlaskClient) -> None:
    tree = page(client, "/vocabulaire?q=introuvable")
    assert "Aucun mot ne distingue cette sélection" in (tree.body.text() if tree.body else "")
    assert not tree.css("table")


def test_the_words_are_taken_away(client: FlaskClient) -> None:
    answer = client.get("/vocabulaire.csv?q=contrat&minimum=1")
    head, *rows = csv.reader(StringIO(answer.text.removeprefix("\N{BOM}")))
    assert head[:3] == ["mot", "occurrences", "ailleurs"]
    assert all(len(row) == len(head) for row in rows)
    assert client.get("/vocabulaire.csv?q=contrat&du=hier").status_code == 400


def test_the_api_gives_the_same_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/keywords?q=contrat&contre=atelier&minimum=1").get_json()
    assert set(answer["keywords"][0]) == {"word", "here", "there", "dossiers", "score", "ratio"}
    assert client.get("/api/v1/keywords?minimum=0").status_code == 400


def test_results_lead_to_their_words(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat&type=retour&tri=date")
    assert "/vocabulaire?q=contrat&type=retour" in [unquote(node.attributes["href"] or "") for node in tree.css("#resultats p a")]


def test_the_other_search_has_filters_of_its_own(client: FlaskClient) -> None:
    tree = page(client, "/vocabulaire?q=contrat&type=retour&contre=atelier&contre_lieu=en-ligne&minimum=1")
    chips = [unquote(node.attributes["href"] or "") for node in tree.css(".chips a")]
    assert chips == [
        "/vocabulaire?q=contrat&contre=atelier&contre_lieu=en-ligne&minimum=1",
        "/vocabulaire?q=contrat&type=retour&contre=atelier&minimum=1",
    ]
    both = client.get("/api/v1/keywords?q=contrat&contre_lieu=en-ligne").get_json()
    assert both["dossiers_there"] < client.get("/api/v1/keywords?q=contrat").get_json()["dossiers_there"]
    wrong = client.get("/api/v1/keywords?q=contrat&contre_du=hier")
    assert (wrong.status_code, wrong.get_json()["errors"][0]["parameter"]) == (400, "contre_du")
    assert client.get("/vocabulaire.csv?contre_du=hier").status_code == 400


def test_the_address_of_a_search_stands_for_it(client: FlaskClient) -> None:
    address = "http://localhost/recherche?q=atelier%26lieu=en-ligne%26tri=date%26page=2"
    filters = "contre=atelier&contre_lieu=en-ligne"
    answer = client.get(f"/vocabulaire?q=contrat&contre={address}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/vocabulaire?q=contrat&{filters}")
    one, other = (client.get(f"/api/v1/keywords?q=contrat&{given}").get_json() for given in (f"contre={address}", filters))
    assert one["dossiers_there"] == other["dossiers_there"]
