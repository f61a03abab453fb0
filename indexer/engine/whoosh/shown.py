"""Where a query stands in each of some documents, by the positions of their postings."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.engine.passages import Occurrence, occurrence
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.posting_list import NONE
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.windows import Source


class Shown(NamedTuple):
    """Where the query stands in one dossier: what begins at which position (ascending), and the score of each window."""

    sources: list[Source]
    positions: Ints
    numbers: Ints
    scores: Floats

    def inside(self, begin: int, end: int) -> list[Occurrence]:
        """What begins at the positions `begin` to `end` (excluded)."""
        first, last = self.positions.searchsorted((begin, end)).tolist()
        found = zip(self.positions[first:last].tolist(), self.numbers[first:last].tolist(), strict=True)
        return [occurrence(self.sources, at, number) for at, number in found]


def each_shown(found: list[Source], docs: Ints, scores: Floats) -> list[Shown]:
    """Where the query stands in each of `docs` (ascending); `scores` has a row of windows for each."""
    places = [(source.places.docs, source.places.positions) for source in found]
    owners, positions = (np.concatenate([NONE, *column]) for column in zip(*places, strict=True)) if places else (NONE, NONE)
    numbers = np.repeat(np.arange(len(found)), [len(owned) for owned, _ in places])
    order = np.lexsort((numbers, positions, owners))
    owners, positions, numbers = owners[order], positions[order], numbers[order]
    bounds = zip(owners.searchsorted(docs).tolist(), owners.searchsorted(docs, "right").tolist(), strict=True)
    return [Shown(found, positions[a:b], numbers[a:b], row) for (a, b), row in zip(bounds, scores, strict=True)]
