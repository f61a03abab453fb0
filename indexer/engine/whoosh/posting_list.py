"""The postings of a word in one segment: all of them as arrays, or where it stands in some documents.

For the latter the postings are taken by lots of 64. Of each lot is kept which document it begins with and how many places stand
before it, so that only the lots of the documents asked for are summed up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.occurrences import KEY_BITS
from indexer.engine.whoosh.field_file import Ints, Runs
from indexer.engine.whoosh.segments import Placed

NONE: Ints = np.empty(0, np.int64)
_LOT = 64


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that have a word, ascending, and how often each has it."""

    ids: Ints
    counts: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Places:
    """Positions of something in documents: `docs` and `positions` go in pairs, ascending by both."""

    docs: Ints
    positions: Ints


NOWHERE = Places(NONE, NONE)


class _Located(NamedTuple):
    """Documents that have a word, where their places begin in its run of places, and how many there are."""

    docs: Ints
    begins: Ints
    sizes: Ints


class PostingList:
    """What one segment has of a word, documents numbered through all segments."""

    def __init__(self, placed: Placed, runs: Runs) -> None:
        self._base = placed.base
        self._live = None if placed.whole else placed.live
        self._runs = runs

    @property
    def nbytes(self) -> int:
        """What it will take in memory beside the mapped file."""
        return 1000 + 16 * (len(self._runs.gaps) // _LOT)

    @cached_property
    def _first_ids(self) -> Ints:
        """The document that each lot begins with."""
        return self._ids()[::_LOT].copy()

    @cached_property
    def _first_places(self) -> Ints:
        """How many places stand before each lot."""
        counts = np.add.reduceat(self._counts(slice(None)), np.arange(0, len(self._runs.gaps), _LOT), dtype=np.int64)
        before: Ints = np.cumsum(counts) - counts
        return before

    @property
    def df(self) -> int:
        """How many documents have the word."""
        return len(self._runs.gaps) if self._live is None else int(self._live.take(self._ids()).sum())

    def postings(self) -> Postings:
        """The documents that have the word."""
        ids = self._ids()
        counts = np.ones(len(ids), np.float32) if self._runs.counts is None else self._runs.counts.astype(np.float32)
        if self._live is not None:
            live = self._live.take(ids)
            ids, counts = ids.compress(live), counts.compress(live)
        return Postings(ids + self._base if self._base else ids, counts)

    def places(self, docs: Ints) -> Places:
        """Where the word stands in `docs` (ascending)."""
        found = self._among_all(docs) if _LOT * len(docs) > len(self._runs.gaps) else self._by_lots(docs)
        last = np.cumsum(found.sizes)
        within = np.arange(int(last[-1]) if len(last) else 0) + np.repeat(found.begins + found.sizes - last, found.sizes)
        return Places(np.repeat(found.docs, found.sizes), self._runs.places.take(within).astype(np.int64))

    def keys(self, docs: Ints) -> Ints:
        """The places as keys; those of all documents when most are wanted, which is cheaper than to choose."""
        if 2 * len(docs) < len(self._runs.gaps):
            return keyed(self.places(docs))
        ids = self._ids() + self._base << KEY_BITS
        keys: Ints = (ids if self._runs.counts is None else np.repeat(ids, self._runs.counts)) | self._runs.places
        return keys

    def _ids(self) -> Ints:
        return np.cumsum(self._runs.gaps, dtype=np.int64)

    def _counts(self, at: slice | Ints) -> Ints:
        if self._runs.counts is None:
            return np.ones_like(self._runs.gaps[at], np.int64)
        return self._runs.counts[at].astype(np.int64)

    def _among_all(self, docs: Ints) -> _Located:
        ids = self._ids() + self._base
        wanted = np.zeros(max(int(ids[-1]), int(docs[-1])) + 1, bool)
        wanted[docs] = True
        at = np.flatnonzero(wanted.take(ids))
        sizes = self._counts(slice(None))
        return _Located(ids.take(at), (np.cumsum(sizes) - sizes).take(at), sizes.take(at))

    def _by_lots(self, docs: Ints) -> _Located:
        lots = np.searchsorted(self._first_ids, docs - self._base, "right") - 1
        docs, lots = docs.compress(lots >= 0), lots.compress(lots >= 0)
        at = lots[:, None] * _LOT + np.arange(_LOT)
        last = len(self._runs.gaps) - 1
        inside = np.minimum(at, last)
        gaps = self._runs.gaps[inside].astype(np.int64)
        gaps[:, 0] = self._first_ids[lots] + self._base
        rows, columns = np.nonzero((np.cumsum(gaps, axis=1) == docs[:, None]) & (at <= last))
        sizes = self._counts(inside[rows])
        before = np.cumsum(sizes, axis=1) - sizes
        row = np.arange(len(rows))
        return _Located(docs[rows], self._first_places[lots[rows]] + before[row, columns], sizes[row, columns])


def keyed(places: Places) -> Ints:
    """Places as numbers, document and position in one."""
    return places.docs << KEY_BITS | places.positions
