"""Expressions over time as a page, a table and an answer of the API."""

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


def table(tree: LexborHTMLParser) -> dict[str, list[str]]:
    rows = tree.css(".wide-table tbody tr")
    return {(row.css_first("th").text()): [" ".join(cell.text().split()) for cell in row.css("td")] for row in rows}


def test_each_point_leads_to_its_dossiers_and_a_table_says_the_same(client: FlaskClient) -> None:
    tree = page(client, "/tendances?mot=contrat+de+ville&mot=atelier&lieu=hauts-de-france/oise")
    points = {node.attributes["aria-label"]: unquote(node.attributes["href"] or "") for node in tree.css("svg a")}
    url = points["contrat de ville, 2017\N{NO-BREAK SPACE}: 33,3\N{NO-BREAK SPACE}%"]
    assert url == '/recherche?q="contrat+de+ville"&lieu=hauts-de-france/oise&du=2017&au=2017'
    assert table(tree)["2017"][1] == "33,3 %"
    assert [node.text() for node in tree.css(".legend li")][:2] == [" contrat de ville", " atelier"]


def test_measures_periods_and_dates_are_chosen(client: FlaskClient) -> None:
    tree = page(client, "/tendances?mot=contrat&mesure=occurrences")
    assert table(tree)["2017"][1] == "2"
    choices = {node.text(): unquote(node.attributes["href"] or "") for node in tree.css(".sorts a")}
    assert choices["Part des dossiers"] == "/tendances?mot=contrat"
    assert choices["mois"] == "/tendances?mot=contrat&periode=mois&mesure=occurrences"
    assert choices["sans les déduites"] == "/tendances?mot=contrat&dates=indiquees&mesure=occurrences"
    assert [node.text() for node in tree.css(".sorts a[aria-current]")] == ["Occurrences", "années", "toutes"]


def test_periods_with_few_dossiers_and_dossiers_without_date_are_said(client: FlaskClient) -> None:
    tree = page(client, "/tendances?mot=contrat")
    assert table(tree)["2017"][0].endswith("*")
    assert "moins de 5 dossiers" in (tree.body.text() if tree.body else "")
    assert "2\N{NO-BREAK SPACE}dossiers n’ont pas de date qui compte." in (tree.body.text() if tree.body else "")


def test_five_expressions_at_most_are_followed(client: FlaskClient) -> None:
    url = "/tendances?" + "&".join(f"mot=m{number}" for number in range(300))
    tree = page(client, url)
    assert len(tree.css(".legend li")) == 6
    assert "Cinq expressions au plus" in tree.css_first(".messages").text()
    assert client.get(url.replace("/tendances", "/api/v1/trend")).status_code == 400


def test_a_selection_without_dates_is_said(client: FlaskClient) -> None:
    assert "Aucun dossier de cette sélection n’a de date" in client.get("/tendances?mot=x&lieu=nulle-part").text
    assert not page(client, "/tendances").css("figure, .messages")


def test_the_counts_are_taken_away(client: FlaskClient) -> None:
    answer = client.get("/tendances.csv?mot=contrat&lieu=oise")
    assert "chercheville-tendances-contrat.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(answer.text.removeprefix("\N{BOM}")))
    assert head[:4] == ["periode", "dossiers", "mots", "contrat : dossiers"]
    assert all(len(row) == len(head) for row in rows)
    assert client.get("/tendances.csv?mot=contrat&au=hier").status_code == 400


def test_the_api_gives_the_same_counts(client: FlaskClient) -> None:
    answer = client.get("/api/v1/trend?mot=contrat&mot=atelier").get_json()
    assert [series["expression"] for series in answer["series"]] == ["contrat", "atelier"]
    assert len(answer["periods"]) == len(answer["dossiers"]) == len(answer["series"][0]["occurrences"])
    assert client.get("/api/v1/trend").status_code == 400


def test_results_lead_to_their_words_over_time(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat&type=retour&tri=date")
    assert "/tendances?mot=contrat&type=retour" in [unquote(node.attributes["href"] or "") for node in tree.css("#resultats p a")]


def test_the_state_that_figures_come_from_can_be_cited(client: FlaskClient) -> None:
    said = page(client, "/methode").css_first("q.citation").text()
    assert said.startswith("ChercheVille, état 1 de l’index, construit le 20 novembre 2026 à 09:30")
    assert "/methode" in [node.attributes["href"] for node in page(client, "/").css("footer a")]
