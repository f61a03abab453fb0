"""The API answers the same searches as the pages, in JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.fake_reader import FakeReader


def test_a_search_is_answered_in_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=contrat+ville&type=retour").json
    assert answer is not None
    assert set(answer) == {
        *("request", "total", "page", "size", "pages", "hits", "facets", "notices", "problems"),
        *("only_all_words", "correction", "expansions", "offers", "next"),
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


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("q=le&du=hier&page=0", ["du", "page"]),
        ("q=le&page=1000000000", ["page"]),
        ("au=2017-02-30", ["au"]),
        ("q=un&q=deux", ["q"]),
        ("tri=", ["tri"]),
        ("tri=beau&par=7&mots=x&themes=x&correction=oui", ["correction", "mots", "themes", "tri", "par"]),
        ("utm_source=x", ["utm_source"]),
        ("&".join(f"annee={year}" for year in range(1970, 2030)), ["annee"]),
        ("q=" + "x" * 2001, ["q"]),
    ],
)
def test_what_is_wrong_in_a_request_is_named(client: FlaskClient, query: str, wrong: list[str]) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [error["parameter"] for error in answer.get_json()["errors"]] == wrong
    assert all(error["message"] for error in answer.get_json()["errors"])


def test_parameters_may_contradict_each_other(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?du=2018&au=2017")
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert [error["parameter"] for error in answer.get_json()["errors"]] == ["du", "au"]


def test_words_too_common_are_told(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=le").get_json()["notices"][0]["code"] == "stop_words"


def test_cursors_lead_through_all_that_is_found(client: FlaskClient) -> None:
    url, found, pages = "/api/v1/search?tri=date&par=10", [], 0
    answer = client.get(url).get_json()
    while True:
        found += [hit["id"] for hit in answer["hits"]]
        pages += 1
        if answer["next"] is None:
            break
        answer = client.get(f"{url}&cursor={answer['next']}").get_json()
    assert (len(found), len(set(found)), pages) == (answer["total"], answer["total"], 3)


def test_a_cursor_is_of_one_search_and_one_index(client: FlaskClient, reader: FakeReader) -> None:
    given = client.get("/api/v1/search?par=10").get_json()["next"]
    assert client.get(f"/api/v1/search?par=10&cursor={given}").status_code == 200
    assert client.get(f"/api/v1/search?par=20&cursor={given}").status_code == 404
    assert client.get("/api/v1/search?par=10&cursor=rien").status_code == 404
    assert client.get(f"/api/v1/search?par=10&page=2&cursor={given}").status_code == 409
    reader.generation += 1
    answer = client.get(f"/api/v1/search?par=10&cursor={given}")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert "Reprenez la recherche" in answer.get_json()["detail"]


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
    assert client.get("/api/v1/explain").status_code == 400


def test_errors_are_json_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/rien")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert "Page introuvable" in answer.json["title"]
    assert client.post("/api/v1/search").mimetype == "application/problem+json"
