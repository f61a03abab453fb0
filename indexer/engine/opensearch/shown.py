"""Where a query stands in a dossier that is shown: in its best windows, word by word as they were indexed."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from indexer import ranking
from indexer.engine.opensearch.clues import Source
from indexer.engine.opensearch.windows import Window
from indexer.engine.passages import Floats, Occurrence, occurrence
from indexer.engine.standing import Standing


class Shown:
    """One dossier, by its best windows."""

    def __init__(self, sources: list[Source], windows: tuple[Window, ...]) -> None:
        self.sources = sources
        self.scores: Floats = np.zeros(max((window.number for window in windows), default=0) + 1)
        for window in windows:
            self.scores[window.number] = window.score
        words = Standing(token for window in windows for token in window.tokens())
        self._places = sorted((at, n) for n, source in enumerate(sources) for at in places(words, source))

    def inside(self, begin: int, end: int) -> list[Occurrence]:
        """What begins at the positions `begin` to `end` (excluded)."""
        first, last = (bisect_left(self._places, (at, 0)) for at in (begin, end))
        return [occurrence(self.sources, at, n) for at, n in self._places[first:last]]


def places(words: Standing, source: Source) -> set[int]:
    """Where a source begins."""
    if source.leaf is not None:
        return words.of(source.leaf)
    if source.pair is not None:
        return set(words.near(*source.pair, ranking.PASSAGE_NEAR))
    return words.form(source.form)
