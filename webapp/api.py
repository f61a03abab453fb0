"""The API: the same searches and dossiers as the pages, as JSON. Addresses in it are relative to the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import flask
from flask import Blueprint, Response, current_app, jsonify

from indexer.engine.contract import Neighbour, Passage, Result, View
from indexer.errors import ChercheVilleError
from indexer.model import Card
from indexer.to_json import explanation_json, result_json, status_json, suggestions_json, view_json
from webapp.links import dossier_url, new_search, part_anchor, pdf_url
from webapp.opening import reader, settings
from webapp.state import Problem, answered, query_of, read_request
from webapp.trust import trust

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """A search with the parameters of /recherche."""
    request, problems = read_request(flask.request.args, settings().page_size)
    return jsonify(search_json(reader().search(request), problems))


@api.get("/facets")
def facets() -> Response:
    """The facets of a search, without its hits."""
    request, problems = read_request(flask.request.args, settings().page_size)
    answer = search_json(reader().search(replace(request, size=1, page=1, passages=0)), problems)
    return jsonify({key: answer[key] for key in ("request", "total", "facets", "problems")})


@api.get("/status")
def status() -> Response:
    """The state of the index, and how many files of the corpus wait for the next build."""
    told = trust()
    if told is None:
        reader().status()  # raises why
    return jsonify(status_json(reader().status()) | {"waiting": told.waiting if told else 0})


@api.get("/suggest")
def suggest() -> Response:
    """Completions of `q`, for the search box: where there is no index there are none, and the page goes on without."""
    try:
        found = reader().suggest(query_of(flask.request.args))
    except ChercheVilleError as error:
        current_app.logger.error("no suggestions: %s", error)
        found = ()
    return jsonify(suggestions_json(found))


@api.get("/dossier/<dossier_id>")
def dossier(dossier_id: str) -> Response:
    """A dossier with its text, the words of `q` marked, and its neighbours."""
    query = query_of(flask.request.args)
    return jsonify(dossier_json(reader().get(dossier_id, query), reader().more_like(dossier_id), query))


@api.get("/explain")
def explain() -> Response:
    """The score of the dossier `id` for the search `q`, as a sum."""
    explanation = reader().explain(query_of(flask.request.args), flask.request.args.get("id", ""))
    answer = explanation_json(explanation) | {"url": dossier_url(explanation.card)}
    if explanation.passage:
        answer["passage"]["url"] = _passage_url(explanation.card, explanation.passage, explanation.query)
    return jsonify(answer)


def search_json(result: Result, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The shared rendering, with the addresses of this site and what was ignored in the URL."""
    answer = result_json(result)
    query = answered(result).query
    for hit, found in zip(result.hits, answer["hits"], strict=True):
        _add_addresses(found, hit.card)
        _add_passage_urls(found["passages"], hit.passages, hit.card, query)
    return answer | {"problems": [_problem(problem) for problem in problems]}


def dossier_json(view: View, neighbours: tuple[Neighbour, ...], query: str) -> dict[str, Any]:
    """The shared rendering, with the addresses of this site."""
    answer = view_json(view, neighbours)
    _add_addresses(answer, view.card)
    _add_passage_urls(answer["parts"], view.parts, view.card, query)
    for neighbour, found in zip(neighbours, answer["neighbours"], strict=True):
        found["url"] = dossier_url(neighbour.card)
    return answer


def _add_addresses(found: dict[str, Any], card: Card) -> None:
    """`url` of the dossier; an attachment's `url` opens it here, `source_url` is where it was published."""
    found["url"] = dossier_url(card)
    for index, attachment in enumerate(found["attachments"]):
        attachment["source_url"] = attachment["url"]
        attachment["url"] = pdf_url(card, index)


def _add_passage_urls(found: list[dict[str, Any]], passages: tuple[Passage, ...], card: Card, query: str) -> None:
    for passage, shown in zip(passages, found, strict=True):
        shown["url"] = _passage_url(card, passage, query)


def _passage_url(card: Card, passage: Passage, query: str) -> str:
    at_page = None if passage.attachment is None else pdf_url(card, passage.attachment, passage.page)
    return at_page or dossier_url(card, new_search(query), part_anchor(passage.attachment, passage.page))


def _problem(problem: Problem) -> dict[str, str]:
    return {"parameter": problem.parameter, "value": problem.value, "message": problem.message}
