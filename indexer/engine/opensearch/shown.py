"""Where a query stands in a dossier that is shown: in its best windows as the cluster names them, word by word by its text."""

from __future__ import annotations

import numpy as np

from indexer import ranking
from indexer.engine.document import Record
from indexer.engine.opensearch.clues import Source
from indexer.engine.opensearch.windows import Window
from indexer.engine.passages import Floats, Occurrence, occurrence
from indexer.engine.standing import Standing, TextReader, standing


class Shown:
    """One dossier; texts are read as they are needed."""

    def __init__(self, sources: list[Source], record: Record, windows: list[Window], read: TextReader) -> None:
        self._sources = sources
        self._record = record
        self._read = read
        self._scores = np.zeros(max((window.number for window in windows), default=0) + 1)
        for window in windows:
            self._scores[window.number] = window.score

    @property
    def sources(self) -> list[Source]:
        return self._sources

    @property
    def scores(self) -> Floats:
        return self._scores

    def inside(self, begin: int, end: int) -> list[Occurrence]:
        """What begins at the positions `begin` to `end` (excluded)."""
        longest = max((source.length for source in self._sources), default=1) + ranking.PASSAGE_NEAR
        words = standing(self._record, begin, end + longest, self._read)
        found = sorted((at, n) for n, source in enumerate(self._sources) for at in places(words, source))
        return [occurrence(self._sources, at, n) for at, n in found if begin <= at < end]


def places(words: Standing, source: Source) -> set[int]:
    """Where a source begins."""
    if source.leaf is not None:
        return words.of(source.leaf)
    if source.pair is not None:
        return set(words.near(*source.pair, ranking.PASSAGE_NEAR))
    return words.form(source.form)
