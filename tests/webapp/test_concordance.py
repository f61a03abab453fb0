"""The concordance as a page, a table and an answer of the API."""

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


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [unquote(node.attributes["href"] or "") for node in tree.css(selector)]


def test_each_occurrence_is_a_line_that_leads_to_its_place(client: FlaskClient) -> None:
    tree = page(client, "/concordance?q=contrat&type=retour")
    assert words(tree, "h1") == ["Concordance de « contrat »"]
    assert words(tree, ".line mark") == ["contrat", "contrat"]
    assert "2 occurrences, 1 dossier" in words(tree, "main > p[role=status]")[0]
    text, pdf = links(tree, ".concordance .facts > span:first-child a")
    assert text == "/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat#page"
    assert pdf.endswith(".pdf#page=2")
    assert links(tree, ".concordance .facts > span:not(:first-child) a") == [
        "/dossier/a1/rencontre-du-reseau-a-noyon?citer=1-2#citer"
    ]


def test_filters_and_order_stay_with_the_form(client: FlaskClient) -> None:
    tree = page(client, "/concordance?q=atelier&lieu=en-ligne&ordre=droite&page=1")
    hidden = [(node.attributes["name"], node.attributes["value"]) for node in tree.css("form.expressions input[type=hidden]")]
    assert hidden == [("lieu", "en-ligne"), ("ordre", "droite")]
    assert links(tree, ".chips a") == ["/concordance?q=atelier&ordre=droite"]
    assert "/concordance?q=atelier&lieu=en-ligne&ordre=gauche" in links(tree, ".sorts a")
    assert links(tree, ".back a") == ["/recherche?q=atelier&lieu=en-ligne"]


def test_what_stands_nowhere_is_said(client: FlaskClient) -> None:
    tree = page(client, "/concordance?q=introuvable")
    assert "0 occurrence, 0 dossier" in words(tree, "main > p[role=status]")[0]
    assert not tree.css(".concordance li")
    assert not page(client, "/concordance").css("main > p[role=status]")


def test_all_lines_are_taken_away_with_their_citations(client: FlaskClient) -> None:
    answer = client.get("/concordance.csv?q=contrat&type=retour")
    assert answer.mimetype == "text/csv"
    assert "chercheville-concordance-contrat.csv" in answer.headers["Content-Disposition"]
    head, text, pdf = csv.reader(StringIO(answer.text.removeprefix("\N{BOM}")))
    assert head == [
        *("gauche forme droite dossier identifiant date lieu partie source adresse citation generation index_du".split())
    ]
    assert (text[1], pdf[1]) == ("contrat", "contrat")
    assert "p.\N{NO-BREAK SPACE}2" in pdf[head.index("citation")]
    assert pdf[head.index("generation")] == "1"
    assert client.get("/concordance.csv?q=contrat&du=hier").status_code == 400


def test_results_lead_to_the_concordance_of_their_words(client: FlaskClient) -> None:
    assert "/concordance?q=contrat&type=retour" in links(
        page(client, "/recherche?q=contrat&type=retour&tri=date"), "#resultats p a"
    )


def test_the_api_gives_the_same_lines(client: FlaskClient) -> None:
    answer = client.get("/api/v1/concordance?q=contrat&type=retour&ordre=date").get_json()
    assert (answer["total"], answer["dossiers"], answer["pages"]) == (2, 1, 1)
    text, pdf = answer["lines"]
    assert (text["id"], text["form"], text["attachment"], text["page"]) == ("a1", "contrat", None, None)
    assert (pdf["attachment"], pdf["page"]) == ("compte rendu n°1.pdf", 2)
    assert pdf["url"].endswith("#page=2")
    assert client.get("/api/v1/concordance?q=contrat&ordre=beau").status_code == 400


def test_forms_are_counted_and_lead_to_their_lines(client: FlaskClient) -> None:
    tree = page(client, "/concordance?q=contrat&ordre=forme")
    assert words(tree, ".forms summary") == ["1 forme"]
    (url,) = links(tree, ".forms a")
    assert url == "/concordance?q=contrat&ordre=forme#ligne-1"
    assert tree.css_first("#ligne-1") is not None
    assert not page(client, "/concordance?q=contrat").css(".forms")
    answer = client.get("/api/v1/concordance?q=contrat&ordre=forme").get_json()
    assert [form["form"] for form in answer["forms"]] == ["contrat"]
    assert client.get("/api/v1/concordance?q=contrat").get_json()["forms"] == []


def test_lines_beside_another_expression_keep_to_it(client: FlaskClient) -> None:
    everywhere = client.get("/api/v1/concordance?q=contrat").get_json()["total"]
    beside = client.get("/api/v1/concordance?q=contrat&avec=ville").get_json()["total"]
    assert 0 < beside < everywhere
    tree = page(client, "/concordance?q=contrat&avec=ville&lieu=oise&ordre=droite")
    box = tree.css_first("input[name=avec]")
    assert box is not None
    assert box.attributes["value"] == "ville"
    assert [unquote(node.attributes["href"] or "") for node in tree.css(".chips a")] == [
        "/concordance?q=contrat&avec=ville&ordre=droite"
    ]
    assert "près l’un de l’autre" in page(client, "/concordance?q=contrat&avec=introuvable").text()
