"""What is kept of each document beside its words: columns of a segment, memory-mapped, and the writing and merging of them.

A facet column holds for each document the number of its combination of values, since documents share few combinations: counting a
facet is one count of combinations. Event dates are spans of day numbers (date.toordinal()), several for a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.engine.contract import FACETS, FacetName
from indexer.engine.document import Combination, Row
from indexer.engine.whoosh.array_file import ArrayFile, ArrayWriter
from indexer.engine.whoosh.field_file import Ints, narrow
from indexer.facets import Value

Column = FacetName | Literal["theme-found"]
COLUMNS: tuple[Column, ...] = ("theme-found", *(name for name in FACETS if name != "mots"))
"""Facet columns: "theme-found" holds the themes found in the text with those stated."""

Acronyms = Counter[tuple[str, str]]

_NUMBERS = ("words", "head", "tokens", "attachments", "pages", "changed")
_BLOBS = ("ids", "cards", "records")
_DOCS_AT_ONCE = 4096


class Blob(Protocol):
    """Bytes of each document."""

    @property
    def sizes(self) -> Ints:
        """How many bytes each document has."""

    def pieces(self) -> Iterator[NDArray[np.uint8]]:
        """The bytes of all documents, one after another."""


class Columns(NamedTuple):
    """The columns of some documents. `span_counts` of each document; `spans` are (first, last, kind), one row each."""

    numbers: dict[str, NDArray[Any]]
    blobs: dict[str, Blob]
    codes: dict[Column, NDArray[Any]]
    combinations: dict[Column, list[Combination]]
    span_counts: Ints
    spans: NDArray[np.int32]
    acronyms: Acronyms


class _Made:
    """The bytes of documents just made."""

    def __init__(self, values: Sequence[bytes]) -> None:
        self._values = values
        self.sizes: Ints = np.fromiter(map(len, values), np.int64, len(values))

    def pieces(self) -> Iterator[NDArray[np.uint8]]:
        for begin in range(0, len(self._values), _DOCS_AT_ONCE):
            yield np.frombuffer(b"".join(self._values[begin : begin + _DOCS_AT_ONCE]), np.uint8)


class FileBlob:
    """The bytes of documents in a file."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._heap = file[f"{name}.heap"]
        self._all_ends = file[f"{name}.ends"]

    @cached_property
    def sizes(self) -> Ints:
        return np.diff(self._ends, prepend=0).astype(np.int64)

    def of(self, doc: int) -> bytes:
        """The bytes of one document."""
        begin = int(self._ends[doc - 1]) if doc else 0
        return self._heap.part(begin, int(self._ends[doc])).tobytes()

    def pieces(self) -> Iterator[NDArray[np.uint8]]:
        for first in range(0, len(self._ends), _DOCS_AT_ONCE):
            last = min(first + _DOCS_AT_ONCE, len(self._ends))
            begin = int(self._ends[first - 1]) if first else 0
            yield self._heap.part(begin, int(self._ends[last - 1]))

    def all(self) -> Iterator[bytes]:
        """The bytes of every document."""
        for first, piece in zip(range(0, len(self._ends), _DOCS_AT_ONCE), self.pieces(), strict=True):
            ends = np.cumsum(self.sizes[first : first + _DOCS_AT_ONCE]).tolist()
            data = piece.tobytes()
            yield from (data[begin:end] for begin, end in pairwise([0, *ends]))

    @cached_property
    def _ends(self) -> NDArray[Any]:
        return self._all_ends.all()


class _Kept:
    """The bytes of those documents of a file that are kept."""

    def __init__(self, blob: FileBlob, kept: NDArray[np.bool_]) -> None:
        self._blob = blob
        self._kept = kept
        self.sizes: Ints = blob.sizes[kept]

    def pieces(self) -> Iterator[NDArray[np.uint8]]:
        for first, piece in zip(range(0, len(self._kept), _DOCS_AT_ONCE), self._blob.pieces(), strict=True):
            here = slice(first, first + _DOCS_AT_ONCE)
            yield piece[np.repeat(self._kept[here], self._blob.sizes[here])]


class _Joined:
    """The bytes of several lots of documents."""

    def __init__(self, blobs: Sequence[Blob]) -> None:
        self._blobs = blobs
        self.sizes: Ints = np.concatenate([blob.sizes for blob in blobs])

    def pieces(self) -> Iterator[NDArray[np.uint8]]:
        for blob in self._blobs:
            yield from blob.pieces()


def columns_of(rows: Sequence[Row]) -> Columns:
    """The columns of documents just made."""
    coded = {name: _coded([_combination(row, name) for row in rows]) for name in COLUMNS}
    return Columns(
        {name: np.array([getattr(row, name) for row in rows], np.int64) for name in _NUMBERS},
        {
            "ids": _Made([row.id.encode() for row in rows]),
            "cards": _Made([row.card for row in rows]),
            "records": _Made([row.record for row in rows]),
        },
        {name: codes for name, (codes, _) in coded.items()},
        {name: combinations for name, (_, combinations) in coded.items()},
        np.array([len(row.spans) for row in rows], np.int64),
        np.array([span for row in rows for span in row.spans], np.int32).reshape(-1, 3),
        Counter(pair for row in rows for pair in row.acronyms),
    )


def _combination(row: Row, name: Column) -> Combination:
    return row.found_themes if name == "theme-found" else row.values[name]


def _coded(found: list[Combination]) -> tuple[Ints, list[Combination]]:
    numbers: dict[Combination, int] = {}
    codes = np.array([numbers.setdefault(combination, len(numbers)) for combination in found], np.int64)
    return codes, list(numbers)


def kept_columns(file: ArrayFile, kept: NDArray[np.bool_]) -> Columns:
    """The columns of those documents of a segment that are kept."""
    found = read_columns(file)
    return Columns(
        {name: values[kept] for name, values in found.numbers.items()},
        {name: _Kept(FileBlob(file, name), kept) for name in _BLOBS},
        {name: codes[kept] for name, codes in found.codes.items()},
        found.combinations,
        found.span_counts[kept],
        found.spans[np.repeat(kept, found.span_counts)],
        found.acronyms,
    )


def joined(many: Sequence[Columns]) -> Columns:
    """The columns of several lots of documents, one after another."""
    coded = {name: recoded([(found.codes[name], found.combinations[name]) for found in many]) for name in COLUMNS}
    return Columns(
        {name: np.concatenate([found.numbers[name] for found in many]) for name in _NUMBERS},
        {name: _Joined([found.blobs[name] for found in many]) for name in _BLOBS},
        {name: codes for name, (codes, _) in coded.items()},
        {name: combinations for name, (_, combinations) in coded.items()},
        np.concatenate([found.span_counts for found in many]),
        np.concatenate([found.spans for found in many]),
        sum((found.acronyms for found in many), Acronyms()),
    )


def recoded(many: Iterable[tuple[NDArray[Any], list[Combination]]]) -> tuple[NDArray[Any], list[Combination]]:
    """Codes of several numberings of combinations in one."""
    numbers: dict[Combination, int] = {}
    out = []
    for codes, combinations in many:
        table = np.array([numbers.setdefault(combination, len(numbers)) for combination in combinations], np.int32)
        out.append(table[codes] if len(codes) else np.empty(0, np.int32))
    return np.concatenate([np.empty(0, np.int32), *out]), list(numbers)


def write_columns(writer: ArrayWriter, columns: Columns) -> None:
    for name, numbers in columns.numbers.items():
        writer.put(name, narrow(numbers))
    for name, blob in columns.blobs.items():
        writer.put(f"{name}.ends", np.cumsum(blob.sizes).astype("u8"))
        writer.put_pieces(f"{name}.heap", "u1", blob.pieces())
    for column in COLUMNS:
        writer.put(f"{column}.codes", narrow(columns.codes[column]))
        writer.put(f"{column}.combinations", _json(columns.combinations[column]))
    writer.put("span.counts", narrow(columns.span_counts))
    writer.put("spans", columns.spans.reshape(-1))
    writer.put("acronyms", _json([(*pair, count) for pair, count in columns.acronyms.items()]))


def read_columns(file: ArrayFile) -> Columns:
    """The columns of a segment; of its blobs only where each document's bytes are."""
    return Columns(
        {name: file[name].all() for name in _NUMBERS},
        {name: FileBlob(file, name) for name in _BLOBS},
        {column: file[f"{column}.codes"].all() for column in COLUMNS},
        {column: _from_json(file, f"{column}.combinations", list[tuple[Value, ...]]) for column in COLUMNS},
        file["span.counts"].all().astype(np.int64),
        file["spans"].all().reshape(-1, 3),
        Acronyms({(short, long): n for short, long, n in _from_json(file, "acronyms", list[tuple[str, str, int]])}),
    )


def _json(value: Any) -> NDArray[np.uint8]:
    return np.frombuffer(msgspec.json.encode(value), np.uint8)


def _from_json(file: ArrayFile, name: str, kind: Any) -> Any:
    return msgspec.json.decode(file[name].all().tobytes(), type=kind)
