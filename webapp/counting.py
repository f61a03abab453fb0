"""Figures with the state of the index that they are of, on pages, in tables and in the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import flask
from flask import Response

from indexer.csv_lines import csv_line
from indexer.engine.contract import Status
from indexer.language import gettext, number_words
from indexer.one_state import of_one_state, stated
from indexer.wording import moment_words
from webapp.exports.views import streamed
from webapp.labels import dossiers
from webapp.opening import reader, settings
from webapp.state import generation_of

Found = TypeVar("Found")


class State(NamedTuple):
    """What a page says of the state that its figures are of: `url` is its address for that state alone."""

    generation: int
    built: str
    url: str


def counted(count: Callable[[], Found]) -> tuple[Status, Found]:
    """What is counted, in the state that the address asks for. Raises `GenerationGone`, `UnknownGeneration`, `BadSearch`."""
    return of_one_state(reader(), count, generation_of(flask.request.args))


def shown(count: Callable[[], Found], url_of: Callable[[int], str]) -> tuple[Found, State, list[str]]:
    """What is counted for a page, where a state that is not in use is said and not refused."""
    asked = generation_of(flask.request.args)
    status, found = of_one_state(reader(), count)
    state = State(status.generation, moment_words(status.built_at), url_of(status.generation))
    if asked in (None, status.generation):
        return found, state, []
    words = gettext(
        "L’index a changé : ces chiffres sont de son état %(here)s, et l’adresse était celle de l’état %(asked)s.",
        here=status.generation,
        asked=asked,
    )
    return found, state, [words]


def in_json(status: Status) -> dict[str, Any]:
    """The state as members of an answer."""
    return {"generation": status.generation, "built_at": status.built_at}


def table(status: Status, rows: Iterable[tuple[str, ...]], name: str) -> Response:
    """A table to take away, head first, as a file of that name."""

    def lines() -> Iterator[str]:
        yield "\N{BOM}"
        yield from map(csv_line, stated(rows, status))

    return streamed(lines(), "text/csv", name)


def citation(status: Status) -> str:
    """How a state of the corpus is cited."""
    return gettext(
        "%(site)s, état %(generation)s de l’index, construit le %(day)s : %(dossiers)s, %(pages)s pages de PDF.",
        site=settings().site_name,
        generation=status.generation,
        day=moment_words(status.built_at),
        dossiers=dossiers(status.dossiers),
        pages=number_words(status.pages),
    )
