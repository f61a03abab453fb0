"""Is what a build wrote still as it was written: the index, and the store of texts?"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.condition import store_path
from indexer.config import Settings
from indexer.engine import check_engine, on_cluster
from indexer.engine.contract import CheckedFile
from indexer.errors import StoreError, index_missing
from indexer.store import Store


def check(settings: Settings) -> Iterator[CheckedFile]:
    """Every file, read whole. Raises `IndexMissing`, `IndexVersionMismatch`."""
    yield from check_engine(settings)
    path = store_path(settings)
    if on_cluster(settings) and not path.exists():
        raise index_missing(settings.index)
    try:
        store = Store(path, readonly=True)
    except StoreError as error:
        yield CheckedFile(path, 0, str(error))
        return
    fault = store.check()
    store.close()
    yield CheckedFile(path, path.stat().st_size, fault)
