"""A search, step by step: what is asked; its first dossiers with all counts; their best passages; what is shown of them.

Each step is one request to the cluster. Passages are looked for in the first 50 dossiers of the ranking without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any, NamedTuple

from indexer import ranking
from indexer.engine.contract import ALL_WORDS, Request
from indexer.engine.opensearch.clues import Source, sources
from indexer.engine.opensearch.faceting import Filters, aggregations, filters, understood
from indexer.engine.opensearch.matching import complete, found
from indexer.engine.opensearch.ordering import order, score_of
from indexer.engine.opensearch.scoring import Scoring, scoring
from indexer.engine.opensearch.shapes import Clause, all_of
from indexer.engine.opensearch.snapshot import HeldSnapshot, Snapshot, read_card
from indexer.engine.opensearch.walking import walk
from indexer.engine.opensearch.windows import best
from indexer.model import Card
from indexer.understanding import Understood

_MOST = 10_000
"""Dossiers in one answer of the cluster."""
_AHEAD = 500
"""Dossiers asked for at once when all are wanted."""


class Ranked(NamedTuple):
    """A dossier found, its score, the names of the units that it has, and what it is sorted by before its score."""

    id: str
    score: float
    units: frozenset[str]
    before: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A search ready to be put to the cluster. `sharp`: it keeps to the dossiers that have every word, though nobody said so."""

    request: Request
    understood: Understood
    scoring: Scoring
    filters: Filters
    sharp: bool

    @property
    def several(self) -> bool:
        """Whether dossiers with every word are told from those with some."""
        return len(self.understood.plan.units) > 1 and (self.sharp or "mots" not in self.request.filters)

    def body(self, **more: Any) -> dict[str, Any]:
        """What is found, in order."""
        return {
            "query": self.scoring.query(),
            "post_filter": self.filters.but(),
            "sort": order(self.request),
            "track_scores": True,
            "_source": False,
            **more,
        }

    def kept(self) -> Clause:
        """What is found and passes every filter."""
        return all_of([found(self.understood.plan), self.filters.but()])


def asked(snapshot: Snapshot, request: Request) -> Asked:
    """Without a choice of "mots", a query of few words keeps to the dossiers that have them all, when there are any."""
    understood = snapshot.understood(request.query, request.correct)
    plan = understood.plan
    given = filters(request, plan)
    few = 1 < len(plan.units) <= ranking.SHARP_WORDS and not understood.question and "mots" not in request.filters
    if not few:
        return Asked(request, understood, scoring(snapshot, plan), given, False)
    sharp = filters(replace(request, filters=request.filters | {"mots": (ALL_WORDS,)}), plan)
    both = all_of([found(plan), complete(plan), given.but()])
    weighed = scoring(snapshot, plan, both)
    if snapshot.known.count(both):
        return Asked(request, understood, weighed, sharp, True)
    return Asked(request, understood, weighed, given, False)


def selected(snapshot: Snapshot, request: Request) -> Clause:
    """The dossiers that a search finds."""
    return asked(snapshot, understood(request, snapshot)).kept()


class Page(NamedTuple):
    """The dossiers of one page, the sources of passages, and the cluster's answer with its counts."""

    ranked: list[Ranked]
    sources: list[Source]
    answer: dict[str, Any]


def page(snapshot: Snapshot, search: Asked) -> Page:
    """The page that a request wants, with counts."""
    request = search.request
    first = (request.page - 1) * request.size
    wanted = sources(search.understood.plan, snapshot.known)
    by_passage = request.sort == "pertinence" and first < ranking.PASSAGES_SCORED and bool(wanted)
    begin, size = (0, max(first + request.size, ranking.PASSAGES_SCORED)) if by_passage else (first, request.size)
    deep = begin + size > _MOST
    window = {"size": 0} if deep else {"from": begin, "size": size}
    counts = aggregations(search.filters, request, search.understood.plan)
    answer = snapshot.ask(search.body(**window, track_total_hits=True, aggs=counts))
    hits = islice(walk(snapshot, at_once=_MOST, **search.body()), begin, begin + size) if deep else answer["hits"]["hits"]
    ranked = [_ranked(hit) for hit in hits]
    if by_passage:
        ranked = with_passages(snapshot, search, ranked, wanted)[first : first + request.size]
    elif wanted and request.sort != "pertinence":
        ranked = _with_their_passages(snapshot, search, ranked, wanted)
    return Page(ranked, wanted, answer)


def with_passages(snapshot: Snapshot, search: Asked, ranked: list[Ranked], wanted: list[Source]) -> list[Ranked]:
    """The first dossiers of a ranking with their best passage in their score, in order; the others after them."""
    first, others = ranked[: ranking.PASSAGES_SCORED], ranked[ranking.PASSAGES_SCORED :]
    passages = best(snapshot, wanted, [one.id for one in first])
    scored = [one._replace(score=one.score + passages.get(one.id, 0.0) * search.scoring.factor(one.units)) for one in first]
    return [*sorted(scored, key=lambda one: (-one.score, one.id)), *others]


def _with_their_passages(snapshot: Snapshot, search: Asked, ranked: list[Ranked], wanted: list[Source]) -> list[Ranked]:
    """A page in another order, its scores those of the ranking; what that order does not tell apart is put in theirs."""
    body = search.body(size=ranking.PASSAGES_SCORED, sort=order(Request()), track_total_hits=False)
    first = [_ranked(hit) for hit in snapshot.ask(body)["hits"]["hits"]]
    scores = {one.id: one.score for one in with_passages(snapshot, search, first, wanted)}
    scored = [one._replace(score=scores.get(one.id, one.score)) for one in ranked]
    runs = (run for _, run in groupby(scored, key=lambda one: one.before))
    return [one for run in runs for one in sorted(run, key=lambda one: (-one.score, one.id))]


def _ranked(hit: dict[str, Any]) -> Ranked:
    return Ranked(hit["_id"], score_of(hit), frozenset(hit.get("matched_queries", ())), tuple(hit["sort"][:-2]))


def every(held: HeldSnapshot, search: Asked) -> Iterator[Card]:
    """The facts of all that is found, in the order of the pages."""
    first: list[Ranked] = []
    if search.request.sort == "pertinence" and search.understood.plan.units:
        top = held.ask(search.body(size=ranking.PASSAGES_SCORED, track_total_hits=False))["hits"]["hits"]
        first = with_passages(held, search, [_ranked(hit) for hit in top], sources(search.understood.plan, held.known))
    known = held.kept_of([one.id for one in first])
    yield from (known[one.id][0] for one in first if one.id in known)
    others = walk(held, at_once=_AHEAD, **search.body(_source=["card"]))
    yield from (read_card(hit) for hit in islice(others, len(first), None))
