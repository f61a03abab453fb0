"""How often each term stands in the texts of some documents and in those of others, over all segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.segments import Placed

Tokens = Callable[[Placed], Iterator[tuple[Ints, Ints]]]
"""Of a segment some words of texts, some at a time: in which document each stands, and the number of its term."""


def counts_in(placed: Placed, docs: Ints) -> Ints:
    """By number, how often each term of a segment stands in the texts of `docs`, which are numbered through all segments."""
    size = placed.segment.fields["text"].size
    forward = placed.segment.forward
    own = docs_in(placed, docs)
    if 2 * len(own) <= len(placed.live):
        return _summed((lot.terms for lot in forward.lots(own)), size)
    others = np.ones(len(placed.live), bool)
    others[own] = False
    counts = -_summed((lot.terms for lot in forward.lots(np.flatnonzero(others))), size)
    counts[: len(forward.totals)] += forward.totals
    return counts


def counts_of(placed: Placed, tokens: Tokens) -> Ints:
    """By number, how often each term of a segment is among `tokens`."""
    return _summed((terms for _, terms in tokens(placed)), placed.segment.fields["text"].size)


def tokens_in(docs: Ints) -> Tokens:
    """The words of the texts of `docs` (ascending)."""

    def tokens(placed: Placed) -> Iterator[tuple[Ints, Ints]]:
        return ((lot.owners, lot.terms) for lot in placed.segment.forward.lots(docs_in(placed, docs)))

    return tokens


def docs_in(placed: Placed, docs: Ints) -> Ints:
    """Those of `docs` (ascending) that are in a segment, by its own numbers."""
    first, last = np.searchsorted(docs, (placed.base, placed.base + len(placed.live)))
    return docs[first:last] - placed.base


def numbered(segments: Sequence[Placed]) -> list[Ints]:
    """One numbering of the terms of all segments: by segment and number there, the number here."""
    fields = [placed.segment.fields["text"] for placed in segments]
    if len(fields) == 1:
        return [np.arange(fields[0].size)]
    known: dict[bytes, int] = {}
    return [
        np.fromiter((known.setdefault(term, len(known)) for term in field.terms(0, field.size)), np.int64, field.size)
        for field in fields
    ]


def together(counts: Sequence[Ints], numbers: Sequence[Ints]) -> Ints:
    """Counts by segment as counts by the common numbers."""
    size = max((int(new.max(initial=-1)) + 1 for new in numbers), default=0)
    whole = np.zeros(size, np.int64)
    for found, new in zip(counts, numbers, strict=True):
        whole[new] += found
    return whole


def dossiers_with(chosen: Ints, segments: Sequence[Placed], numbers: Sequence[Ints], tokens: Tokens) -> Ints:
    """In how many documents each of some terms (common numbers) is among `tokens`."""
    dossiers = np.zeros(len(chosen), np.int64)
    for placed, new in zip(segments, numbers, strict=True):
        ranks = np.full(int(max(new.max(initial=-1), chosen.max(initial=-1))) + 1, -1)
        ranks[chosen] = np.arange(len(chosen))
        ranks = ranks[new]
        for owners, terms in tokens(placed):
            found = ranks[terms]
            pairs = np.unique(np.stack([owners, found])[:, found >= 0], axis=1)
            dossiers += np.bincount(pairs[1], minlength=len(chosen))
    return dossiers


def names_of(chosen: Ints, segments: Sequence[Placed], numbers: Sequence[Ints]) -> list[str]:
    """The terms of some common numbers."""
    names: dict[int, bytes] = {}
    for placed, new in zip(segments, numbers, strict=True):
        own = np.flatnonzero(np.isin(new, chosen))
        field = placed.segment.fields["text"]
        names |= {int(new[number]): next(field.terms(number, number + 1)) for number in own.tolist()}
    return [names[number].decode() for number in chosen.tolist()]


def _summed(lots: Iterator[Ints], size: int) -> Ints:
    counts = np.zeros(size, np.int64)
    for terms in lots:
        counts += np.bincount(terms, minlength=size)
    return counts
