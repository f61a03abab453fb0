"""The API: the same searches as the pages, as JSON. Addresses in it are relative to the site."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, Response, jsonify

from indexer.engine.contract import Hit, Passage, Request, Result
from indexer.model import Card
from indexer.to_json import result_json
from webapp.links import dossier_url, part_anchor, pdf_url
from webapp.opening import reader, settings
from webapp.state import Problem, read_request

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """A search with the parameters of /recherche."""
    request, problems = read_request(flask.request.args, settings().page_size)
    return jsonify(search_json(reader().search(request), problems))


def search_json(result: Result, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The shared rendering, with the addresses of this site and what was ignored in the URL."""
    answer = result_json(result)
    hits = [found | _addresses(hit, found, result.request) for hit, found in zip(result.hits, answer["hits"], strict=True)]
    return answer | {"hits": hits, "problems": [_problem(problem) for problem in problems]}


def _addresses(hit: Hit, found: dict[str, Any], request: Request) -> dict[str, Any]:
    """`url` of the dossier and of each passage; an attachment's `url` opens it here, `source_url` is where it was published."""
    card = hit.card
    return {
        "url": dossier_url(card),
        "attachments": [
            attachment | {"url": pdf_url(card, index), "source_url": attachment["url"]}
            for index, attachment in enumerate(found["attachments"])
        ],
        "passages": [
            passage | {"url": _passage_url(card, shown, request)}
            for shown, passage in zip(hit.passages, found["passages"], strict=True)
        ],
    }


def _passage_url(card: Card, passage: Passage, request: Request) -> str:
    at_page = None if passage.attachment is None else pdf_url(card, passage.attachment, passage.page)
    return at_page or dossier_url(card, Request(query=request.query), part_anchor(passage.attachment, passage.page))


def _problem(problem: Problem) -> dict[str, str]:
    return {"parameter": problem.parameter, "value": problem.value, "message": problem.message}
