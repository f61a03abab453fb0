"""Is what a build wrote still as it was written: the index, and the store of texts?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.build import store_path
from indexer.config import Settings
from indexer.engine import check_engine
from indexer.errors import StoreError
from indexer.store import Store


class Checked(NamedTuple):
    """A file: its length in bytes, and what is wrong with it with the way out, None for nothing."""

    path: Path
    bytes: int
    fault: str | None


def check(settings: Settings) -> Iterator[Checked]:
    """Every file, read whole. Raises `IndexMissing`, `IndexVersionMismatch`."""
    yield from (Checked(*file) for file in check_engine(settings))
    path = store_path(settings)
    try:
        store = Store(path, readonly=True)
    except StoreError as error:
        yield Checked(path, 0, str(error))
        return
    fault = store.check()
    store.close()
    yield Checked(path, path.stat().st_size, fault)
