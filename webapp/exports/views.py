"""The addresses of exports: a search's own parameters, all that it finds, streamed. A few are made at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore
from typing import NamedTuple

import flask
from flask import Blueprint, Response, stream_with_context
from werkzeug.exceptions import TooManyRequests

from indexer.language import kept
from indexer.model import Card
from webapp.exports import bibtex, calendar, csv_table, json_list, ris
from webapp.links import file_name
from webapp.opening import reader, settings
from webapp.state import read_request, refuse

AT_ONCE = 4
"""Exports made at the same time; another one is told to come back."""
_RETRY_SECONDS = 10
_free = BoundedSemaphore(AT_ONCE)

exports = Blueprint("exports", __name__)


class Form(NamedTuple):
    """A format: its media type, and how dossiers are written in it."""

    media_type: str
    lines: Callable[[Iterable[Card]], Iterator[str]]


FORMS: dict[str, Form] = {
    "csv": Form("text/csv", csv_table.lines),
    "json": Form("application/json", json_list.lines),
    "ris": Form("application/x-research-info-systems", ris.lines),
    "bib": Form("application/x-bibtex", bibtex.lines),
    "ics": Form("text/calendar", lambda cards: calendar.lines(cards, reader().status().built_at)),
}
_FORM = f"<any({','.join(FORMS)}):form>"


class Slot:
    """One of the exports made at the same time, given back once: at the last line, or when the reader goes."""

    def __init__(self) -> None:
        if not _free.acquire(blocking=False):
            raise TooManyRequests(retry_after=_RETRY_SECONDS)
        self._held = True

    def release(self) -> None:
        if self._held:
            self._held = False
            _free.release()

    def held(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines; the slot is given back after the last."""
        try:
            yield from lines
        finally:
            self.release()


@exports.get(f"/export.{_FORM}")
def of_search(form: str) -> Response:
    """Everything that the search in the URL finds, in its order."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    return _file(form, lambda: reader().every(request), request.query)


@exports.get(f"/dossier/<dossier_id>/export.{_FORM}")
def of_dossier(dossier_id: str, form: str) -> Response:
    """One dossier."""
    card = reader().card(dossier_id)
    return _file(form, lambda: iter((card,)), card.slug)


def _file(form: str, cards: Callable[[], Iterator[Card]], name: str) -> Response:
    return streamed(FORMS[form].lines(cards()), FORMS[form].media_type, file_name(name, form))


def streamed(lines: Iterator[str], media_type: str, name: str) -> Response:
    """The lines as a file of that name, sent as they are made. A few are made at once: raises `TooManyRequests`."""
    response = Response(mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    if flask.request.method != "HEAD":  # to which no line is ever made, and which is never closed
        slot = Slot()
        response.response = stream_with_context(slot.held(kept(lines)))
        response.call_on_close(slot.release)
    return response
