"""Expressions over time: dossiers and occurrences by period, and what there is in each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np

from indexer.engine.contract import MOST_PERIODS, Every, Series, Trend
from indexer.engine.document import INFERRED, PRECISIONS
from indexer.engine.periods import first_day
from indexer.engine.whoosh.concordance import occurrences
from indexer.engine.whoosh.facet_columns import SnapshotColumns
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.plan import Plan

_EPOCH = date(1970, 1, 1).toordinal()
_PERIOD_BITS = 20
_UNITS: dict[Every, str] = {"annee": "datetime64[Y]", "mois": "datetime64[M]"}


class Dated(NamedTuple):
    """Pairs of a document and a period that one of its dates touches, ascending, each once."""

    docs: Ints
    periods: Ints


def trend(snapshot: Snapshot, docs: Ints, sought: Iterable[tuple[str, Plan]], every: Every, *, inferred: bool) -> Trend:
    """The expressions `sought` among `docs` (ascending)."""
    columns = snapshot.columns
    dated = _dated(columns, docs, every, inferred=inferred)
    undated = len(docs) - int(np.count_nonzero(np.diff(dated.docs, prepend=-1)))
    first, last = int(dated.periods.min(initial=0)), int(dated.periods.max(initial=-1))
    if len(dated.periods):
        first = max(int(dated.periods.min()), last - MOST_PERIODS + 1)
        shown = dated.periods >= first
        dated = Dated(dated.docs[shown], dated.periods[shown] - first)
    size = last - first + 1 if len(dated.docs) else 0

    def by_period(weights: Ints) -> tuple[int, ...]:
        return tuple(np.bincount(dated.periods, weights[dated.docs], size).astype(np.int64).tolist()[:size])

    series = []
    for expression, plan in sought:
        counts = np.bincount(occurrences(snapshot, plan, docs).docs, minlength=len(columns.words))
        series.append(Series(expression, by_period(np.minimum(counts, 1)), by_period(counts)))
    ones = np.ones(len(columns.words), np.int64)
    periods = tuple(first_day(first + place, every) for place in range(size))
    return Trend(periods, by_period(ones), by_period(columns.tokens), tuple(series), len(docs), undated)


def _dated(columns: SnapshotColumns, docs: Ints, every: Every, *, inferred: bool) -> Dated:
    chosen = np.zeros(len(columns.words), bool)
    chosen[docs] = True
    kept = chosen[columns.span_docs]
    if not inferred:
        kept &= columns.span_kind < INFERRED
    if every == "mois":
        kept &= columns.span_kind % INFERRED != PRECISIONS.index("year")
    owners = columns.span_docs[kept]
    begin, end = (_numbers(days[kept], every) for days in (columns.span_first, columns.span_last))
    begin = np.maximum(begin, end - MOST_PERIODS + 1)
    lengths = end - begin + 1
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    first = int(begin.min(initial=0))
    pairs = np.sort(np.repeat(owners, lengths) << _PERIOD_BITS | np.repeat(begin, lengths) + within - first, kind="stable")
    pairs = pairs.compress(np.diff(pairs, prepend=-1) > 0)
    return Dated(pairs >> _PERIOD_BITS, (pairs & (1 << _PERIOD_BITS) - 1) + first)


def _numbers(days: Ints, every: Every) -> Ints:
    """Days as numbers of years or months since 1970."""
    return (days - _EPOCH).astype("datetime64[D]").astype(_UNITS[every]).astype(np.int64)
