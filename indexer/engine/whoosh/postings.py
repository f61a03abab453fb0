"""Posting lists as arrays, over all segments, kept in a cache bounded in bytes. Documents are numbered through the segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engine.whoosh.cache import Cache
from indexer.engine.whoosh.field_file import Ints, Runs
from indexer.engine.whoosh.lots import NONE, NOWHERE, Lots, Places
from indexer.engine.whoosh.segments import Placed

Floats = NDArray[Any]
Mask = NDArray[np.bool_]

CACHE_BYTES = 128 << 20


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that have a word, ascending, and how often each has it."""

    ids: Ints
    counts: Floats


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
        found = [_postings(placed, runs) for placed, runs in self._runs(field, word)]
        return found[0] if len(found) == 1 else _one_after_another(found)

    def df(self, field: str, word: str) -> int:
        """How many documents have the word."""
        return self.kept(("df", field, word), lambda: sum(starmap(_df, self._runs(field, word))))  # type: ignore[no-any-return]

    def has(self, field: str, word: str) -> bool:
        """Whether a document has the word."""
        return any(starmap(_df, self._runs(field, word)))

    def places(self, field: str, word: str, docs: Ints) -> Places:
        """Where `word` stands in `docs` (ascending)."""
        found = [lots.places(docs) for lots in self._lots(field, word)] if len(docs) else []
        return found[0] if len(found) == 1 else _joined(found) if found else NOWHERE

    def keys(self, field: str, word: str, docs: Ints) -> Ints:
        """Where `word` stands in `docs` (ascending) as numbers, document and position in one; perhaps other documents too."""
        found = [lots.keys(docs) for lots in self._lots(field, word)] if len(docs) else []
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

    def _lots(self, field: str, word: str) -> tuple[Lots, ...]:
        return self.kept(("lots", field, word), lambda: tuple(starmap(Lots, self._runs(field, word))))  # type: ignore[no-any-return]

    def _runs(self, field: str, word: str) -> Iterator[tuple[Placed, Runs]]:
        key = word.encode()
        for placed in self._segments:
            file = placed.segment.fields[field]
            number = file.number(key)
            if number is not None:
                yield placed, file.runs(number)

    def _read_beginning(self, field: str, form: bytes) -> Postings:
        ids, counts = [NONE], [np.empty(0)]
        for placed in self._segments:
            file = placed.segment.fields[field]
            found, often = file.summed(file.first_from(form), file.first_from(form + b"\xff"), len(placed.live))
            kept = placed.live[found]
            ids.append(found[kept] + placed.base)
            counts.append(often[kept])
        return Postings(np.concatenate(ids), np.concatenate(counts))


def _df(placed: Placed, runs: Runs) -> int:
    return len(runs.gaps) if placed.whole else int(placed.live.take(np.cumsum(runs.gaps, dtype=np.int64)).sum())


def _postings(placed: Placed, runs: Runs) -> Postings:
    ids = np.cumsum(runs.gaps, dtype=np.int64)
    counts = np.ones(len(ids), np.float32) if runs.counts is None else runs.counts.astype(np.float32)
    if not placed.whole:
        live = placed.live.take(ids)
        ids, counts = ids.compress(live), counts.compress(live)
    if placed.base:
        ids += placed.base
    return Postings(ids, counts)


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
