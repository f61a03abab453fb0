"""The API: the same searches and dossiers as the pages, as JSON. Addresses in it are relative to the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import flask
import msgspec
from flask import Blueprint, current_app

from indexer.engine.contract import Keywords, Neighbour, Passage, Request, Result, View
from indexer.errors import ChercheVilleError
from indexer.language import gettext
from indexer.model import Card
from indexer.to_json import concordance_json, explanation_json, result_json, status_json, suggestions_json, trend_json, view_json
from webapp.answers import (
    ConcordanceAnswer,
    DossierAnswer,
    ExplainAnswer,
    FacetsAnswer,
    KeywordsAnswer,
    SearchAnswer,
    StatusAnswer,
    SuggestAnswer,
    TrendAnswer,
)
from webapp.collocates import found_collocates
from webapp.concordance import asked_lines, expression, found_lines, line_url
from webapp.counting import in_json
from webapp.cursor import at_cursor, cursor
from webapp.keywords import found_keywords
from webapp.links import dossier_url, new_search, part_anchor, pdf_url
from webapp.opening import reader, settings
from webapp.operations import operation
from webapp.parameters import (
    CURSOR,
    DOSSIER,
    QUERY,
    collocate_parameters,
    keyword_parameters,
    line_parameters,
    search_parameters,
    trend_parameters,
)
from webapp.second import read_second
from webapp.state import Contradiction, Problem, answered, query_of, read_request
from webapp.trends import asked_trend, found_trend
from webapp.trust import trust

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
@operation(SearchAnswer, lambda: (*search_parameters(settings().page_size), CURSOR))
def search() -> dict[str, Any]:
    """A search with the parameters of /recherche."""
    given = flask.request.args.get("cursor")
    if given and "page" in flask.request.args:
        raise Contradiction(gettext("« page » et « cursor » ne vont pas ensemble."))
    while True:
        generation = reader().status().generation
        request = at_cursor(_request(), given, generation) if given is not None else _request()
        result = reader().search(request)
        if reader().status().generation == generation:  # else the index changed in between: ask again
            more = request.page * request.size < result.total
            return search_json(result) | {"next": cursor(request, generation, request.page + 1) if more else None}


@api.get("/facets")
@operation(FacetsAnswer, lambda: search_parameters(settings().page_size))
def facets() -> dict[str, Any]:
    """The facets of a search, without its hits."""
    answer = search_json(reader().search(replace(_request(), page=1, size=1, passages=0)))
    return {key: answer[key] for key in ("request", "total", "facets", "problems")}


@api.get("/concordance")
@operation(ConcordanceAnswer, line_parameters)
def concordance() -> dict[str, Any]:
    """Where the expression `q` stands in the texts of the dossiers that pass the filters, line by line."""
    request, asked = _request(), asked_lines(flask.request.args)
    status, found = found_lines(request, asked)
    found = replace(found, lines=iter(lines := list(found.lines)))
    forms = reader().forms(expression(request), asked.beside) if asked.order == "forme" else ()
    answer = concordance_json(found, request.page) | {"forms": msgspec.to_builtins(forms)} | in_json(status)
    for line, shown in zip(lines, answer["lines"], strict=True):
        shown["url"] = line_url(line, request.query)
    return answer


@api.get("/trend")
@operation(TrendAnswer, trend_parameters)
def trend() -> dict[str, Any]:
    """The expressions `mot` over time, in the dossiers that the search finds."""
    asked = asked_trend(flask.request.args)
    status, found = found_trend(_request(), asked)
    return trend_json(found, asked.every) | in_json(status)


@api.get("/keywords")
@operation(KeywordsAnswer, keyword_parameters)
def keywords() -> dict[str, Any]:
    """The words characteristic of the dossiers that a search finds."""
    second, problems = read_second(flask.request.args, settings().page_size)
    status, found = found_keywords(_request(problems), second)
    return _words(found) | in_json(status)


@api.get("/collocates")
@operation(KeywordsAnswer, collocate_parameters)
def collocates() -> dict[str, Any]:
    """The words near the expression `q`, against the rest of the texts of the dossiers that pass the filters."""
    status, found = found_collocates(_request())
    return _words(found) | in_json(status)


def _words(found: Keywords) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(found)
    return facts


@api.get("/status")
@operation(StatusAnswer)
def status() -> dict[str, Any]:
    """The state of the index, and how many files of the corpus wait for the next build."""
    told = trust()
    return status_json(reader().status()) | {"waiting": told.waiting if told else 0}


@api.get("/suggest")
@operation(SuggestAnswer, lambda: (QUERY,))
def suggest() -> dict[str, Any]:
    """Completions of `q`, for the search box: where there is no index there are none, and the page goes on without."""
    try:
        found = reader().suggest(query_of(flask.request.args))
    except ChercheVilleError as error:
        current_app.logger.error("no suggestions: %s", error)
        found = ()
    return suggestions_json(found)


@api.get("/dossier/<dossier_id>")
@operation(DossierAnswer, lambda: (QUERY,))
def dossier(dossier_id: str) -> dict[str, Any]:
    """A dossier with its text, the words of `q` marked, and its neighbours."""
    query = query_of(flask.request.args)
    return dossier_json(reader().get(dossier_id, query), reader().more_like(dossier_id), query)


@api.get("/explain")
@operation(ExplainAnswer, lambda: (QUERY, DOSSIER))
def explain() -> dict[str, Any]:
    """The score of the dossier `id` for the search `q`, as a sum."""
    explanation = reader().explain(query_of(flask.request.args), flask.request.args["id"])
    answer = explanation_json(explanation) | {"url": dossier_url(explanation.card)}
    if explanation.passage:
        answer["passage"]["url"] = _passage_url(explanation.card, explanation.passage, explanation.query)
    return answer


def _request(others: tuple[Problem, ...] = ()) -> Request:
    """The search that the URL names; `others` are what else in it is wrong. Raises `Contradiction`."""
    request, own = read_request(flask.request.args, settings().page_size)
    problems = (*own, *others)
    if problems:
        raise Contradiction(" ".join({problem.message: None for problem in problems}), problems)
    return request


def search_json(result: Result) -> dict[str, Any]:
    """The shared rendering, with the addresses of this site."""
    answer = result_json(result)
    query = answered(result).query
    for hit, found in zip(result.hits, answer["hits"], strict=True):
        _add_addresses(found, hit.card)
        _add_passage_urls(found["passages"], hit.passages, hit.card, query)
    return answer | {"problems": []}


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
