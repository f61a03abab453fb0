"""How many dossiers of one generation have what is asked: counted by the cluster, many at once, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from indexer import ranking
from indexer.engine.opensearch.shapes import Clause, Shape

_AT_ONCE = 400
"""Clauses counted in one request."""
_KEPT = 200_000
"""Counts that are kept."""

Ask = Callable[[dict[str, Any]], dict[str, Any]]


class Statistics:
    """Counts of one generation, kept as long as it is. `documents` is how many dossiers there are.

    While an update is being seen the cluster may count more dossiers than the generation has: a count never exceeds `documents`.
    Threads share it: no count is ever taken away from a table, and a full table is replaced.
    """

    def __init__(self, ask: Ask, documents: int) -> None:
        self._ask = ask
        self._counts: dict[bytes, int] = {}
        self.documents = documents

    def learn(self, clauses: Iterable[Clause]) -> dict[bytes, int]:
        """How many dossiers have each clause, by its key; those not known yet are counted together."""
        wanted = {msgspec.json.encode(clause): clause for clause in clauses}
        known = self._counts
        found = {key: count for key in wanted if (count := known.get(key)) is not None}
        waiting = [(key, clause) for key, clause in wanted.items() if key not in found]
        for first in range(0, len(waiting), _AT_ONCE):
            lot = waiting[first : first + _AT_ONCE]
            filters = {str(n): clause for n, (_, clause) in enumerate(lot)}
            answer = self._ask({"size": 0, "aggs": {"counts": {"filters": {"filters": filters}}}, "track_total_hits": False})
            buckets = answer["aggregations"]["counts"]["buckets"]
            found.update((key, min(buckets[str(n)]["doc_count"], self.documents)) for n, (key, _) in enumerate(lot))
        if len(known) > _KEPT:
            known = self._counts = {}
        known.update(found)
        return found

    def count(self, clause: Clause) -> int:
        """How many dossiers have it."""
        key = msgspec.json.encode(clause)
        found = self._counts.get(key)
        return self.learn([clause])[key] if found is None else found

    def idf(self, shape: Shape) -> float:
        """How rare a shape is; 0 for what no dossier has."""
        return self.rarity(shape.clause())

    def rarity(self, clause: Clause) -> float:
        """The same of a clause."""
        having = self.count(clause)
        return ranking.idf(self.documents, having) if having else 0.0
