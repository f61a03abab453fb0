"""Which passages of a dossier to show: the best windows of the ranking, and in each the densest stretch of the query's words.

They are found by positions; only the parts that the chosen passages lie in are loaded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engine.contract import Passage
from indexer.engine.document import Record
from indexer.highlight import CONTEXT, Place, Text, passage
from indexer.model import Part
from indexer.query import Leaf

Floats = NDArray[np.floating[Any]]

WIDTH = 30
"""Words that a passage's matches may span."""

OPENING = 25
"""Words of the beginning shown when no word of the query stands in the text."""


TRIED = 12
"""Windows looked into for each passage wanted."""


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


class Sought(Protocol):
    """Something of the query that stands in texts: `weight` × `idf` is what one occurrence is worth before saturation.

    It takes `length` words. `leaf` is what is marked in the text; what only adds to another has none.
    """

    @property
    def weight(self) -> float: ...
    @property
    def idf(self) -> float: ...
    @property
    def length(self) -> int: ...
    @property
    def leaf(self) -> Leaf | None: ...


class Here(Protocol):
    """Where the query stands in one dossier: `scores` are those of its windows."""

    @property
    def sources(self) -> Sequence[Sought]: ...
    @property
    def scores(self) -> Floats: ...
    def inside(self, begin: int, end: int) -> list[Occurrence]:
        """What begins at the positions `begin` to `end` (excluded), ascending."""


def occurrence(sources: Sequence[Sought], at: int, number: int) -> Occurrence:
    """The source of that number, found at a position."""
    return Occurrence(at, at + sources[number].length - 1, number, sources[number].weight * sources[number].idf)


def choose(here: Here, starts: tuple[int, ...], most: int) -> list[Stretch]:
    """The best stretches of a dossier, at most `most`, those of better windows first, none showing the same text as another."""
    chosen: list[Stretch] = []
    for window in np.argsort(-here.scores, kind="stable")[: TRIED * most].tolist():
        if here.scores[window] <= 0 or len(chosen) == most or not starts:
            break
        begin = window * ranking.PASSAGE_STEP
        inside = here.inside(max(begin, starts[0]), begin + ranking.PASSAGE_WORDS)
        if inside:
            best = max(_stretches(inside, starts), key=lambda stretch: (stretch.worth, -stretch.first))
            if all(_apart(best, other) for other in chosen):
                chosen.append(best)
    return chosen


def _apart(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches show different text: in different parts, or a width away from each other."""
    return one.part != other.part or one.last + WIDTH < other.first or other.last + WIDTH < one.first


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


TextReader = Callable[[Part], Text]


def passages(record: Record, here: Here, stretches: list[Stretch], read: TextReader) -> tuple[Passage, ...]:
    """The stretches as passages; the dossier's opening words when there is none."""
    if not record.parts:
        return ()
    stretches = stretches or [Stretch(0.0, record.starts[0], record.starts[0] + OPENING, 0)]
    return tuple(found for stretch in stretches if (found := _passage(record, here, stretch, read)).segments)


def _passage(record: Record, here: Here, stretch: Stretch, read: TextReader) -> Passage:
    part, start = record.parts[stretch.part], record.starts[stretch.part]
    near = here.inside(max(start, stretch.first - CONTEXT), stretch.last + CONTEXT)
    marked = [(here.sources[one.source].leaf, one) for one in near]
    places = [Place(one.first - start, one.last - one.first + 1, leaf) for leaf, one in marked if leaf is not None]
    segments = passage(read(part), stretch.first - start, stretch.last - start, places)
    return Passage(segments, part.attachment, part.page, part.label, part.recognised)
