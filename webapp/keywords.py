"""The words characteristic of a search's dossiers: a page, and the table to take away. Each word leads to its concordance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import flask
from babel.numbers import format_decimal
from flask import Blueprint, Response, render_template, url_for
from werkzeug.datastructures import MultiDict

from indexer.csv_lines import csv_line
from indexer.engine.contract import Keyword, Keywords, Request
from indexer.keyword_table import keyword_rows
from indexer.language import locale
from webapp.concordance import concordance_url
from webapp.exports.views import streamed
from webapp.facets import chosen
from webapp.links import args_of, file_name, pairs, search_url
from webapp.opening import reader, settings
from webapp.state import MAX_PAGE, MAX_QUERY, read_request, refuse

keywords = Blueprint("keywords", __name__)

LEAST = 5
"""How often a word must stand in a selection, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A word with its figures in words; `url` is its concordance in the selection."""

    word: str
    here: int
    there: int
    dossiers: int
    score: str
    times: str
    url: str


@keywords.get("/vocabulaire")
def page() -> str:
    """The words of the selection."""
    request, problems = read_request(flask.request.args, settings().page_size)
    found = found_keywords(request, flask.request.args)
    filters = reader().search(replace(request, size=1, page=1, passages=0))
    args = _args(request, flask.request.args)
    return render_template(
        "keywords.html",
        search=request,
        found=found,
        rows=[_row(one, request) for one in found.keywords],
        against=_against(flask.request.args),
        least=_least(flask.request.args),
        messages=[problem.message for problem in problems],
        chosen=chosen(filters, lambda other: url_for("keywords.page", **_args(other, flask.request.args))),
        fields=[field for field in pairs(args) if field[0] not in ("q", "contre", "minimum")],
        csv_url=url_for("keywords.table", **args),
        search_url=search_url(replace(request, page=1)),
    )


@keywords.get("/vocabulaire.csv")
def table() -> Response:
    """The words with their counts."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    found = found_keywords(request, flask.request.args)

    def lines() -> Iterator[str]:
        yield "\N{BOM}"
        yield from map(csv_line, keyword_rows(found))

    return streamed(lines(), "text/csv", file_name(f"vocabulaire {request.query}", "csv"))


def found_keywords(request: Request, args: MultiDict[str, str]) -> Keywords:
    """The words of a selection against the rest, or the dossiers that `contre` finds."""
    against = _against(args)
    return reader().keywords(request, Request(against) if against else None, least=_least(args))


def keywords_url(request: Request) -> str:
    """The characteristic words of what a search finds."""
    return url_for("keywords.page", **_args(request, MultiDict()))


def _against(args: MultiDict[str, str]) -> str:
    return " ".join(args.get("contre", "").split())[:MAX_QUERY]


def _least(args: MultiDict[str, str]) -> int:
    asked = args.get("minimum", "")
    right = asked.isascii() and asked.isdecimal() and len(asked) <= len(str(MAX_PAGE)) and int(asked) > 0
    return int(asked) if right else LEAST


def _args(request: Request, args: MultiDict[str, str]) -> dict[str, Any]:
    known = {name: value for name, value in args_of(request).items() if name not in ("tri", "par", "page")}
    own = {"contre": _against(args), "minimum": _least(args) if _least(args) != LEAST else None}
    return known | {name: value for name, value in own.items() if value}


def _row(one: Keyword, request: Request) -> Row:
    times = format_decimal(round(2**one.ratio, 1), locale=locale())
    score = format_decimal(round(one.score, 1), locale=locale())
    return Row(one.word, one.here, one.there, one.dossiers, score, times, concordance_url(replace(request, query=one.word)))
