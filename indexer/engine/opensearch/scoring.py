"""The score of a dossier without its best passage: the sum of its clues, times one plus the share of the query that it has."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from indexer import ranking
from indexer.engine.opensearch.clues import Clue, Clues, needed
from indexer.engine.opensearch.matching import found, having_unit
from indexer.engine.opensearch.shapes import Clause, all_of, any_of, named, worth
from indexer.engine.opensearch.snapshot import Snapshot
from indexer.plan import Plan


@dataclass(frozen=True)
class Scoring:
    """A plan with what its parts are worth in one generation: of each unit the share of the query's idf."""

    plan: Plan
    clues: tuple[Clue, ...]
    shares: tuple[float, ...]

    def query(self, within: Clause | None = None) -> Clause:
        """What the plan finds, scored; `within` keeps to some dossiers, whether the plan finds them or not."""
        matching = found(self.plan) if within is None else within
        scored = [clue_clause(clue) for clue in self.clues]
        return coverage({"bool": {"filter": [matching], "should": scored}}, self)

    def factor(self, units: Set[str]) -> float:
        """What the score of a dossier that has these units is multiplied by."""
        return 1 + ranking.COVERAGE * sum(share for n, share in enumerate(self.shares) if unit_name(n) in units)


def unit_name(number: int) -> str:
    """Under which name a hit says that it has a unit."""
    return f"unit {number}"


def clue_clause(clue: Clue, name: str | None = None) -> Clause:
    """The clause of a summand."""
    scored = worth(clue.shape, clue.weight * clue.idf, name)
    if not clue.only:
        return scored
    return {"bool": {"must": [scored], "filter": [any_of([shape.clause() for shape in clue.only])]}}


def coverage(query: Clause, scoring: Scoring) -> Clause:
    """The query with its scores multiplied by what the coverage makes them worth; the units say their names."""
    functions: list[dict[str, Any]] = [
        {"filter": named(having_unit(unit), unit_name(n)), "weight": ranking.COVERAGE * share}
        for n, (unit, share) in enumerate(zip(scoring.plan.units, scoring.shares, strict=True))
    ]
    if not functions:
        return query
    return {
        "function_score": {
            "query": query,
            "functions": [{"weight": 1}, *functions],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def scoring(snapshot: Snapshot, plan: Plan, *also: Clause) -> Scoring:
    """What a plan is worth in this generation; counts what it needs, and `also`, together."""
    snapshot.known.learn([*needed(plan, snapshot.known), *also])
    counts = [snapshot.known.count(having_unit(unit)) for unit in plan.units]
    idfs = [ranking.idf(snapshot.known.documents, count) for count in counts]
    whole = sum(idfs) or 1.0
    return Scoring(plan, tuple(Clues(plan, snapshot.known).all()), tuple(idf / whole for idf in idfs))


def exactly(ids: list[str]) -> Clause:
    """These dossiers."""
    return all_of([{"terms": {"id": ids}}])
