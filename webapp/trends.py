"""Expressions over time: a page with their curves, the same as a table, and the table to take away."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import flask
from flask import Blueprint, Response, render_template, url_for
from werkzeug.datastructures import MultiDict

from indexer.engine.contract import MOST_EXPRESSIONS, Every, Request, Status, Trend, default_sort
from indexer.language import gettext
from indexer.trend_table import FEW, rows
from webapp.counting import counted, shown, table
from webapp.curves import HEIGHT, MEASURES, WIDTH, Measure, behind, curves
from webapp.facets import chosen
from webapp.links import args_of, file_name, pairs, search_url
from webapp.opening import reader, settings
from webapp.state import STATED_DATES, read_request, refuse, with_query

trends = Blueprint("trends", __name__)


class Asked(NamedTuple):
    """What is to be followed and how it is shown; `left_out` expressions are too many."""

    expressions: tuple[str, ...]
    every: Every = "annee"
    stated: bool = False
    measure: Measure = "part"
    left_out: tuple[str, ...] = ()


@trends.get("/tendances")
def page() -> str:
    """The curves."""
    request, problems = read_request(flask.request.args, settings().page_size)
    asked = asked_trend(flask.request.args)
    found, state, messages = shown(
        lambda: _found(request, asked),
        lambda generation: url_for("trends.page", **_args(request, asked), generation=generation),
    )
    messages += [problem.message for problem in problems]
    if asked.left_out:
        messages.append(gettext("Cinq expressions au plus sont suivies ensemble : les premières le sont."))
    filters = reader().search(replace(request, size=1, page=1, passages=0))
    return render_template(
        "trends.html",
        asked=asked,
        found=found,
        curves=curves(found, asked.every, asked.measure, lambda words, first: _point_url(request, words, first, asked.every)),
        behind=behind(found, asked.every),
        width=WIDTH,
        height=HEIGHT,
        few=FEW,
        messages=messages,
        chosen=chosen(filters, lambda other: _url(other, asked)),
        choices=list(_choices(request, asked)),
        boxes=[*asked.expressions, *[""] * (MOST_EXPRESSIONS - len(asked.expressions))],
        fields=[field for field in pairs(_args(request, asked)) if field[0] != "mot"],
        state=state,
        csv_url=url_for("trends.counts", **_args(request, asked)),
        search_url=search_url(replace(request, page=1)),
    )


@trends.get("/tendances.csv")
def counts() -> Response:
    """The counts and shares by period."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    asked = asked_trend(flask.request.args)
    status, found = found_trend(request, asked)
    return table(status, rows(found, asked.every), file_name(f"tendances {' '.join(asked.expressions)}", "csv"))


def asked_trend(args: MultiDict[str, str]) -> Asked:
    """What the parameters ask; those that are wrong are as absent."""
    expressions = tuple(dict.fromkeys(" ".join(words.split()) for words in args.getlist("mot") if words.strip()))
    measures: dict[str, Measure] = {measure: measure for measure in MEASURES}
    return Asked(
        expressions[:MOST_EXPRESSIONS],
        "mois" if args.get("periode") == "mois" else "annee",
        args.get("dates") == STATED_DATES,
        measures.get(args.get("mesure", ""), "part"),
        expressions[MOST_EXPRESSIONS:],
    )


def found_trend(request: Request, asked: Asked) -> tuple[Status, Trend]:
    """The counts by period, and the state that they are of."""
    return counted(lambda: _found(request, asked))


def _found(request: Request, asked: Asked) -> Trend:
    return reader().trend(request, asked.expressions, asked.every, inferred=not asked.stated)


def trend_url(request: Request) -> str:
    """The words of a search over time, in the dossiers that pass its filters."""
    return _url(with_query(request, ""), Asked((request.query,)))


def _choices(request: Request, asked: Asked) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    """What can be chosen of the view: groups of (words, address, chosen)."""
    yield (
        gettext("Mesure :"),
        [
            (gettext(words), _url(request, asked._replace(measure=measure)), measure == asked.measure)
            for measure, words in MEASURES.items()
        ],
    )
    yield (
        gettext("Périodes :"),
        [
            (gettext("années"), _url(request, asked._replace(every="annee")), asked.every == "annee"),
            (gettext("mois"), _url(request, asked._replace(every="mois")), asked.every == "mois"),
        ],
    )
    yield (
        gettext("Dates :"),
        [
            (gettext("toutes"), _url(request, asked._replace(stated=False)), not asked.stated),
            (gettext("sans les déduites"), _url(request, asked._replace(stated=True)), asked.stated),
        ],
    )


def _args(request: Request, asked: Asked) -> dict[str, Any]:
    own = {
        "mot": asked.expressions,
        "periode": "mois" if asked.every == "mois" else None,
        "dates": STATED_DATES if asked.stated else None,
        "mesure": asked.measure if asked.measure != "part" else None,
    }
    known = {name: value for name, value in args_of(request).items() if name not in ("tri", "par", "page")}
    return {name: value for name, value in (own | known).items() if value}


def _url(request: Request, asked: Asked) -> str:
    return url_for("trends.page", **_args(request, asked))


def _point_url(request: Request, expression: str, first: date, every: Every) -> str:
    """The dossiers of a point: those of the period that have the expression."""
    month = 12 if every == "annee" else first.month
    last = date(first.year, month, monthrange(first.year, month)[1])
    words = f'"{expression}"' if " " in expression and '"' not in expression else expression
    query = f"{request.query} {words}".strip()
    return search_url(replace(with_query(request, query), since=first, until=last, sort=default_sort(query)))
