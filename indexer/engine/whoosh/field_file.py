"""The inverted file of one field, as arrays of an `ArrayFile`: its terms in order, and of each its postings.

A posting list is three runs of numbers: document ids as differences (the first from 0), how often the term stands in each
document, and the positions. Each run is kept in the narrowest of 1, 2 and 4 bytes that hold it, in the array of all runs of that
width; counts that are all 1 are not kept at all. Arrays of field F (n terms):

    F.heap   the terms' bytes (UTF-8), one after another, sorted
    F.terms  seven numbers of each: where its bytes end; how many documents have it; how often it stands in them together; the
             widths of its runs (two bits each: ids, counts, places; 0 is no run); where its three runs begin in their arrays
    F.ids1 F.ids2 F.ids4 F.counts1 … F.places4  the runs
    F.lengths  words of each document

A segment holds at most 2³² words in a field.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.whoosh.array_file import ArrayFile, ArrayWriter

Ints = NDArray[np.int64]

RUNS = ("ids", "counts", "places")
_BYTES = (0, 1, 2, 4)
_EVERY = 16
"""Of so many terms one is held in memory, to find the others by."""
_COLUMNS = 7
_END, _DF, _TOTAL, _WIDTH, _AT = range(5)
_SPOOL = 8 << 20
_PIECE = 1 << 20


class Inverted(NamedTuple):
    """Posting lists one after another, in the order of their terms.

    `df[t]` postings of term t; `ids` and `counts` go in pairs, a posting each; `places` are the positions of all, None for a
    field without.
    """

    terms: list[bytes]
    df: Ints
    ids: Ints
    counts: Ints
    places: Ints | None


class FieldWriter:
    """Collects the inverted file of a field, some terms at a time, in temporary files when it is large."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spools: dict[str, IO[bytes]] = {}
        self._sizes = {run: [0, 0, 0, 0] for run in RUNS}
        self._heap = 0

    def __enter__(self) -> FieldWriter:
        return self

    def __exit__(self, *_: object) -> None:
        for spool in self._spools.values():
            spool.close()

    def add(self, part: Inverted) -> None:
        """More terms, all after those before."""
        if not part.terms:
            return
        starts = _starts(part.df)
        totals = np.add.reduceat(part.counts, starts)
        gaps = np.diff(part.ids, prepend=0)
        gaps[starts] = part.ids[starts]
        terms = np.zeros((len(part.df), _COLUMNS), "u4")
        terms[:, _END] = self._heap + np.cumsum(np.fromiter(map(len, part.terms), np.int64, len(part.terms)))
        terms[:, _DF], terms[:, _TOTAL] = part.df, totals
        self._heap = int(terms[-1, _END])
        runs: list[tuple[Ints, Ints, int]] = [(gaps, part.df, -1), (part.counts, part.df, 1)]
        if part.places is not None:
            runs.append((part.places, totals, -1))
        for number, (values, sizes, none) in enumerate(runs):
            codes, terms[:, _AT + number] = self._add_run(RUNS[number], values, sizes, none)
            terms[:, _WIDTH] |= codes << (2 * number)
        self._spool("heap", np.frombuffer(b"".join(part.terms), np.uint8))
        self._spool("terms", terms)

    def close(self, writer: ArrayWriter, field: str, lengths: NDArray[Any]) -> None:
        """Write everything to a file of arrays."""
        writer.put_pieces(f"{field}.heap", "u1", self._pieces("heap", "u1"))
        writer.put_pieces(f"{field}.terms", "u4", self._pieces("terms", "u4"))
        for run in RUNS:
            for size in _BYTES[1:]:
                writer.put_pieces(f"{field}.{run}{size}", f"u{size}", self._pieces(f"{run}{size}", f"u{size}"))
        writer.put(f"{field}.lengths", narrow(lengths))

    def _add_run(self, run: str, values: Ints, sizes: Ints, none: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Write the run of each term in its width; the widths' codes, and where the runs begin. Runs of `none` are left out."""
        most = np.maximum.reduceat(values, _starts(sizes))
        codes = np.select([most == none, most < 1 << 8, most < 1 << 16], [0, 1, 2], 3).astype("u4")
        at = np.zeros(len(sizes), "u4")
        for code in range(1, 4):
            chosen = codes == code
            at[chosen] = _starts(sizes[chosen]) + self._sizes[run][code]
            self._sizes[run][code] += int(sizes[chosen].sum())
            if chosen.any():
                self._spool(f"{run}{_BYTES[code]}", values[np.repeat(chosen, sizes)].astype(f"u{_BYTES[code]}"))
        return codes, at

    def _spool(self, name: str, array: NDArray[Any]) -> None:
        if name not in self._spools:
            self._spools[name] = tempfile.SpooledTemporaryFile(_SPOOL, dir=str(self._folder))  # noqa: SIM115 - closed at the end of the block
        self._spools[name].write(array.tobytes())

    def _pieces(self, name: str, dtype: str) -> Iterator[NDArray[Any]]:
        spool = self._spools.get(name)
        if spool is None:
            return
        with spool:
            spool.seek(0)
            while data := spool.read(_PIECE):
                yield np.frombuffer(data, dtype)


class Posted(NamedTuple):
    """The postings of one term: ids ascending, how often in each document (None: once), its places document by document."""

    ids: Ints
    counts: NDArray[Any] | None
    places: NDArray[Any]


class Runs(NamedTuple):
    """What is kept of a term: the differences of the ids, how often in each document (None: once), its places."""

    gaps: NDArray[Any]
    counts: NDArray[Any] | None
    places: NDArray[Any]


class FieldFile:
    """The inverted file of one field, read. Terms have numbers, in their order. Safe to share between threads."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._heap, self._rows, self._lengths = (file[f"{field}.{name}"] for name in ("heap", "terms", "lengths"))
        self._arrays = [[file[f"{field}.{run}{size}"] for size in _BYTES[1:]] for run in RUNS]
        self.size = len(self._rows) // _COLUMNS

    def number(self, term: bytes) -> int | None:
        """The number of a term; None when there is none."""
        at = self.first_from(term)
        return at if at < self.size and self._terms(at, at + 1)[0] == term else None

    def first_from(self, term: bytes) -> int:
        """The number of the first term that is not before `term`."""
        block = max(0, bisect_right(self._index, term) - 1) * _EVERY
        return block + bisect_left(self._terms(block, min(block + _EVERY, self.size)), term)

    def terms(self, first: int, last: int) -> Iterator[bytes]:
        """The terms of these numbers."""
        for begin in range(first, last, _PIECE):
            yield from self._terms(begin, min(begin + _PIECE, last))

    def df(self, first: int, last: int) -> NDArray[Any]:
        """How many documents have each of these terms, deleted ones included."""
        return self._table(first, last)[:, _DF]

    def totals(self, first: int, last: int) -> NDArray[Any]:
        """How often each of these terms stands in the field."""
        return self._table(first, last)[:, _TOTAL]

    def runs(self, term: int) -> Runs:
        """The runs of a term as they are kept."""
        _, df, total, width, *at = self._rows.part(term * _COLUMNS, (term + 1) * _COLUMNS).tolist()
        counts = self._run(1, width, at, df) if width >> 2 & 3 else None
        places = self._run(2, width, at, total) if width >> 4 & 3 else _NO_PLACES
        return Runs(self._run(0, width, at, df), counts, places)

    def postings(self, term: int) -> Posted:
        """The postings of a term."""
        runs = self.runs(term)
        return Posted(np.cumsum(runs.gaps, dtype=np.int64), runs.counts, runs.places)

    def summed(self, first: int, last: int, docs: int) -> tuple[Ints, NDArray[Any]]:
        """The documents that have any of these terms, ascending, and how often each has them; `docs` is how many there are."""
        table = self._table(first, last)
        df = table[:, _DF].astype(np.int64)
        ids, counts = self._ids(table, df), self._runs(1, table, df)
        if 8 * len(ids) > docs:
            summed = np.bincount(ids, counts, docs)
            found = np.flatnonzero(summed)
            return found, summed[found]
        found, places = np.unique(ids, return_inverse=True)
        return found, np.bincount(places, counts, len(found))

    def inverted(self, first: int, last: int) -> Inverted:
        """The posting lists of many terms at once."""
        table = self._table(first, last)
        df = table[:, _DF].astype(np.int64)
        placed = bool((table[:, _WIDTH] >> 4 & 3).any())
        places = self._runs(2, table, table[:, _TOTAL].astype(np.int64)) if placed else None
        return Inverted(list(self.terms(first, last)), df, self._ids(table, df), self._runs(1, table, df), places)

    @cached_property
    def lengths(self) -> NDArray[Any]:
        """The words of each document."""
        return self._lengths.all()

    @cached_property
    def _index(self) -> list[bytes]:
        heap, ends = self._heap.all().tobytes(), [0, *self._table(0, self.size)[:, _END].tolist()]
        return [heap[ends[at] : ends[at + 1]] for at in range(0, self.size, _EVERY)]

    def _table(self, first: int, last: int) -> NDArray[Any]:
        return self._rows.part(first * _COLUMNS, last * _COLUMNS).reshape(-1, _COLUMNS)

    def _terms(self, first: int, last: int) -> list[bytes]:
        if first >= last:
            return []
        ends = self._table(max(first - 1, 0), last)[:, _END].tolist()
        if not first:
            ends.insert(0, 0)
        heap = self._heap.part(ends[0], ends[-1]).tobytes()
        return [heap[one - ends[0] : other - ends[0]] for one, other in pairwise(ends)]

    def _run(self, run: int, width: int, at: Sequence[int], size: int) -> NDArray[Any]:
        return self._arrays[run][(width >> 2 * run & 3) - 1].part(at[run], at[run] + size)

    def _ids(self, table: NDArray[Any], df: Ints) -> Ints:
        """The ids of many terms: their differences summed, each term from 0 on."""
        gaps = self._runs(0, table, df)
        ids = np.cumsum(gaps)
        starts = _starts(df)
        return ids - np.repeat(ids[starts] - gaps[starts], df) if len(df) else ids

    def _runs(self, run: int, table: NDArray[Any], sizes: Ints) -> Ints:
        """The runs of terms one after another; those of one width stand together in their array. A run not kept is of 1."""
        values = np.ones(int(sizes.sum()), np.int64)
        codes = table[:, _WIDTH] >> 2 * run & 3
        for code in range(1, 4):
            chosen = codes == code
            if chosen.any():
                begin = int(table[chosen.argmax(), _AT + run])
                values[np.repeat(chosen, sizes)] = self._arrays[run][code - 1].part(begin, begin + int(sizes[chosen].sum()))
        return values


_NO_PLACES = np.empty(0, np.uint8)


def narrow(values: NDArray[Any]) -> NDArray[Any]:
    """Counts in the narrowest unsigned type that holds them."""
    most = int(values.max(initial=0))
    return values.astype("u1" if most < 1 << 8 else "u2" if most < 1 << 16 else "u4")


def invert(numbers: NDArray[Any], docs: NDArray[Any], places: NDArray[Any] | None, names: Sequence[str]) -> Inverted:
    """Tokens turned into posting lists: token i is the term names[numbers[i]], in docs[i], at places[i].

    Tokens come by document and position; the same term at the same place counts once.
    """
    if not len(numbers):
        return Inverted([], np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64), None)
    used = np.flatnonzero(np.bincount(numbers))
    terms = sorted((names[number].encode(), number) for number in used.tolist())
    rank = np.zeros(len(names), np.int32)
    rank[[number for _, number in terms]] = np.arange(len(terms))
    keys = rank[numbers]
    order = np.argsort(keys, kind="stable")
    keys, docs = keys[order], docs[order]
    new = np.ones(len(keys), bool)
    np.logical_or(keys[1:] != keys[:-1], docs[1:] != docs[:-1], out=new[1:])
    if places is not None:
        places = places[order]
        kept = new.copy()
        kept[1:] |= places[1:] != places[:-1]
        if not kept.all():
            keys, docs, places, new = keys[kept], docs[kept], places[kept], new[kept]
    starts = np.flatnonzero(new)
    counts = np.diff(np.append(starts, len(keys)))
    df = np.bincount(keys[starts], minlength=len(terms))
    return Inverted([term for term, _ in terms], df, docs[starts].astype(np.int64), counts, places)


def _starts(sizes: Ints) -> Ints:
    """Where each of some runs begins."""
    return np.cumsum(sizes) - sizes
