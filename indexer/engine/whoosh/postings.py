"""The postings of words over all segments, kept in a cache bounded in bytes. Documents are numbered through the segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.cache import Cache
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.posting_list import NONE, NOWHERE, Places, PostingList, Postings
from indexer.engine.whoosh.segments import Placed

Floats = NDArray[Any]
Mask = NDArray[np.bool_]

CACHE_BYTES = 192 << 20


class PostingsReader:
    """The postings of one generation of the index. Safe to share between threads."""

    def __init__(self, segments: Sequence[Placed]) -> None:
        self._segments = segments
        self.cache = Cache(CACHE_BYTES)
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
        found = [one.postings() for one in self._lists(field, word)]
        return found[0] if len(found) == 1 else _one_after_another(found)

    def df(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return self.kept(("df", field, word), lambda: sum(one.df for one in self._lists(field, word)))  # type: ignore[no-any-return]

    def has(self, field: str, word: str) -> bool:
        """Whether a document has the word."""
        return self.df(field, word) > 0

    def places(self, field: str, word: str, docs: Ints) -> Places:
        """Where `word` stands in `docs` (ascending)."""
        found = [one.places(docs) for one in self._lists(field, word)] if len(docs) else []
        return found[0] if len(found) == 1 else _joined(found) if found else NOWHERE

    def keys(self, field: str, word: str, docs: Ints) -> Ints:
        """Where `word` stands in `docs` (ascending) as numbers, document and position in one; perhaps other documents too."""
        found = [one.keys(docs) for one in self._lists(field, word)] if len(docs) else []
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
        return self._read_beginning(field, form.encode())

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What is kept of this generation under a key, worked out when it is not."""
        return self.cache.get(key, make, _size)

    def _lists(self, field: str, word: str) -> tuple[PostingList, ...]:
        return self.kept(("list", field, word), lambda: tuple(self._read_lists(field, word.encode())))  # type: ignore[no-any-return]

    def _read_lists(self, field: str, word: bytes) -> Iterator[PostingList]:
        for placed in self._segments:
            file = placed.segment.fields[field]
            number = file.number(word)
            if number is not None:
                yield PostingList(placed, file.runs(number))

    def _read_beginning(self, field: str, form: bytes) -> Postings:
        ids, counts = [NONE], [np.empty(0)]
        for placed in self._segments:
            file = placed.segment.fields[field]
            found, often = file.summed(file.first_from(form), file.first_from(form + b"\xff"), len(placed.live))
            kept = placed.live[found]
            ids.append(found[kept] + placed.base)
            counts.append(often[kept])
        return Postings(np.concatenate(ids), np.concatenate(counts))


def _one_after_another(found: Sequence[Postings]) -> Postings:
    ids, counts = ([getattr(one, name) for one in found] for name in ("ids", "counts"))
    return Postings(np.concatenate([NONE, *ids]), np.concatenate([np.empty(0, np.float32), *counts]))


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
    if hasattr(made, "nbytes"):
        return 100 + int(made.nbytes)
    if isinstance(made, tuple):
        return 100 + sum(map(_size, made))
    return 200 + sum(_size(getattr(made, name)) for name in getattr(made, "__slots__", ()))
