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
