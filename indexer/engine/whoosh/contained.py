"""Reading Whoosh's tables of contents, which it pickles: only the two classes that a segment is made of are ever loaded.

A pickle may name any function of the process and have it called. Here every other name is an error before anything of it runs;
the schema, pickled too, is skipped and given by the code.
"""

from __future__ import annotations

import pickle
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from indexer.engine.whoosh.codec import ArrayCodec, ArraySegment

_CLASSES = {(made.__module__, made.__qualname__): made for made in (ArraySegment, ArrayCodec)}


class ContainedStorage(FileStorage):  # type: ignore[misc]
    """A folder whose files are read without running what is in them."""

    def open_file(self, name: str, **options: Any) -> _File:
        return _File(BytesIO(Path(self.folder, name).read_bytes()), name=name, **options)


class _File(StructFile):  # type: ignore[misc]
    def read_pickle(self) -> Any:
        return _Unpickler(self.file).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None
