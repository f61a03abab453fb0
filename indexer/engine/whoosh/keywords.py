"""The words that tell a selection of dossiers from others: how often each stands in the texts of both, compared.

G² is that of T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (Computational Linguistics 19,
1993), on the table of this word and the other words, here and there. The ratio is the base-2 logarithm of that of the relative
frequencies (A. Hardie's "log ratio", 2014), a word absent there counting one half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from indexer.analysis import Token
from indexer.engine.contract import Keyword, Keywords
from indexer.engine.whoosh.concordance import TextReader, lines, occurrences
from indexer.engine.whoosh.field_file import FieldFile, Ints
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.segments import Placed
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.plan import Plan, Unit
from indexer.query import Words

_AT_ONCE = 2_000_000
"""Places of words looked at together."""
_LOOKED_AT = 20
"""Occurrences by which the form shown of a word is chosen."""


class _Counts(NamedTuple):
    """Of words: how often they stand in the texts here and there, in how many dossiers here."""

    terms: list[bytes]
    here: Ints
    there: Ints
    dossiers: Ints


def keywords(snapshot: Snapshot, here: Ints, there: Ints, most: int, least: int, read: TextReader) -> Keywords:
    """The words most characteristic of `here` against `there`, sets of documents apart from each other."""
    tokens = snapshot.columns.tokens
    words_here, words_there = int(tokens[here].sum()), int(tokens[there].sum())
    counted = _together([_counts(placed, snapshot, here, there) for placed in snapshot.segments])
    kept = np.flatnonzero(counted.here >= least)
    scores = _signed(counted.here[kept], counted.there[kept], words_here, words_there)
    best = kept[np.argsort(-scores, kind="stable")][: most if words_there else 0]
    score_of = dict(zip(kept.tolist(), scores.tolist(), strict=True))
    found = []
    for at in best.tolist():
        if score_of[at] > 0:
            times, others = int(counted.here[at]), int(counted.there[at])
            ratio = float(np.log2((times / words_here) / (max(others, 0.5) / words_there)))
            form = _form(snapshot, counted.terms[at].decode(), here, read)
            found.append(Keyword(form, times, others, int(counted.dossiers[at]), score_of[at], ratio))
    return Keywords(len(here), len(there), words_here, words_there, tuple(found))


def g2(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Twice the log-likelihood ratio of tables of two by two counts (Dunning 1993)."""
    total = a + b + c + d
    cells = ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(cell > 0, cell * np.log(cell * total / (row * column)), 0.0) for cell, row, column in cells]
    summed: Floats = 2 * np.sum(terms, axis=0)
    return summed


def _signed(here: Ints, there: Ints, words_here: int, words_there: int) -> Floats:
    """G², negative for words that are rarer here."""
    a, b = here.astype(float), there.astype(float)
    scores = g2(a, words_here - a, b, words_there - b)
    return np.where(a * words_there >= b * words_here, scores, -scores)


def _counts(placed: Placed, snapshot: Snapshot, here: Ints, there: Ints) -> _Counts:
    columns = snapshot.columns
    side = np.zeros(len(columns.words), np.int64)
    side[there] = 2
    side[here] = 1
    field = placed.segment.fields["text"]
    parts = [_part(field, first, last, placed.base, side, columns.head) for first, last in _pieces(field)]
    return _joined(parts)


def _part(field: FieldFile, first: int, last: int, base: int, side: Ints, head: Ints) -> _Counts:
    part = field.inverted(first, last)
    posting = np.repeat(np.arange(len(part.ids)), part.counts)
    docs = part.ids[posting] + base
    places = part.places if part.places is not None else np.zeros(len(docs), np.int64)
    text = places >= head[docs]
    term = np.repeat(np.arange(len(part.df)), part.df)
    size = len(part.df)
    in_here = np.bincount(posting[text & (side[docs] == 1)], minlength=len(part.ids))
    in_there = np.bincount(posting[text & (side[docs] == 2)], minlength=len(part.ids))
    here, there, dossiers = (np.bincount(term, weights, size).astype(np.int64) for weights in (in_here, in_there, in_here > 0))
    used = np.flatnonzero(here + there)
    return _Counts([part.terms[at] for at in used.tolist()], here[used], there[used], dossiers[used])


def _pieces(field: FieldFile) -> Iterator[tuple[int, int]]:
    """Runs of terms that stand about so often together."""
    ends = np.cumsum(field.totals(0, field.size), dtype=np.int64)
    first = 0
    while first < field.size:
        before = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, before + _AT_ONCE, "right")), first + 1)
        yield first, last
        first = last


def _joined(parts: list[_Counts]) -> _Counts:
    empty = np.empty(0, np.int64)
    terms = [term for part in parts for term in part.terms]
    here, there, dossiers = (np.concatenate([empty, *(part[column] for part in parts)]) for column in (1, 2, 3))
    return _Counts(terms, here, there, dossiers)


def _together(segments: list[_Counts]) -> _Counts:
    """Each word once, with what all segments have of it."""
    if len(segments) == 1:
        return segments[0]
    whole = _joined(segments)
    numbers: dict[bytes, int] = {}
    at = np.fromiter((numbers.setdefault(term, len(numbers)) for term in whole.terms), np.int64, len(whole.terms))
    return _Counts(list(numbers), *(np.bincount(at, column, len(numbers)).astype(np.int64) for column in whole[1:]))


def _form(snapshot: Snapshot, term: str, here: Ints, read: TextReader) -> str:
    """How the word is mostly written in the first of its occurrences."""
    token = Token(term, term, 0, 0, 0)
    found = occurrences(snapshot, Plan((Unit(Words(term, (token,)), term),), (), ()), here)
    forms = Counter(line.form for line in lines(snapshot, found.taken(np.arange(min(len(found.docs), _LOOKED_AT))), read))
    return max(forms, key=lambda form: (forms[form], form.islower()), default=term)
