"""Where an expression stands, occurrence by occurrence.

In an order of dossiers the cluster tells how often each has it, and only those are read whose lines are shown. In an order of
words, beside another expression, or where the cluster cannot tell, all texts that have the expression are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from indexer.engine.contract import Concordance, Form, Line, LineOrder, Request
from indexer.engine.lines import forms as by_form
from indexer.engine.lines import line, ranks, sort_key
from indexer.engine.nearby import beside as near_to
from indexer.engine.occurrences import Occurrences, joined, sought
from indexer.engine.opensearch.counting import Counted, counted
from indexer.engine.opensearch.ordering import order as dossier_order
from indexer.engine.opensearch.searching import selected
from indexer.engine.opensearch.shapes import Clause
from indexer.engine.opensearch.snapshot import HeldSnapshot
from indexer.engine.opensearch.texts import Texts, Told
from indexer.engine.opensearch.walking import walk
from indexer.expression import as_expression
from indexer.notices import Notice
from indexer.query import Leaf

_COUNTED_AT_ONCE = 5_000
"""Dossiers whose counts are asked for at once."""
_SHOWN_AT_ONCE = 50
"""Dossiers, or lines, of which all is asked for that is shown."""
_FIRST_PLACE: Clause = {"first_place": {"order": "asc"}}


class Sought(NamedTuple):
    """An expression among some dossiers, and the other one near which it counts; `key` tells it from any other."""

    leaves: list[Leaf]
    beside: list[Leaf] | None
    within: Clause
    notices: tuple[Notice, ...]
    key: tuple[Any, ...]


def expression(held: HeldSnapshot, request: Request, beside: str) -> Sought:
    """The expression of a request, and another one, in the dossiers that pass the filters."""
    request = replace(request, query=as_expression(request.query), correct=False)
    own, other = (held.understood(words, correct=False) for words in (request.query, as_expression(beside)))
    filters = (request.since, request.until, request.found_themes, *sorted(request.filters.items()))
    return Sought(
        sought(own.plan),
        sought(other.plan) if beside else None,
        selected(held, request),
        (*own.notices, *other.notices),
        (request.query, beside, *filters),
    )


def concordance(texts: Texts, what: Sought, order: LineOrder, first: int, most: int | None) -> Concordance:
    """Its lines from the line `first` on, at most `most`."""
    if not what.leaves:
        return Concordance(0, 0, iter(()), what.notices)
    count = counted(what.leaves) if what.beside is None and order in ("document", "date", "lieu") else None
    if count is None:
        return _of_texts(texts, what, order, first, most)
    body = {
        "query": count.among(what.within),
        "size": 0,
        "track_total_hits": True,
        "aggs": {"score": {"sum": {"script": "_score"}}},
    }
    answer = texts.held.ask(body)
    total = count.occurrences(answer["aggregations"]["score"]["value"])
    lines = _counted_lines(texts, what, count, order, first, most)
    return Concordance(total, answer["hits"]["total"]["value"], islice(lines, most), what.notices)


def _sort(order: LineOrder) -> list[Clause]:
    """The order of the dossiers; words are sorted after it."""
    request = Request(sort="date-croissante" if order == "date" else "date")
    by_date = [way for way in dossier_order(request) if "_score" not in way]
    return [_FIRST_PLACE, *by_date] if order == "lieu" else by_date


def _counted_lines(texts: Texts, what: Sought, count: Counted, order: LineOrder, first: int, most: int | None) -> Iterator[Line]:
    """The lines from the line `first` on, of dossiers whose occurrences the cluster counts."""
    at_once = _COUNTED_AT_ONCE if most is None else min(first + most + 1, _COUNTED_AT_ONCE)
    hits = walk(texts.held, count.among(what.within), _sort(order), at_once)
    shown = _from_line(first, ((hit["_id"], count.occurrences(hit["_score"])) for hit in hits))
    while lot := [*islice(shown, _SHOWN_AT_ONCE)]:
        known = texts.held.kept_of([dossier for dossier, _ in lot])
        for dossier, left_out in lot:
            told = texts.told(*known[dossier])
            yield from islice(_lines(texts, told, told.occurrences(what.leaves)), left_out, None)


def _from_line(first: int, counts: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The dossiers that have a line from the line `first` on, and how many of their lines come before it."""
    before = 0
    for dossier, times in counts:
        if before + times > first:
            yield dossier, max(first - before, 0)
        before += times


def _lines(texts: Texts, told: Told, found: Occurrences) -> Iterator[Line]:
    for position, number in zip(found.positions.tolist(), found.numbers.tolist(), strict=True):
        yield line(told.card, told.record, position, found.leaves[number], texts.read)


class _Placed(NamedTuple):
    """Occurrences in order; their documents are numbered as in `ids`."""

    ids: list[str]
    found: Occurrences


def _of_texts(texts: Texts, what: Sought, order: LineOrder, first: int, most: int | None) -> Concordance:
    """The lines of what only the texts tell; where they stand is kept."""
    key, held = ("concordance", order, *what.key), texts.held
    ids, found = held.remembered(key, lambda: _placed(texts, what, order), lambda placed: 100 * (1 + len(placed.found.docs)))
    shown = found.taken(np.arange(len(found.docs))[first : None if most is None else first + most])
    return Concordance(len(found.docs), len(np.unique(found.docs)), _placed_lines(texts, _Placed(ids, shown)), what.notices)


def _placed(texts: Texts, what: Sought, order: LineOrder) -> _Placed:
    by_words = order in ("gauche", "droite", "forme")
    ids: list[str] = []
    each: list[Occurrences] = []
    keys: list[str] = []
    for told, here in _found(texts, what, "document" if by_words else order):
        each.append(here._replace(docs=np.full(len(here.docs), len(ids), np.int64)))
        ids.append(told.card.id)
        if by_words:
            keys += [sort_key(line, order) for line in _lines(texts, told, here)]
    found = joined(each, what.leaves)
    return _Placed(ids, found.taken(np.argsort(ranks(keys), kind="stable")) if by_words else found)


def _found(texts: Texts, what: Sought, order: LineOrder) -> Iterator[tuple[Told, Occurrences]]:
    """The dossiers in whose texts the expression stands, and where."""
    for told in texts.each(what.leaves, what.within, _sort(order)):
        found = told.occurrences(what.leaves)
        if what.beside is not None:
            found = near_to(found, told.occurrences(what.beside), told.files())
        if len(found.docs):
            yield told, found


def _placed_lines(texts: Texts, placed: _Placed) -> Iterator[Line]:
    ids, found = placed
    for begin in range(0, len(found.docs), _SHOWN_AT_ONCE):
        lot = found.taken(np.arange(begin, min(begin + _SHOWN_AT_ONCE, len(found.docs))))
        known = texts.held.kept_of([ids[number] for number in np.unique(lot.docs).tolist()])
        for doc, position, number in zip(lot.docs.tolist(), lot.positions.tolist(), lot.numbers.tolist(), strict=True):
            yield line(*known[ids[doc]], position, found.leaves[number], texts.read)


def forms(texts: Texts, what: Sought) -> tuple[Form, ...]:
    """The lines by their forms."""
    if not what.leaves:
        return ()

    def made() -> tuple[Form, ...]:
        return by_form(line for told, found in _found(texts, what, "document") for line in _lines(texts, told, found))

    return texts.held.remembered(("forms", *what.key), made, lambda found: 200 * (1 + len(found)))
