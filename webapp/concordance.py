"""The concordance of an expression: each of its occurrences on a line, as a page and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import flask
from flask import Blueprint, Response, render_template, url_for
from werkzeug.datastructures import MultiDict

from indexer.concordance_csv import COLUMNS, row
from indexer.engine.contract import LINE_ORDERS, LINES_A_PAGE, Concordance, Line, LineOrder, Request, Result, Status
from indexer.language import gettext, gettext_noop
from indexer.notices import sentence
from indexer.wording import part_words
from webapp.citation import cited_page, iso690
from webapp.counting import counted, shown, table
from webapp.facets import chosen
from webapp.links import absolute, args_of, cite_url, dossier_url, file_name, new_search, pairs, part_anchor, pdf_url, search_url
from webapp.opening import reader, settings
from webapp.reference import reference
from webapp.results import Fact, date_facts, place_facts
from webapp.state import MAX_QUERY, read_request, refuse

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


class Asked(NamedTuple):
    """How the lines are ordered, and which expression must stand near."""

    order: LineOrder = "document"
    beside: str = ""


class FormView(NamedTuple):
    """A form with its counts; `url` leads to the first of its lines."""

    form: str
    occurrences: int
    dossiers: int
    url: str


@concordance.get("/concordance")
def page() -> str:
    """A page of lines."""
    request, problems = read_request(flask.request.args, settings().page_size)
    asked = asked_lines(flask.request.args)
    found, state, messages = shown(
        lambda: _found(request, asked), lambda generation: _url(request, asked, request.page, generation=generation)
    )
    pages = -(-found.total // LINES_A_PAGE)
    return render_template(
        "concordance.html",
        search=request,
        total=found.total,
        dossiers_number=found.dossiers,
        lines=[_view(line, request) for line in found.lines],
        messages=[*messages, *map(sentence, found.notices), *(problem.message for problem in problems)],
        chosen=chosen(unworded(request), lambda other: _url(replace(other, query=request.query), asked)),
        orders=[(gettext(words), _url(request, asked._replace(order=key)), key == asked.order) for key, words in _ORDERS.items()],
        beside=asked.beside,
        lines_a_page=LINES_A_PAGE,
        fields=[field for field in pairs(_args(replace(request, page=1), asked)) if field[0] not in ("q", "avec")],
        forms=list(_forms(request, asked)) if asked.order == "forme" else [],
        number=request.page,
        pages=pages,
        previous=_url(request, asked, min(request.page - 1, pages)) if request.page > 1 and pages else None,
        next=_url(request, asked, request.page + 1) if request.page < pages else None,
        state=state,
        csv_url=url_for("concordance.every_line", **_args(request, asked)),
        collocates_url=url_for("collocates.page", **_args(replace(request, page=1), Asked())),
        search_url=search_url(replace(request, page=1)),
    )


@concordance.get("/concordance.csv")
def every_line() -> Response:
    """All the lines, each with its citation."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    asked = asked_lines(flask.request.args)
    status, found = counted(lambda: reader().concordance(expression(request), asked.order, beside=asked.beside))
    checked = status.built_at.date()

    def rows() -> Iterator[tuple[str, ...]]:
        yield (*COLUMNS, "adresse", "citation")
        for line in found.lines:
            page = None if line.attachment is None else cited_page(line.card, f"{line.attachment + 1}-{line.page}")
            yield (*row(line), absolute(line_url(line, request.query)), iso690(reference(line.card), checked, page))

    return table(status, rows(), file_name(f"concordance {request.query}", "csv"))


def asked_lines(args: MultiDict[str, str]) -> Asked:
    """The order asked for, by dossier when that is none, and the expression that must be near."""
    known: dict[str, LineOrder] = {order: order for order in LINE_ORDERS}
    return Asked(known.get(args.get("ordre", ""), "document"), " ".join(args.get("avec", "").split())[:MAX_QUERY])


def found_lines(request: Request, asked: Asked) -> tuple[Status, Concordance]:
    """The lines of the page asked for, and the state that they are of."""
    return counted(lambda: _found(request, asked))


def _found(request: Request, asked: Asked) -> Concordance:
    first = (request.page - 1) * LINES_A_PAGE
    return reader().concordance(expression(request), asked.order, first, LINES_A_PAGE, asked.beside)


def _forms(request: Request, asked: Asked) -> Iterator[FormView]:
    before = 0
    for one in reader().forms(expression(request), asked.beside):
        url = _url(request, asked, before // LINES_A_PAGE + 1)
        yield FormView(one.form, one.occurrences, one.dossiers, f"{url}#ligne-{before + 1}")
        before += one.occurrences


def line_url(line: Line, query: str) -> str:
    """Where a line can be read: in the PDF at its page, else in the text of the page."""
    at_page = None if line.attachment is None else pdf_url(line.card, line.attachment, line.page)
    return at_page or dossier_url(line.card, new_search(query), part_anchor(line.attachment, line.page))


def expression(request: Request) -> Request:
    """The request without what a concordance has no part in."""
    return replace(request, filters={name: keys for name, keys in request.filters.items() if name != "mots"})


def unworded(request: Request) -> Result:
    """The search by its filters alone, for their labels."""
    return reader().search(replace(expression(request), query="", page=1, size=1, passages=0))


def _args(request: Request, asked: Asked) -> dict[str, Any]:
    known = {name: value for name, value in args_of(expression(request)).items() if name not in ("tri", "par", "correction")}
    own = {"avec": asked.beside, "ordre": asked.order if asked.order != "document" else ""}
    return known | {name: value for name, value in own.items() if value}


def concordance_url(request: Request, beside: str = "") -> str:
    """The occurrences of the words of a search, in the dossiers that pass its filters; those near other words when they are
    given."""
    return _url(request, Asked(beside=beside))


def _url(request: Request, asked: Asked, number: int = 1, generation: int | None = None) -> str:
    return url_for("concordance.page", **_args(replace(request, page=number), asked), generation=generation)


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
