"""Sets of documents and what they are worth: of few documents as sorted arrays, of many as one value for each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.posting_list import NONE
from indexer.engine.whoosh.postings import Floats, Mask

DENSE = 8
"""What more than one document in so many has is kept by document."""
_FEWER = 8
"""So many times fewer documents than there are in a set are looked up one by one."""
_FEW = 1_000
"""So many always are."""


class DocSet:
    """Documents: those of `ids` (ascending), or those that a mask of all tells."""

    __slots__ = ("_ids", "_mask", "size")

    def __init__(self, ids: Ints, mask: Mask | None = None) -> None:
        self._ids, self._mask = ids, mask
        self.size = len(ids) if mask is None else int(np.count_nonzero(mask))

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return self._ids.nbytes + (0 if self._mask is None else self._mask.nbytes)

    @property
    def ids(self) -> Ints:
        """The documents, ascending."""
        return self._ids if self._mask is None else np.flatnonzero(self._mask)

    def has(self, ids: Ints) -> Mask:
        """Which of `ids` (ascending) are in the set."""
        if self._mask is not None:
            return self._mask.take(ids)
        if self._ids is ids:
            return np.ones(len(ids), bool)
        if _is_spread(self._ids, ids):
            return _spread(self._ids, np.array(True), ids)
        return _found(self._ids, ids)[1]

    def mark(self, mask: Mask) -> None:
        """Mark the documents in a mask of all."""
        if self._mask is not None:
            mask |= self._mask
        else:
            mask[self._ids] = True


class Vector:
    """Scores of documents, 0 for all others: of `ids` ascending, or of all, dense."""

    __slots__ = ("_dense", "_ids", "_scores")

    def __init__(self, ids: Ints, scores: NDArray[np.float32], dense: NDArray[np.float32] | None = None) -> None:
        self._ids, self._scores, self._dense = ids, scores, dense

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return self._ids.nbytes + self._scores.nbytes + (0 if self._dense is None else self._dense.nbytes)

    def at(self, ids: Ints) -> NDArray[np.float32]:
        """The scores of `ids` (ascending)."""
        if self._dense is not None:
            return self._dense.take(ids)
        if self._ids is ids:
            return self._scores
        if _is_spread(self._ids, ids):
            return _spread(self._ids, self._scores, ids)
        out = np.zeros(len(ids), np.float32)
        if len(self._ids):
            places, there = _found(self._ids, ids)
            np.copyto(out, self._scores.take(places), where=there)
        return out

    def docs(self) -> DocSet:
        """The documents that have a score."""
        return DocSet(self._ids) if self._dense is None else DocSet(NONE, self._dense != 0)


def _is_spread(ids: Ints, wanted: Ints) -> bool:
    """Whether so many documents are looked up among `ids` that it pays to write a value for each document first."""
    return len(ids) > 0 and _FEWER * len(wanted) > len(ids) and len(wanted) > _FEW


def _spread(ids: Ints, values: NDArray[Any], wanted: Ints) -> NDArray[Any]:
    """The values of the documents `wanted`: `values` are those of `ids`, all others have 0."""
    by_document = np.zeros(1 + max(ids[-1], wanted[-1]), values.dtype)
    by_document[ids] = values
    return by_document.take(wanted)


def _found(sorted_ids: Ints, ids: Ints) -> tuple[Ints, Mask]:
    """Where each of `ids` stands, or would stand, among sorted ones, and whether it is there."""
    if not len(sorted_ids):
        return np.zeros(len(ids), np.int64), np.zeros(len(ids), bool)
    places = np.searchsorted(sorted_ids, ids)
    np.minimum(places, len(sorted_ids) - 1, out=places)
    return places, sorted_ids.take(places) == ids


def doc_set(ids: Ints, size: int) -> DocSet:
    """The set of `ids` (ascending) in an index of `size` documents."""
    if DENSE * len(ids) < size:
        return DocSet(ids)
    mask = np.zeros(size, bool)
    mask[ids] = True
    return DocSet(NONE, mask)


def union(sets: Sequence[DocSet], size: int) -> DocSet:
    """The documents of any of the sets."""
    if len(sets) == 1:
        return sets[0]
    if DENSE * sum(found.size for found in sets) < size:
        return DocSet(np.unique(np.concatenate([NONE, *(found.ids for found in sets)])))
    mask = np.zeros(size, bool)
    for found in sets:
        found.mark(mask)
    return DocSet(NONE, mask)


def intersection(sets: Iterable[DocSet]) -> DocSet:
    """The documents of all the sets, from the smallest on."""
    first, *others = sorted(sets, key=lambda found: found.size)
    ids = first.ids
    for other in others:
        ids = ids.compress(other.has(ids))
    return DocSet(ids)


def vector(summands: Iterable[tuple[Ints, Floats]], size: int) -> Vector:
    """The sum of (ids, scores) in an index of `size` documents."""
    there = [(ids, scores) for ids, scores in summands if len(ids)]
    if not there or DENSE * sum(len(ids) for ids, _ in there) < size:
        return _sparse(there)
    dense = np.zeros(size, np.float32)
    (ids, scores), *others = there
    dense[ids] = scores
    for ids, scores in others:
        dense[ids] += scores
    return Vector(NONE, _NO_SCORES, dense)


_NO_SCORES = np.empty(0, np.float32)


def _sparse(summands: Sequence[tuple[Ints, Floats]]) -> Vector:
    """Each is added to the largest."""
    if not summands:
        return Vector(NONE, _NO_SCORES)
    (ids, scores), *others = sorted(summands, key=lambda one: -len(one[0]))
    scores = scores.astype(np.float32, copy=bool(others))
    for more, worth in others:
        ids, scores, places = _with_room(ids, scores, more)
        scores[places] += worth
    return Vector(ids, scores)


def _with_room(ids: Ints, scores: Floats, more: Ints) -> tuple[Ints, Floats, Ints]:
    """The ids with those of `more` between them (all ascending), new ones with a score of 0; where `more` stands then."""
    places = np.searchsorted(ids, more)
    new = ids.take(places, mode="clip") != more
    if not new.any():
        return ids, scores, places
    before = np.cumsum(new)
    places += before - new
    old = np.ones(len(ids) + int(before[-1]), bool)
    old[places.compress(new)] = False
    kept = np.flatnonzero(old)
    wider, zeros = np.empty(len(old), np.int64), np.zeros(len(old), np.float32)
    wider[places], wider[kept], zeros[kept] = more, ids, scores
    return wider, zeros, places
