"""The API answers the same searches as the pages, in JSON."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_a_search_is_answered_in_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=contrat+ville&type=retour").json
    assert answer is not None
    assert set(answer) == {"request", "total", "page", "size", "pages", "hits", "facets", "notices", "problems"}
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


def test_errors_are_json_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/rien")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert "Page introuvable" in answer.json["title"]
    assert client.post("/api/v1/search").mimetype == "application/problem+json"
