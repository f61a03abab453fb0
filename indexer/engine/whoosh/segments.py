"""The segments of an index folder: which there are (Whoosh's table of contents), opening them, committing others."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.deletions import Corrector
from indexer.engine.common_words import Common
from indexer.engine.whoosh.array_file import ArrayFile, damaged_file
from indexer.engine.whoosh.codec import EXTENSION, INDEX, ArraySegment
from indexer.engine.whoosh.columns import Columns, FileBlob, read_columns
from indexer.engine.whoosh.common_file import read_common
from indexer.engine.whoosh.contained import ContainedStorage
from indexer.engine.whoosh.field_file import FieldFile
from indexer.engine.whoosh.fields import schema
from indexer.engine.whoosh.forward import ForwardFile
from indexer.engine.whoosh.segment_builder import FIELDS

_FILE_NAME = re.compile(rf"{INDEX}_[0-9a-z]+\{EXTENSION}")


class OpenSegment:
    """A segment opened. It never changes, so that generations share it, and threads too."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.fields = {name: FieldFile(file, name) for name in FIELDS}
        self.ids, self.cards, self.records = (FileBlob(file, name) for name in ("ids", "cards", "records"))

    @cached_property
    def columns(self) -> Columns:
        return read_columns(self.file)

    @cached_property
    def forward(self) -> ForwardFile:
        return ForwardFile(self.file)

    @cached_property
    def common(self) -> Common:
        return read_common(self.file)

    @cached_property
    def corrector(self) -> Corrector:
        """Made at the first word that is not known."""
        forms = self.fields["form"]
        return Corrector([form.decode() for form in forms.terms(0, forms.size)], forms.df(0, forms.size).tolist())


class Placed(NamedTuple):
    """A segment in an index: the number of its first document, and which of its documents are not deleted."""

    segment: OpenSegment
    base: int
    live: NDArray[np.bool_]
    whole: bool


class Toc(NamedTuple):
    """Which table of contents is in use, and its CRC-32."""

    generation: int
    checksum: int


def read_toc(folder: Path, toc: Toc) -> list[ArraySegment]:
    """The segments of an index. Raises `FileNotFoundError`, `IndexDamaged`."""
    path = toc_path(folder, toc.generation)
    if zlib.crc32(path.read_bytes()) != toc.checksum:
        raise damaged_file(path)
    try:
        segments = TOC.read(ContainedStorage(str(folder)), INDEX, toc.generation, schema()).segments
        if all(isinstance(one, ArraySegment) and _FILE_NAME.fullmatch(one.file_name) for one in segments):
            return list(segments)
    except Exception as error:  # what unpickling raises is whatever the bytes say
        raise damaged_file(path, error) from error
    raise damaged_file(path)


def open_segments(folder: Path, segments: Iterable[ArraySegment], known: dict[Path, OpenSegment]) -> dict[Path, OpenSegment]:
    """The segments opened, by path, those already `known` as they are. Raises `FileNotFoundError`, `IndexDamaged`."""
    paths = [folder / segment.file_name for segment in segments]
    return {path: known.get(path) or OpenSegment(ArrayFile(path)) for path in paths}


def placed(segments: Iterable[ArraySegment], opened: Iterable[OpenSegment]) -> list[Placed]:
    """The segments, given with what is opened of each, one after another."""
    found, base = [], 0
    for segment, one in zip(segments, opened, strict=True):
        found.append(Placed(one, base, segment.live(), not segment.has_deletions()))
        base += segment.doc_count_all()
    return found


def write_toc(folder: Path, segments: list[ArraySegment], generation: int) -> Toc:
    """Write a table of contents; it is not in use before it is named in `current.json`."""
    TOC(schema(), segments, generation).write(FileStorage(str(folder)), INDEX)
    path = toc_path(folder, generation)
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return Toc(generation, zlib.crc32(file.read()))


def sweep(folder: Path, segments: Iterable[ArraySegment], generation: int) -> None:
    """Clear the files of older tables of contents. Readers that still have them open keep them until they let go."""
    kept = {segment.file_name for segment in segments} | {toc_path(folder, generation).name}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def toc_path(folder: Path, generation: int) -> Path:
    """The file of a table of contents."""
    return folder / f"_{INDEX}_{generation}.toc"
