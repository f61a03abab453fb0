"""The API answers the same searches as the pages, in JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_a_search_is_answered_in_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=contrat+ville&type=retour").json
    assert answer is not None
    assert set(answer) == {
        *("request", "total", "page", "size", "pages", "hits", "facets", "notices", "problems"),
        *("only_all_words", "correction", "expansions", "offers"),
    }
    assert (answer["total"], answer["page"], answer["pages"], answer["problems"]) == (1, 1, 1, [])
    hit = answer["hits"][0]
    assert hit["url"] == "/dossier/a1/rencontre-du-reseau-a-noyon"
    assert hit["dates"][0]["start"] == "2017-05-11"
    assert hit["dates"][2]["certainty"] == "inferred"
    assert [attachment["status"] for attachment in hit["attachments"]] == ["available", "missing"]
    assert [attachment["url"] for attachment in hit["attachments"]] == [
        "/dossier/a1/fichier/1/compte%20rendu%20n%C2%B01.pdf",
        None,
    ]
    assert hit["attachments"][1]["source_url"] == "https://exemple.example/absent.pdf"
    page, pdf = hit["passages"]
    assert (page["attachment"], page["page"], page["url"]) == (None, None, hit["url"] + "?q=contrat+ville#page")
    assert (pdf["attachment"], pdf["page"], pdf["label"]) == ("compte rendu n°1.pdf", 2, "ii")
    assert pdf["segments"][1] == ["contrat", True]
    assert pdf["url"].endswith(".pdf#page=2")


def test_what_was_ignored_is_listed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=le&du=hier&page=0").json
    assert answer is not None
    assert [problem["parameter"] for problem in answer["problems"]] == ["du", "page"]
    assert answer["notices"][0]["code"] == "stop_words"


def test_a_page_after_the_last_is_empty(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?page=99").json
    assert answer is not None
    assert answer["hits"] == []
    assert answer["total"] == 25


def test_words_that_fail_are_explained_to_programs_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=contrat+ville+inconnu").json
    assert answer is not None
    assert (answer["only_all_words"], answer["correction"], answer["offers"]) == (False, None, [])
    assert {tuple(hit["lacks"]) for hit in answer["hits"]} == {("inconnu",), ("ville", "inconnu")}
    answer = client.get("/api/v1/search?q=ateleir+qpv+cget&correction=non").json
    assert answer is not None
    assert answer["request"]["correction"] is False
    assert answer["correction"] == {"query": "atelier qpv cget", "words": [["ateleir", "atelier"]], "applied": False}
    assert answer["expansions"] == [
        {"typed": "QPV", "other": "quartier prioritaire de la politique de la ville", "learnt": False}
    ]
    assert answer["offers"] == [{"typed": "CGET", "other": "ANCT", "year": 2020, "query": "ANCT"}]


def test_addresses_carry_the_words_that_were_searched(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=ateleir").json
    assert answer is not None
    assert answer["request"]["q"] == "ateleir"
    assert answer["hits"][0]["passages"][0]["url"].endswith("?q=atelier#page")


@pytest.mark.parametrize(("typed", "found"), [("sa", ["Santé", "Santé mentale"]), ("SANTÉ%20M", ["Santé mentale"]), ("zz", [])])
def test_words_are_completed(client: FlaskClient, typed: str, found: list[str]) -> None:
    answer = client.get(f"/api/v1/suggest?q={typed}").json
    assert answer is not None
    assert [suggestion["text"] for suggestion in answer["suggestions"]] == found
    assert all(set(suggestion) == {"text", "kind", "count"} for suggestion in answer["suggestions"])


def test_a_dossier_is_whole(client: FlaskClient) -> None:
    answer = client.get("/api/v1/dossier/a1?q=contrat").json
    assert answer is not None
    assert answer["url"] == "/dossier/a1/rencontre-du-reseau-a-noyon"
    assert [part["url"].partition("#")[2] for part in answer["parts"]] == ["page", "page=1", "page=2"]
    assert ["contrat", True] in answer["parts"][0]["segments"]
    near = answer["neighbours"][0]
    assert set(near) == {"id", "slug", "title", "type", "dates", "score", "words", "url"}
    assert (near["id"], near["words"]) == ("d0", ["habitants", "cadre de vie"])
    assert client.get("/api/v1/dossier/inconnu").status_code == 404


def test_a_score_is_explained(client: FlaskClient) -> None:
    answer = client.get("/api/v1/explain?q=contrat+ville+inconnu&id=a1").json
    assert answer is not None
    assert (answer["id"], answer["query"], answer["matches"], answer["lacks"]) == (
        "a1",
        "contrat ville inconnu",
        True,
        ["inconnu"],
    )
    assert answer["score"] == sum(clue["score"] for clue in answer["clues"])
    assert set(answer["clues"][0]) == {
        *("typed", "words", "evidence", "score", "weight", "idf", "frequency", "documents"),
    }
    assert answer["passage"]["url"].startswith(answer["url"])
    assert client.get("/api/v1/explain?q=contrat&id=inconnu").status_code == 404
    assert client.get("/api/v1/explain").status_code == 404


def test_errors_are_json_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/rien")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert "Page introuvable" in answer.json["title"]
    assert client.post("/api/v1/search").mimetype == "application/problem+json"
