"""What stands near the occurrences of an expression: so many words before and after each, in the same file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.engine.contract import NEAR
from indexer.engine.document import Record
from indexer.engine.occurrences import KEY_BITS, Ints, Occurrences
from indexer.engine.words_sought import length


class Windows(NamedTuple):
    """Spans of places that do not overlap, ascending, as keys (document and position in one), in the documents `docs`."""

    docs: Ints
    firsts: Ints
    ends: Ints

    @property
    def words(self) -> int:
        """How many words the spans have together."""
        return int((self.ends - self.firsts).sum())

    def hold(self, keys: Ints) -> Ints:
        """Which of some places are in a span."""
        if not len(self.firsts):
            return np.empty(0, np.int64)
        at = np.searchsorted(self.firsts, keys, "right") - 1
        return np.flatnonzero((at >= 0) & (keys < self.ends[at]))


class Files(NamedTuple):
    """Where the files of some documents begin, and where they end (excluded), as keys."""

    firsts: Ints
    ends: Ints


class _Around(NamedTuple):
    """Of each occurrence its first place and its end (excluded), and those of what is near it, as keys."""

    firsts: Ints
    ends: Ints
    before: Ints
    after: Ints


def files(records: Iterable[tuple[int, Record, int]]) -> Files:
    """The files of documents, ascending: of each its number, where its parts stand, and how many words it has."""
    begins, ends = [], []
    for doc, record, size in records:
        new = [0, *(i for i, (one, other) in enumerate(pairwise(record.parts), 1) if one.attachment != other.attachment)]
        key = doc << KEY_BITS
        begins += [key | record.starts[i] for i in new]
        ends += [*(key | record.starts[i] - 1 for i in new[1:]), key | size]
    return Files(np.array(begins, np.int64), np.array(ends, np.int64))


def _around(found: Occurrences, within: Files) -> _Around:
    """What is near each of some occurrences."""
    firsts = found.keys
    ends = firsts + np.array([length(leaf) for leaf in found.leaves], np.int64)[found.numbers]
    of = np.searchsorted(within.firsts, firsts, "right") - 1
    return _Around(firsts, ends, np.maximum(firsts - NEAR, within.firsts[of]), np.minimum(ends + NEAR, within.ends[of]))


def near(found: Occurrences, within: Files) -> Windows:
    """The places near any of the occurrences that are part of none."""
    here = _around(found, within)
    return Windows(np.unique(found.docs), *_without((here.before, here.after), (here.firsts, here.ends)))


def beside(found: Occurrences, others: Occurrences, within: Files) -> Occurrences:
    """Those of the occurrences that another expression begins near to."""
    here, keys = _around(found, within), others.keys
    before, first, end, after = (np.searchsorted(keys, at) for at in (here.before, here.firsts, here.ends, here.after))
    return found.taken(np.flatnonzero((before < first) | (end < after)))


def _without(wide: tuple[Ints, Ints], narrow: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """What some spans cover that others do not, as spans: both are given by their firsts and their ends."""
    keys = np.concatenate([*wide, *narrow])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    size = len(wide[0])
    covered, taken = (np.cumsum(np.repeat(steps, size)[order]) for steps in ((1, -1, 0, 0), (0, 0, 1, -1)))
    open_ = (covered > 0) & (taken == 0) & (np.diff(keys, append=keys[-1:]) > 0)
    return keys[open_], keys[1:][open_[:-1]]
