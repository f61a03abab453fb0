"""Posting lists as arrays, kept in a cache bounded in bytes. Whoosh's reader is asked here and nowhere else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NONE: Ints = np.empty(0, np.int64)
CACHE_BYTES = 128 << 20
_WHOLE = 5_000
"""A posting list up to this long is read with all its positions at once; of longer ones only those asked for."""


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

    def of(self, doc: int) -> Places:
        """Those in one document."""
        first, last = np.searchsorted(self.docs, [doc, doc + 1])
        return Places(self.docs[first:last], self.positions[first:last])


NOWHERE = Places(NONE, NONE)


class PostingsReader:
    """The postings of one opened index. Not safe between threads: Whoosh's matchers share file positions."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._cache: OrderedDict[tuple[str, str, str], Any] = OrderedDict()
        self._bytes = 0
        self._lengths: dict[str, tuple[Floats, float]] = {}
        self.size: int = reader.doc_count_all()
        self.live = np.zeros(self.size, bool)
        self.live[list(reader.all_doc_ids())] = True
        self.documents = int(self.live.sum())

    def postings(self, field: str, word: str) -> Postings:
        """Of one word; empty for one that the field does not have."""
        return self._kept(("postings", field, word), self._read_postings)  # type: ignore[no-any-return]

    def places(self, field: str, word: str, docs: Ints) -> Places:
        """Where `word` stands in `docs` (ascending)."""
        if not len(docs) or (field, word) not in self._reader:
            return NOWHERE
        if self._reader.doc_frequency(field, word) > _WHOLE:
            return _as_places(self._walk(field, word, docs))
        whole: Places = self._kept(("places", field, word), self._read_places)
        kept = np.isin(whole.docs, docs)
        return Places(whole.docs[kept], whole.positions[kept])

    def lengths(self, field: str) -> tuple[Floats, float]:
        """The words that each document has in the field, at least 1, and their mean over the documents that have any."""
        if field not in self._lengths:
            found = np.array([self._reader.doc_field_length(doc, field) for doc in range(self.size)], float)
            having = found[self.live & (found > 0)]
            self._lengths[field] = (np.maximum(found, 1), float(having.mean()) if len(having) else 1.0)
        return self._lengths[field]

    def beginning(self, field: str, form: str) -> Iterator[str]:
        """The words of the field that begin so."""
        return (word.decode() for word in self._reader.expand_prefix(field, form))

    def _kept(self, key: tuple[str, str, str], read: Any) -> Any:
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = read(key[1], key[2])
            self._bytes += _size(found)
            while self._bytes > CACHE_BYTES and len(self._cache) > 1:
                self._bytes -= _size(self._cache.popitem(last=False)[1])
        self._cache.move_to_end(key)
        return found

    def _read_postings(self, field: str, word: str) -> Postings:
        ids, counts = [], []
        for matcher in self._matchers(field, word):
            while matcher.is_active():
                ids.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
        return Postings(np.array(ids, np.int64), np.array(counts, float))

    def _read_places(self, field: str, word: str) -> Places:
        return _as_places(self._walk(field, word, None))

    def _walk(self, field: str, word: str, docs: Ints | None) -> Iterator[tuple[int, list[int]]]:
        """The documents that have the word, all or those of `docs`, with its positions."""
        for matcher in self._matchers(field, word):
            for wanted in [None] if docs is None else docs.tolist():
                if wanted is not None and matcher.is_active() and matcher.id() < wanted:
                    matcher.skip_to(wanted)
                while matcher.is_active() and wanted in (None, matcher.id()):
                    yield matcher.id(), matcher.value_as("positions")
                    matcher.next()

    def _matchers(self, field: str, word: str) -> Iterator[Any]:
        if (field, word) in self._reader:
            yield self._reader.postings(field, word)


def _as_places(walked: Iterator[tuple[int, list[int]]]) -> Places:
    docs: list[int] = []
    positions: list[int] = []
    for doc, found in walked:
        docs.extend([doc] * len(found))
        positions.extend(found)
    return Places(np.array(docs, np.int64), np.array(positions, np.int64))


def _size(arrays: Postings | Places) -> int:
    return 200 + sum(int(getattr(arrays, name).nbytes) for name in arrays.__slots__)
