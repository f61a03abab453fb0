"""What can be told of a corpus and its store without a build: what is lacking, and what waits to be indexed."""

from __future__ import annotations

from pathlib import Path

from indexer.config import Settings
from indexer.corpus import list_corpus
from indexer.errors import index_missing
from indexer.model import Departed, Failure
from indexer.store import Store


def store_path(settings: Settings) -> Path:
    """Where the texts of the corpus are kept."""
    return settings.index / "store.sqlite"


def failures_of(settings: Settings) -> list[Failure]:
    """The register of what could not be had at the last build. Raises `IndexMissing`, `StoreError`."""
    store = _opened(settings)
    try:
        return store.failures()
    finally:
        store.close()


def departed_from(settings: Settings, dossier_id: str) -> Departed | None:
    """The dossier that left the index under this identifier, None when none is known. Raises `IndexMissing`, `StoreError`."""
    store = _opened(settings)
    try:
        return store.departed(dossier_id)
    finally:
        store.close()


def waiting(settings: Settings) -> int:
    """How many files came, changed or went since the last build. Raises `CorpusError`, `IndexMissing`, `StoreError`."""
    now = {file.path: file for file in list_corpus(settings.corpus).files}
    store = _opened(settings)
    try:
        known = {path: file for path, (file, _) in store.files().items()}
    finally:
        store.close()
    return sum(known.get(path) != file for path, file in now.items()) + len(known.keys() - now.keys())


def _opened(settings: Settings) -> Store:
    if not store_path(settings).exists():
        raise index_missing(settings.index)
    return Store(store_path(settings), readonly=True)
