"""The concordance of an expression: each of its occurrences on a line, as a page and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import flask
from flask import Blueprint, Response, render_template, url_for
from werkzeug.datastructures import MultiDict

from indexer.concordance_csv import COLUMNS, row
from indexer.csv_lines import csv_line
from indexer.engine.contract import LINE_ORDERS, LINES_A_PAGE, Concordance, Line, LineOrder, Request, Result
from indexer.language import gettext, gettext_noop
from indexer.notices import sentence
from indexer.wording import part_words
from webapp.citation import cited_page, iso690
from webapp.exports.views import streamed
from webapp.facets import chosen
from webapp.links import absolute, args_of, cite_url, dossier_url, file_name, new_search, pairs, part_anchor, pdf_url, search_url
from webapp.opening import reader, settings
from webapp.reference import reference
from webapp.results import Fact, date_facts, place_facts
from webapp.state import read_request, refuse

concordance = Blueprint("concordance", __name__)

_ORDERS: dict[LineOrder, str] = {
    "document": gettext_noop("Dossier"),
    "date": gettext_noop("Date"),
    "lieu": gettext_noop("Lieu"),
    "gauche": gettext_noop("Contexte gauche"),
    "droite": gettext_noop("Contexte droit"),
    "forme": gettext_noop("Forme"),
}


@dataclass(frozen=True, slots=True)
class LineView:
    """A line: `url` leads to where it stands, `cite_url` to the citation of its page of a PDF."""

    left: str
    form: str
    right: str
    title: str
    part: str
    url: str
    cite_url: str | None
    dates: tuple[Fact, ...]
    places: tuple[Fact, ...]
    lang: str | None


@concordance.get("/concordance")
def page() -> str:
    """A page of lines."""
    request, problems = read_request(flask.request.args, settings().page_size)
    order = order_of(flask.request.args)
    found = asked_lines(request, order)
    pages = -(-found.total // LINES_A_PAGE)
    return render_template(
        "concordance.html",
        search=request,
        total=found.total,
        dossiers_number=found.dossiers,
        lines=[_view(line, request) for line in found.lines],
        messages=[*map(sentence, found.notices), *(problem.message for problem in problems)],
        chosen=chosen(_unworded(request), lambda other: _url(replace(other, query=request.query), order)),
        orders=[(gettext(words), _url(request, key), key == order) for key, words in _ORDERS.items()],
        order=order,
        fields=[field for field in pairs(_args(replace(request, page=1), order)) if field[0] != "q"],
        number=request.page,
        pages=pages,
        previous=_url(request, order, min(request.page - 1, pages)) if request.page > 1 and pages else None,
        next=_url(request, order, request.page + 1) if request.page < pages else None,
        csv_url=url_for("concordance.table", **_args(request, order)),
        search_url=search_url(replace(request, page=1)),
    )


@concordance.get("/concordance.csv")
def table() -> Response:
    """All the lines, each with its citation."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    found = reader().concordance(_expression(request), order_of(flask.request.args))
    checked = reader().status().built_at.date()

    def rows() -> Iterator[str]:
        yield "\N{BOM}" + csv_line((*COLUMNS, "adresse", "citation"))
        for line in found.lines:
            page = None if line.attachment is None else cited_page(line.card, f"{line.attachment + 1}-{line.page}")
            cited = iso690(reference(line.card), checked, page)
            yield csv_line((*row(line), absolute(line_url(line, request.query)), cited))

    return streamed(rows(), "text/csv", file_name(f"concordance {request.query}", "csv"))


def asked_lines(request: Request, order: LineOrder) -> Concordance:
    """The lines of the page asked for."""
    return reader().concordance(_expression(request), order, (request.page - 1) * LINES_A_PAGE, LINES_A_PAGE)


def order_of(args: MultiDict[str, str]) -> LineOrder:
    """The order asked for, by dossier when that is none."""
    known: dict[str, LineOrder] = {order: order for order in LINE_ORDERS}
    return known.get(args.get("ordre", ""), "document")


def line_url(line: Line, query: str) -> str:
    """Where a line can be read: in the PDF at its page, else in the text of the page."""
    at_page = None if line.attachment is None else pdf_url(line.card, line.attachment, line.page)
    return at_page or dossier_url(line.card, new_search(query), part_anchor(line.attachment, line.page))


def _expression(request: Request) -> Request:
    """The request without what a concordance has no part in."""
    return replace(request, filters={name: keys for name, keys in request.filters.items() if name != "mots"})


def _unworded(request: Request) -> Result:
    """The search by its filters alone, for their labels."""
    return reader().search(replace(_expression(request), query="", page=1, size=1, passages=0))


def _args(request: Request, order: LineOrder) -> dict[str, Any]:
    known = {name: value for name, value in args_of(_expression(request)).items() if name not in ("tri", "par", "correction")}
    return known | ({"ordre": order} if order != "document" else {})


def concordance_url(request: Request) -> str:
    """The occurrences of the words of a search, in the dossiers that pass its filters."""
    return _url(request, "document")


def _url(request: Request, order: LineOrder, number: int = 1) -> str:
    return url_for("concordance.page", **_args(replace(request, page=number), order))


def _view(line: Line, request: Request) -> LineView:
    of = line.attachment
    attachment = None if of is None else line.card.attachments[of]
    return LineView(
        line.left,
        line.form,
        line.right,
        line.card.title,
        part_words(attachment, line.page, line.label, recognised=line.recognised),
        line_url(line, request.query),
        None if of is None else cite_url(line.card, of, line.page),
        date_facts(line.card),
        place_facts(line.card),
        line.card.language,
    )
