"""The words near an expression: a page, and the table to take away. Each word leads to the lines that have both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import flask
from flask import Blueprint, Response, render_template, url_for

from indexer.engine.contract import NEAR, Keywords, Request, Status
from indexer.keyword_table import keyword_rows
from webapp.concordance import concordance_url, expression, unworded
from webapp.counting import counted, shown, table
from webapp.facets import chosen
from webapp.links import args_of, file_name, pairs
from webapp.opening import reader, settings
from webapp.state import read_request, refuse
from webapp.word_rows import least_args, least_of, word_rows

collocates = Blueprint("collocates", __name__)


@collocates.get("/cooccurrents")
def page() -> str:
    """The words near the expression."""
    request, problems = read_request(flask.request.args, settings().page_size)
    args = _args(request)
    found, state, messages = shown(
        lambda: _found(request), lambda generation: url_for("collocates.page", **args, generation=generation)
    )
    return render_template(
        "collocates.html",
        search=request,
        found=found,
        rows=word_rows(found, lambda word: concordance_url(request, word)),
        near=NEAR,
        least=least_of(flask.request.args),
        messages=[*messages, *(problem.message for problem in problems)],
        chosen=chosen(unworded(request), lambda other: url_for("collocates.page", **_args(replace(other, query=request.query)))),
        fields=[field for field in pairs(args) if field[0] not in ("q", "minimum")],
        state=state,
        csv_url=url_for("collocates.words", **args),
        concordance_url=concordance_url(request),
    )


@collocates.get("/cooccurrents.csv")
def words() -> Response:
    """The words with their counts."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    status, found = found_collocates(request)
    return table(status, keyword_rows(found), file_name(f"cooccurrents {request.query}", "csv"))


def found_collocates(request: Request) -> tuple[Status, Keywords]:
    """The words near the expression, and the state that they are of."""
    return counted(lambda: _found(request))


def collocates_url(request: Request) -> str:
    """The words near the words of a search, in the dossiers that pass its filters."""
    known = {name: value for name, value in _args(request).items() if name != "minimum"}
    return url_for("collocates.page", **known)


def _found(request: Request) -> Keywords:
    return reader().collocates(expression(request), least=least_of(flask.request.args))


def _args(request: Request) -> dict[str, Any]:
    own = ("tri", "par", "page", "correction")
    return {name: value for name, value in args_of(expression(request)).items() if name not in own} | least_args(
        flask.request.args
    )
