"""The words near an expression as a page, a table and an answer of the API."""

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


def test_each_word_leads_to_the_lines_that_have_both(client: FlaskClient) -> None:
    tree = page(client, "/cooccurrents?q=contrat&type=retour&minimum=1")
    links = {node.text(): unquote(node.attributes["href"] or "") for node in tree.css("tbody a")}
    assert links["ville"] == "/concordance?q=contrat&type=retour&avec=ville"
    assert [unquote(node.attributes["href"] or "") for node in tree.css(".chips a")] == ["/cooccurrents?q=contrat&minimum=1"]
    assert [unquote(node.attributes["href"] or "") for node in tree.css(".back a")] == ["/concordance?q=contrat&type=retour"]


def test_what_has_no_neighbours_says_so(client: FlaskClient) -> None:
    assert "Aucun mot n’est plus fréquent près d’elle" in page(client, "/cooccurrents?q=introuvable").text()
    assert not page(client, "/cooccurrents").css("main > p[role=status]")


def test_the_words_are_taken_away(client: FlaskClient) -> None:
    answer = client.get("/cooccurrents.csv?q=contrat&minimum=1")
    assert "chercheville-cooccurrents-contrat.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(answer.text.removeprefix("\N{BOM}")))
    assert head[:3] == ["mot", "occurrences", "ailleurs"]
    assert rows
    assert client.get("/cooccurrents.csv?q=contrat&du=hier").status_code == 400


def test_the_api_gives_the_same_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/collocates?q=contrat&minimum=1").get_json()
    assert set(answer["keywords"][0]) == {"word", "here", "there", "dossiers", "score", "ratio"}
    assert client.get("/api/v1/collocates?q=contrat&tri=date").status_code == 400


def test_results_and_lines_lead_to_them(client: FlaskClient) -> None:
    for url in ("/recherche?q=contrat&type=retour&tri=date", "/concordance?q=contrat&type=retour"):
        links = [unquote(node.attributes["href"] or "") for node in page(client, url).css("main p a")]
        assert "/cooccurrents?q=contrat&type=retour" in links
