"""Which passages of a dossier to show: the best windows of the ranking, and in each the densest stretch of the query's words.

They are found by positions; only the parts that the chosen passages lie in are loaded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.contract import Passage
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.schema import Record
from indexer.engine.whoosh.windows import Source, window_scores
from indexer.highlight import passage
from indexer.model import PartReader
from indexer.query import Leaf

WIDTH = 30
"""Words that a passage's matches may span."""

OPENING = 25
"""Words of the beginning shown when no word of the query stands in the text."""


class Occurrence(NamedTuple):
    """A source of the query found in a dossier: positions `first` to `last` (included), which source, what it is worth."""

    first: int
    last: int
    source: int
    worth: float


class Stretch(NamedTuple):
    """A candidate passage: positions `first` to `last` (included) in one part."""

    worth: float
    first: int
    last: int
    part: int


def choose(found: list[Source], doc: int, words: int, starts: tuple[int, ...], most: int) -> list[Stretch]:
    """The best stretches of a document, at most `most`, those of better windows first, none showing the same text as another."""
    here = [source._replace(places=source.places.of(doc)) for source in found]
    occurrences = [occurrence for occurrence in _occurrences(here) if starts and occurrence.first >= starts[0]]
    if not occurrences:
        return []
    scores = window_scores(here, np.array([doc]), np.array([words]))[0]
    chosen: list[Stretch] = []
    for stretch in _best_of_windows(scores, occurrences, starts):
        if all(_apart(stretch, other) for other in chosen):
            chosen.append(stretch)
            if len(chosen) == most:
                break
    return chosen


def _best_of_windows(scores: Floats, occurrences: list[Occurrence], starts: tuple[int, ...]) -> Iterator[Stretch]:
    """The densest stretch of each window, from the best window on; windows that hold nothing of the parts are passed over."""
    firsts = [occurrence.first for occurrence in occurrences]
    for window in np.argsort(-scores, kind="stable").tolist():
        if scores[window] <= 0:
            return
        begin = window * ranking.PASSAGE_STEP
        inside = occurrences[bisect_left(firsts, begin) : bisect_left(firsts, begin + ranking.PASSAGE_WORDS)]
        if inside:
            yield max(_stretches(inside, starts), key=lambda stretch: (stretch.worth, -stretch.first))


def _apart(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches show different text: in different parts, or a width away from each other."""
    return one.part != other.part or one.last + WIDTH < other.first or other.last + WIDTH < one.first


def _occurrences(found: list[Source]) -> list[Occurrence]:
    return sorted(
        Occurrence(position, position + source.length - 1, number, source.weight * source.idf)
        for number, source in enumerate(found)
        for position in source.places.positions.tolist()
    )


def _stretches(found: list[Occurrence], starts: tuple[int, ...]) -> Iterator[Stretch]:
    """From every occurrence on, the stretch it opens: each source counts by its worth, its repeats by a tenth."""
    firsts = [occurrence.first for occurrence in found]
    for i, opening in enumerate(found):
        part = bisect_right(starts, opening.first) - 1
        limit = opening.first + WIDTH
        if part + 1 < len(starts):
            limit = min(limit, starts[part + 1])
        inside = found[i : bisect_left(firsts, limit)]
        best: dict[int, float] = {occurrence.source: occurrence.worth for occurrence in inside}
        worth = 0.9 * sum(best.values()) + 0.1 * sum(occurrence.worth for occurrence in inside)
        yield Stretch(worth, opening.first, max(occurrence.last for occurrence in inside), part)


def shown(record: Record, stretches: list[Stretch], leaves: list[Leaf], read_part: PartReader) -> tuple[Passage, ...]:
    """The stretches as passages; the dossier's opening words when there is none."""
    if not record.parts:
        return ()
    stretches = stretches or [Stretch(0.0, record.starts[0], record.starts[0] + OPENING, 0)]
    return tuple(found for stretch in stretches if (found := _passage(record, stretch, leaves, read_part)).segments)


def _passage(record: Record, stretch: Stretch, leaves: list[Leaf], read_part: PartReader) -> Passage:
    part, start = record.parts[stretch.part], record.starts[stretch.part]
    text = read_part(part.text_key, part.page)
    segments = passage(text, stretch.first - start, stretch.last - start, leaves)
    return Passage(segments, part.attachment, part.page, part.label, part.recognised)
