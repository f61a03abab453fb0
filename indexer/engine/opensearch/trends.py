"""Expressions over time: dossiers and occurrences by period, and what there is in each, counted by the cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from indexer.engine.contract import MOST_PERIODS, Every, Series, Trend
from indexer.engine.occurrences import sought
from indexer.engine.opensearch.counting import counted
from indexer.engine.opensearch.shapes import Clause
from indexer.engine.opensearch.texts import Texts
from indexer.engine.periods import first_day
from indexer.plan import Plan
from indexer.query import Leaf


class _Counts(NamedTuple):
    """By period, how many dossiers there are, and a sum over them."""

    dossiers: dict[int, int]
    sums: dict[int, float]


def trend(texts: Texts, within: Clause, expressions: Iterable[tuple[str, Plan]], every: Every, *, inferred: bool) -> Trend:
    """The expressions among the dossiers of `within`."""
    field = f"period.{every}" if inferred else f"period.{every}-indiquee"
    aggs = {"periods": _periods(field, {"field": "tokens"}), "dated": {"filter": {"exists": {"field": field}}}}
    answer = texts.held.ask({"query": within, "size": 0, "track_total_hits": True, "aggs": aggs})
    there = _counts(answer)
    last = max(there.dossiers, default=-1)
    shown = range(max(min(there.dossiers, default=0), last - MOST_PERIODS + 1), last + 1)
    series = []
    for words, plan in expressions:
        found = _expression(texts, within, sought(plan), field)
        series.append(Series(words, _listed(found.dossiers, shown), _listed(found.sums, shown)))
    total = answer["hits"]["total"]["value"]
    undated = total - answer["aggregations"]["dated"]["doc_count"]
    periods = tuple(first_day(number, every) for number in shown)
    return Trend(periods, _listed(there.dossiers, shown), _listed(there.sums, shown), tuple(series), total, undated)


def _periods(field: str, summed: dict[str, str]) -> Clause:
    """Counts by period of the last ones, and a sum over their dossiers."""
    latest = {"field": field, "size": MOST_PERIODS, "order": {"_key": "desc"}, "collect_mode": "depth_first"}
    return {"terms": latest, "aggs": {"sum": {"sum": summed}}}


def _counts(answer: dict[str, Any]) -> _Counts:
    buckets = answer["aggregations"]["periods"]["buckets"]
    return _Counts({one["key"]: one["doc_count"] for one in buckets}, {one["key"]: one["sum"]["value"] for one in buckets})


def _expression(texts: Texts, within: Clause, leaves: list[Leaf], field: str) -> _Counts:
    """By period, the dossiers that have an expression in their texts, and its occurrences."""
    if not leaves:
        return _Counts({}, {})
    count = counted(leaves)
    if count is None:
        return _of_texts(texts, within, leaves, field)
    body = {"query": count.among(within), "size": 0, "track_total_hits": False}
    found = _counts(texts.held.ask({**body, "aggs": {"periods": _periods(field, {"script": "_score"})}}))
    return _Counts(found.dossiers, {period: count.occurrences(score) for period, score in found.sums.items()})


def _of_texts(texts: Texts, within: Clause, leaves: list[Leaf], field: str) -> _Counts:
    dossiers, occurrences = Counter[int](), Counter[int]()
    for told in texts.each(leaves, within, column=field):
        times = len(told.occurrences(leaves).docs)
        for period in told.values if times else ():
            dossiers[period] += 1
            occurrences[period] += times
    return _Counts(dossiers, dict(occurrences))


def _listed(counts: dict[int, int] | dict[int, float], shown: range) -> tuple[int, ...]:
    return tuple(int(counts.get(period, 0)) for period in shown)
