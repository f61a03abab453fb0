"""How often each term stands in the texts of some dossiers, and in how many of these: summed up from their bags of terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from indexer.engine.opensearch.shapes import Clause
from indexer.engine.opensearch.snapshot import HeldSnapshot

BYTES = 200
"""What a term takes in memory with its counts."""


class Terms(NamedTuple):
    """Words of some dossiers: of how many, how many, and of each term how often it is among them, and in how many dossiers."""

    dossiers: int
    words: int
    times: Mapping[str, int]
    having: Mapping[str, int]

    def without(self, part: Terms, dossiers: int) -> Terms:
        """The rest when a part is taken away, of so many dossiers; in how many of them each term is, is not known."""
        times = {term: count - part.times.get(term, 0) for term, count in self.times.items()}
        return Terms(dossiers, self.words - part.words, times, {})


def terms_in(held: HeldSnapshot, within: Clause) -> Terms:
    """All words of the texts of the dossiers of a clause."""
    key = ("terms", msgspec.json.encode(within))
    return held.remembered(key, lambda: _summed(held, within), lambda found: BYTES * len(found.times))


def _summed(held: HeldSnapshot, within: Clause) -> Terms:
    times, having = Counter[str](), Counter[str]()
    for pair, dossiers in held.values("bag", within):
        term, _, count = pair.rpartition("\t")
        times[term] += int(count) * dossiers
        having[term] += dossiers
    words = {"words": {"sum": {"field": "tokens"}}}
    answer = held.ask({"query": within, "size": 0, "track_total_hits": True, "aggs": words})
    return Terms(answer["hits"]["total"]["value"], int(answer["aggregations"]["words"]["value"]), times, having)
