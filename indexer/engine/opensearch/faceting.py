"""Filters as clauses, and facet counts as aggregations: each facet counted without its own filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indexer.engine.contract import ALL_WORDS, FACETS, SOME_WORDS, Facet, FacetName, Request
from indexer.engine.facet_list import WORDS, Counted, facet, telling, with_keys, words_found
from indexer.engine.opensearch.matching import complete
from indexer.engine.opensearch.shapes import Clause, all_of, any_of
from indexer.engine.opensearch.snapshot import Snapshot, column_of
from indexer.plan import Plan

MOST_VALUES = 10_000
"""Values of one facet in an answer."""


def understood(request: Request, snapshot: Snapshot) -> Request:
    """The request with its filters in the keys that the index has."""
    return with_keys(request, lambda name: _keys(name, request, snapshot))


def _keys(name: FacetName, request: Request, snapshot: Snapshot) -> set[str]:
    return set(WORDS) if name == "mots" else set(snapshot.labels(column_of(name, found_themes=request.found_themes)))


@dataclass(frozen=True)
class Filters:
    """The filters of a request, by facet, and that of the dates."""

    by_facet: dict[FacetName, Clause]
    dates: tuple[Clause, ...]

    def but(self, name: FacetName | None = None) -> Clause:
        """All of them but that of one facet."""
        return all_of([*self.dates, *(clause for other, clause in self.by_facet.items() if other != name)])


def filters(request: Request, plan: Plan) -> Filters:
    """What a request keeps to."""
    by_facet = {name: _clause(name, keys, request, plan) for name, keys in request.filters.items()}
    bounds = {"gte": request.since and request.since.toordinal(), "lte": request.until and request.until.toordinal()}
    given = {side: day for side, day in bounds.items() if day}
    return Filters(by_facet, ({"range": {"span": {**given, "relation": "intersects"}}},) if given else ())


def _clause(name: FacetName, keys: Iterable[str], request: Request, plan: Plan) -> Clause:
    if name == "mots":
        either = {ALL_WORDS: complete(plan), SOME_WORDS: all_of([], but=[complete(plan)])}
        return any_of([either[key] for key in keys if key in either])
    field = f"facet.{column_of(name, found_themes=request.found_themes)}"
    return any_of([{"prefix": {field: f"{key}\t"}} for key in keys])


def aggregations(asked: Filters, request: Request, plan: Plan) -> dict[str, Any]:
    """What counts every facet, those with the same filters together."""
    grouped: dict[str, Any] = {"kept": {"filter": asked.but(), "aggs": {}}}
    for name in FACETS:
        group = grouped["kept"]
        if name in asked.by_facet:
            group = grouped[name] = {"filter": asked.but(name), "aggs": {}}
        if name != "mots":
            field = f"facet.{column_of(name, found_themes=request.found_themes)}"
            group["aggs"][name] = {"terms": {"field": field, "size": MOST_VALUES}}
        elif plan.units:
            group["aggs"][name] = {"filter": complete(plan)}
    return {name: group if group["aggs"] else {"filter": group["filter"]} for name, group in grouped.items()}


def facets(counted: dict[str, Any], request: Request, snapshot: Snapshot, plan: Plan) -> tuple[Facet, ...]:
    """The facets as shown, of the counts in an answer."""
    return telling(_facet(name, counted.get(name, counted["kept"]), request, snapshot, plan) for name in FACETS)


def cut(counted: dict[str, Any]) -> tuple[str, ...]:
    """The facets that have more values than are listed."""
    groups = ((name, counted.get(name, counted["kept"])) for name in FACETS if name != "mots")
    return tuple(name for name, group in groups if group[name]["sum_other_doc_count"])


def _facet(name: FacetName, group: dict[str, Any], request: Request, snapshot: Snapshot, plan: Plan) -> Facet:
    chosen = request.filters.get(name, ())
    if name == "mots":
        every = group["mots"]["doc_count"] if plan.units else group["doc_count"]
        return facet(name, words_found(every, group["doc_count"] - every), chosen, WORDS)
    labels = snapshot.labels(column_of(name, found_themes=request.found_themes))
    counts: dict[str, int] = {}
    for bucket in group[name]["buckets"]:
        key = bucket["key"].split("\t", 1)[0]
        counts[key] = counts.get(key, 0) + bucket["doc_count"]
    counted: Counted = {key: (labels[key], count) for key, count in counts.items()}
    every_label = snapshot.labels("theme-found") if name == "theme" and chosen else labels
    return facet(name, counted, chosen, every_label)
