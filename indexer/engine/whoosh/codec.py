"""A Whoosh codec whose segments are files of arrays: an ordinary Whoosh searcher opens such an index, finds the same documents,
and gives the same scores with the weighting of `weighting`.

It reads; `SegmentBuilder` and `merge_segments` write. What the engine itself asks goes to the arrays directly.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from indexer.engine.whoosh.array_file import ArrayFile
from indexer.engine.whoosh.columns import FileBlob
from indexer.engine.whoosh.field_file import FieldFile
from indexer.engine.whoosh.segment_builder import FIELDS

EXTENSION = ".cv"
INDEX = "MAIN"
"""Whoosh's name for the index in a folder."""


class ArraySegment(W3Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents lists it."""

    def __init__(self, documents: int) -> None:
        super().__init__(ArrayCodec(), INDEX, documents)

    @property
    def file_name(self) -> str:
        return str(self.make_filename(EXTENSION))

    def live(self) -> np.ndarray:
        """Which documents are not deleted."""
        live = np.ones(self.doc_count_all(), bool)
        live[list(self.deleted_docs())] = False
        return live


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Whoosh's way to the files of arrays. Pickled with every segment: it keeps its name and place."""

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> PerDocumentReader:
        return PerDocumentReader(_open(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        return TermsReader(_open(storage, segment))


def _open(storage: Any, segment: ArraySegment) -> ArrayFile:
    return ArrayFile(Path(storage.folder) / segment.file_name)


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and stored identifiers, as Whoosh asks for them."""

    def __init__(self, file: ArrayFile, segment: ArraySegment) -> None:
        self._segment = segment
        self._ids = FileBlob(file, "ids")
        self._fields = {name: FieldFile(file, name) for name in FIELDS}
        self.doc_count, self.doc_count_all = segment.doc_count, segment.doc_count_all
        self.has_deletions, self.is_deleted, self.deleted_docs = segment.has_deletions, segment.is_deleted, segment.deleted_docs

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"id": self._ids.of(docnum).decode()}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._fields[fieldname].lengths[docnum]) if fieldname in self._fields else default

    def field_length(self, fieldname: str) -> int:
        return int(self._fields[fieldname].lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(self._fields[fieldname].lengths.min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._fields[fieldname].lengths.max(initial=0))


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields, as Whoosh asks for them."""

    def __init__(self, file: ArrayFile) -> None:
        self._fields = {name: FieldFile(file, name) for name in sorted(FIELDS)}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].number(text) is not None

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            yield from ((name, term) for term in field.terms(0, field.size))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        field = self._fields[fieldname]
        return ((fieldname, term) for term in field.terms(field.first_from(prefix), field.size))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Info]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Info]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Info:
        number = self._fields[fieldname].number(text)
        if number is None:
            raise KeyError((fieldname, text))
        return Info(self._fields[fieldname], number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        info = self.term_info(fieldname, text)
        values = [format_.encode(places) for places in info.places()] if format_.supports("positions") else None
        weights = info.counts.astype(float).tolist()
        return ListMatcher(info.ids.tolist(), weights, values, format_, scorer=scorer, term=(fieldname, text), terminfo=info)


class Info(TermInfo):  # type: ignore[misc]
    """What Whoosh wants to know of a term."""

    def __init__(self, field: FieldFile, number: int) -> None:
        self.ids, counts, self._places = field.postings(number)
        self.counts = np.ones(len(self.ids), np.int64) if counts is None else counts
        lengths = field.lengths[self.ids]
        super().__init__(
            float(self.counts.sum()), len(self.ids), int(lengths.min()), int(lengths.max()),
            float(self.counts.max()), int(self.ids[0]), int(self.ids[-1]),
        )  # fmt: skip

    def places(self) -> Iterator[list[int]]:
        """The positions in each document."""
        ends = np.cumsum(self.counts, dtype=np.int64)[:-1]
        return (places.tolist() for places in np.split(self._places, ends))
