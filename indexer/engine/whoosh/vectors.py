"""Sets of documents and what they are worth, as sorted arrays; those of frequent words also as one value for each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.postings import NONE, Floats, Mask

DENSE = 24
"""What more than one document in so many has is also kept by document."""


@dataclass(frozen=True, slots=True)
class DocSet:
    """Documents, ascending; `mask` by document when they are many."""

    ids: Ints
    mask: Mask | None = None

    def has(self, ids: Ints) -> Mask:
        """Which of `ids` (ascending) are in the set."""
        if self.ids is ids:
            return np.ones(len(ids), bool)
        if self.mask is not None:
            return self.mask[ids]
        return _found(self.ids, ids)[1]


@dataclass(frozen=True, slots=True)
class Vector:
    """Scores of documents (ascending), 0 for all others; `dense` by document when they are many."""

    ids: Ints
    scores: NDArray[np.float32]
    dense: NDArray[np.float32] | None = None

    def at(self, ids: Ints) -> NDArray[np.float32]:
        """The scores of `ids` (ascending)."""
        if self.ids is ids:
            return self.scores
        if self.dense is not None:
            return self.dense[ids]
        if 4 * len(self.ids) < len(ids):
            out = np.zeros(len(ids), np.float32)
            places, there = _found(ids, self.ids)
            out[places[there]] = self.scores[there]
            return out
        places, there = _found(self.ids, ids)
        return np.where(there, self.scores[places], np.float32(0)) if len(self.ids) else np.zeros(len(ids), np.float32)


def _found(sorted_ids: Ints, ids: Ints) -> tuple[Ints, Mask]:
    """Where each of `ids` stands, or would stand, among sorted ones, and whether it is there."""
    if not len(sorted_ids):
        return np.zeros(len(ids), np.int64), np.zeros(len(ids), bool)
    places = np.searchsorted(sorted_ids, ids)
    np.minimum(places, len(sorted_ids) - 1, out=places)
    return places, sorted_ids[places] == ids


def doc_set(ids: Ints, size: int) -> DocSet:
    """The set of `ids` (ascending) in an index of `size` documents."""
    if DENSE * len(ids) < size:
        return DocSet(ids)
    mask = np.zeros(size, bool)
    mask[ids] = True
    return DocSet(ids, mask)


def union(sets: Sequence[DocSet], size: int) -> DocSet:
    """The documents of any of the sets."""
    if len(sets) == 1:
        return sets[0]
    if DENSE * sum(len(found.ids) for found in sets) < size:
        return DocSet(np.unique(np.concatenate([NONE, *(found.ids for found in sets)])))
    mask = np.zeros(size, bool)
    for found in sets:
        if found.mask is not None:
            mask |= found.mask
        else:
            mask[found.ids] = True
    return DocSet(np.flatnonzero(mask), mask)


def intersection(sets: Iterable[DocSet]) -> DocSet:
    """The documents of all the sets, from the smallest on."""
    first, *others = sorted(sets, key=lambda found: len(found.ids))
    ids = first.ids
    for other in others:
        ids = ids[other.has(ids)]
    return DocSet(ids) if others else first


def vector(summands: Sequence[tuple[Ints, Floats]], size: int) -> Vector:
    """The sum of (ids, scores) in an index of `size` documents."""
    there = [(ids, scores) for ids, scores in summands if len(ids)]
    if DENSE * sum(len(ids) for ids, _ in there) < size:
        return _sparse(there)
    dense, mask = np.zeros(size, np.float32), np.zeros(size, bool)
    for ids, scores in there:
        dense[ids] += scores.astype(np.float32, copy=False)
        mask[ids] = True
    ids = there[0][0] if len(there) == 1 else np.flatnonzero(mask)
    return Vector(ids, dense[ids], dense) if DENSE * len(ids) >= size else Vector(ids, dense[ids])


def _sparse(summands: Sequence[tuple[Ints, Floats]]) -> Vector:
    if len(summands) == 1:
        return Vector(summands[0][0], summands[0][1].astype(np.float32, copy=False))
    ids, places = np.unique(np.concatenate([NONE, *(ids for ids, _ in summands)]), return_inverse=True)
    scores = np.bincount(places, np.concatenate([np.empty(0), *(scores for _, scores in summands)]), len(ids))
    return Vector(ids, scores.astype(np.float32))
