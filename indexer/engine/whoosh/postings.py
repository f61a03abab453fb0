"""Posting lists as arrays, over all segments, kept in a cache bounded in bytes. Documents are numbered through the segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engine.whoosh.cache import Cache
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.segments import Placed

Floats = NDArray[Any]
Mask = NDArray[np.bool_]

NONE: Ints = np.empty(0, np.int64)
CACHE_BYTES = 128 << 20
KEY_BITS = 40
"""A place as one number: the document, then so many bits for the position."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that have a word, ascending, and how often each has it."""

    ids: Ints
    counts: Floats


@dataclass(frozen=True, slots=True)
class Places:
    """Positions of something in documents: `docs` and `positions` go in pairs, ascending by both."""

    docs: Ints
    positions: Ints


NOWHERE = Places(NONE, NONE)


class PostingsReader:
    """The postings of one generation of the index. Safe to share between threads."""

    def __init__(self, segments: Sequence[Placed], cache_bytes: int = CACHE_BYTES) -> None:
        self._segments = segments
        self.cache = Cache(cache_bytes)
        self.live: Mask = np.concatenate([np.empty(0, bool), *(placed.live for placed in segments)])
        self.size = len(self.live)
        self.documents = int(self.live.sum())
        self._norms: dict[str, Floats] = {}

    @cached_property
    def all_ids(self) -> Ints:
        """Every document that is not deleted."""
        return np.flatnonzero(self.live)

    def postings(self, field: str, word: str) -> Postings:
        """Of one word; empty for one that the field does not have."""
        return _postings(self._runs(field, word))

    def df(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return self.kept(("df", field, word), lambda: len(self.postings(field, word).ids))  # type: ignore[no-any-return]

    def has(self, field: str, word: str) -> bool:
        """Whether a document has the word."""
        key = word.encode()
        for placed in self._segments:
            file = placed.segment.fields[field]
            number = file.number(key)
            if number is not None and (placed.whole or placed.live[file.postings(number).ids].any()):
                return True
        return False

    def places(self, field: str, word: str, docs: Ints) -> Places:
        """Where `word` stands in `docs` (ascending)."""
        found = [_places(run, docs) for run in self._runs(field, word)] if len(docs) else []
        return found[0] if len(found) == 1 else _joined(found) if found else NOWHERE

    def keys(self, field: str, word: str, docs: Ints) -> Ints:
        """Where `word` stands in `docs` (ascending) as numbers, document and position in one; perhaps other documents too."""
        found = [_keys(run, docs) for run in self._runs(field, word)] if len(docs) else []
        return found[0] if len(found) == 1 else np.concatenate([NONE, *found])

    def norms(self, field: str) -> Floats:
        """By document, BM25's norm of its length in the field; mean lengths are those of the documents that have any words."""
        if field not in self._norms:
            found = np.concatenate([np.empty(0), *(placed.segment.fields[field].lengths for placed in self._segments)])
            having = found[self.live & (found > 0)]
            mean = float(having.mean()) if len(having) else 1.0
            self._norms[field] = ranking.length_norm(np.maximum(found, 1), mean).astype(np.float32)
        return self._norms[field]

    def beginning(self, field: str, form: str) -> list[str]:
        """The words of the field that begin so."""
        return sorted({word.decode() for placed in self._segments for word in _beginning(placed, field, form.encode())})

    def beginning_postings(self, field: str, form: str) -> Postings:
        """Of all the words that begin so, as if they were one word."""
        return self.kept(("beginning", field, form), lambda: self._read_beginning(field, form.encode()))  # type: ignore[no-any-return]

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What is kept of this generation under a key, worked out when it is not."""
        return self.cache.get(key, make, _size)

    def _runs(self, field: str, word: str) -> tuple[_Run, ...]:
        return self.kept(("runs", field, word), lambda: tuple(self._read_runs(field, word.encode())))  # type: ignore[no-any-return]

    def _read_runs(self, field: str, word: bytes) -> Iterator[_Run]:
        for placed in self._segments:
            file = placed.segment.fields[field]
            number = file.number(word)
            if number is not None:
                ids, counts, places = file.postings(number)
                live = None if placed.whole else placed.live[ids]
                ends = None if counts is None else np.cumsum(counts, dtype=np.int64)
                yield _Run(ids + placed.base if placed.base else ids, counts, ends, places, live)

    def _read_beginning(self, field: str, form: bytes) -> Postings:
        ids, counts = [NONE], [np.empty(0)]
        for placed in self._segments:
            file = placed.segment.fields[field]
            found, often = file.summed(file.first_from(form), file.first_from(form + b"\xff"), len(placed.live))
            kept = placed.live[found]
            ids.append(found[kept] + placed.base)
            counts.append(often[kept])
        return Postings(np.concatenate(ids), np.concatenate(counts))


@dataclass(frozen=True, slots=True)
class _Run:
    """A word in one segment: the documents, how often each has it (None: once), where the places of each end, which are live."""

    ids: Ints
    counts: NDArray[Any] | None
    ends: Ints | None
    places: NDArray[Any]
    live: Mask | None


def _postings(runs: Sequence[_Run]) -> Postings:
    ids, counts = [NONE], [np.empty(0, np.float32)]
    for run in runs:
        often = np.ones(len(run.ids), np.float32) if run.counts is None else run.counts.astype(np.float32)
        ids.append(run.ids if run.live is None else run.ids[run.live])
        counts.append(often if run.live is None else often[run.live])
    return Postings(ids[1], counts[1]) if len(ids) == 2 else Postings(np.concatenate(ids), np.concatenate(counts))


def _places(run: _Run, docs: Ints) -> Places:
    """Where a word stands in those of `docs` that a segment has."""
    at = np.searchsorted(run.ids, docs)
    np.minimum(at, len(run.ids) - 1, out=at)
    at = at[run.ids[at] == docs]
    if run.ends is None:
        return Places(run.ids[at], run.places[at].astype(np.int64))
    ends = run.ends[at]
    sizes = ends - np.where(at, run.ends[at - 1], 0)
    last = np.cumsum(sizes)
    within = np.arange(int(last[-1]) if len(last) else 0) + np.repeat(ends - last, sizes)
    return Places(np.repeat(run.ids[at], sizes), run.places[within].astype(np.int64))


def _keys(run: _Run, docs: Ints) -> Ints:
    """The keys of a word in a segment; of all its documents when most are wanted, which is cheaper than to choose."""
    if 2 * len(docs) < len(run.ids):
        places = _places(run, docs)
        return places.docs << KEY_BITS | places.positions
    ids: Ints = run.ids << KEY_BITS
    keys: Ints = (ids if run.counts is None else np.repeat(ids, run.counts)) | run.places
    return keys


def _joined(found: list[Places]) -> Places:
    return Places(np.concatenate([one.docs for one in found]), np.concatenate([one.positions for one in found]))


def _beginning(placed: Placed, field: str, form: bytes) -> Iterator[bytes]:
    file = placed.segment.fields[field]
    return file.terms(file.first_from(form), file.first_from(form + b"\xff"))


def _size(made: Any) -> int:
    """The bytes of what is made of arrays; what is but a view of a mapped file takes none."""
    if isinstance(made, np.ndarray):
        return 100 + (made.nbytes if made.flags.owndata else 0)
    if isinstance(made, str):
        return 2 * len(made)
    if isinstance(made, tuple):
        return 100 + sum(map(_size, made))
    return 200 + sum(_size(getattr(made, name)) for name in getattr(made, "__slots__", ()))
