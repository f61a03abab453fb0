"""The words characteristic of a search's dossiers: a page, and the table to take away. Each word leads to its concordance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import flask
from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from indexer.engine.contract import Keywords, Request, Result, Status
from indexer.keyword_table import keyword_rows
from webapp.concordance import concordance_url
from webapp.counting import counted, shown, table
from webapp.facets import chosen
from webapp.links import args_of, file_name, pairs, search_url
from webapp.opening import reader, settings
from webapp.second import SECOND, is_address, read_second, second_args
from webapp.state import Problem, read_request, refuse
from webapp.word_rows import least_args, least_of, word_rows

keywords = Blueprint("keywords", __name__)


@keywords.get("/vocabulaire")
def page() -> str | Redirection:
    """The words of the selection."""
    request, second, problems = _asked()
    args = _args(request, second)
    if is_address(flask.request.args):
        return redirect(url_for("keywords.page", **args))
    found, state, messages = shown(
        lambda: _found(request, second), lambda generation: url_for("keywords.page", **args, generation=generation)
    )
    return render_template(
        "keywords.html",
        search=request,
        found=found,
        rows=word_rows(found, lambda word: concordance_url(replace(request, query=word))),
        against=second.query if second else "",
        least=least_of(flask.request.args),
        messages=[*messages, *(problem.message for problem in problems)],
        chosen=chosen(_filters(request), lambda other: url_for("keywords.page", **_args(other, second))),
        chosen_there=chosen(_filters(second), lambda other: url_for("keywords.page", **_args(request, other))) if second else (),
        fields=[field for field in pairs(args) if field[0] not in ("q", SECOND, "minimum")],
        state=state,
        csv_url=url_for("keywords.words", **args),
        search_url=search_url(replace(request, page=1)),
    )


@keywords.get("/vocabulaire.csv")
def words() -> Response:
    """The words with their counts."""
    request, second, problems = _asked()
    refuse(problems)
    status, found = counted(lambda: _found(request, second))
    return table(status, keyword_rows(found), file_name(f"vocabulaire {request.query}", "csv"))


def found_keywords(request: Request, second: Request | None) -> tuple[Status, Keywords]:
    """The words of a selection against the rest, or another, and the state that they are of."""
    return counted(lambda: _found(request, second))


def keywords_url(request: Request) -> str:
    """The characteristic words of what a search finds."""
    return url_for("keywords.page", **_words_args(request))


def _asked() -> tuple[Request, Request | None, tuple[Problem, ...]]:
    request, problems = read_request(flask.request.args, settings().page_size)
    second, others = read_second(flask.request.args, settings().page_size)
    return request, second, (*problems, *others)


def _found(request: Request, second: Request | None) -> Keywords:
    return reader().keywords(request, second, least=least_of(flask.request.args))


def _filters(request: Request) -> Result:
    return reader().search(replace(request, size=1, page=1, passages=0))


def _words_args(request: Request) -> dict[str, Any]:
    return {name: value for name, value in args_of(request).items() if name not in ("tri", "par", "page")}


def _args(request: Request, second: Request | None) -> dict[str, Any]:
    return _words_args(request) | second_args(second) | least_args(flask.request.args)
