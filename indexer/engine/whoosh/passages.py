"""Which passages of a dossier to show: the densest stretches of the query's words, found by positions without reading the text.

Only the parts that the chosen passages lie in are loaded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.engine.contract import Passage
from indexer.engine.whoosh.schema import Record
from indexer.highlight import passage
from indexer.model import PartReader
from indexer.query import Leaf

WIDTH = 30
"""Words that a passage's matches may span."""

OPENING = 25
"""Words of the beginning shown when no word of the query stands in the text."""


class Occurrence(NamedTuple):
    """A leaf of the query found in a dossier: positions `first` to `last` (included), which leaf, how rare it is."""

    first: int
    last: int
    leaf: int
    weight: float


class Window(NamedTuple):
    """A candidate passage: positions `first` to `last` (included) in one part."""

    score: float
    first: int
    last: int
    part: int


def choose(occurrences: Iterable[Occurrence], starts: tuple[int, ...], most: int) -> list[Window]:
    """The best windows, at most `most`, without overlap, in the order of their score (then of the text)."""
    found = sorted(occurrence for occurrence in occurrences if starts and occurrence.first >= starts[0])
    windows = sorted(_windows(found, starts), key=lambda window: (-window.score, window.first))
    chosen: list[Window] = []
    for window in windows:
        if len(chosen) == most:
            break
        if all(_apart(window, other) for other in chosen):
            chosen.append(window)
    return chosen


def _apart(one: Window, other: Window) -> bool:
    """Whether two windows show different text: in different parts, or a window's width away from each other."""
    return one.part != other.part or one.last + WIDTH < other.first or other.last + WIDTH < one.first


def _windows(found: list[Occurrence], starts: tuple[int, ...]) -> Iterator[Window]:
    """From every occurrence on, the window it opens: each leaf counts by its weight, its repeats by a tenth."""
    firsts = [occurrence.first for occurrence in found]
    for i, opening in enumerate(found):
        part = bisect_right(starts, opening.first) - 1
        limit = opening.first + WIDTH
        if part + 1 < len(starts):
            limit = min(limit, starts[part + 1])
        inside = found[i : bisect_left(firsts, limit)]
        best: dict[int, float] = {occurrence.leaf: occurrence.weight for occurrence in inside}
        score = 0.9 * sum(best.values()) + 0.1 * sum(occurrence.weight for occurrence in inside)
        yield Window(score, opening.first, max(occurrence.last for occurrence in inside), part)


def passages(
    record: Record, occurrences: Iterable[Occurrence], leaves: list[Leaf], read_part: PartReader, most: int
) -> tuple[Passage, ...]:
    """The passages of a dossier, best first; its opening words when the query has none in the text."""
    if not record.parts or not most:
        return ()
    windows = choose(occurrences, record.starts, most) or [Window(0.0, record.starts[0], record.starts[0] + OPENING, 0)]
    return tuple(shown for window in windows if (shown := _passage(record, window, leaves, read_part)).segments)


def _passage(record: Record, window: Window, leaves: list[Leaf], read_part: PartReader) -> Passage:
    part, start = record.parts[window.part], record.starts[window.part]
    text = read_part(part.text_key, part.page)
    segments = passage(text, window.first - start, window.last - start, leaves)
    return Passage(segments, part.attachment, part.page, part.label, part.recognised)
