"""What can be told of a corpus and its store without a build: what is lacking, and what waits to be indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.config import Settings
from indexer.corpus import list_corpus
from indexer.engine import engine_facts, on_cluster
from indexer.engine.contract import Fact
from indexer.errors import index_missing
from indexer.model import Departed, Failure
from indexer.store import Store, faults_told


def store_path(settings: Settings) -> Path:
    """Where the texts of the corpus are kept."""
    return settings.index / "store.sqlite"


def failures_of(settings: Settings) -> list[Failure]:
    """The register of what could not be had at the last build. Raises `IndexMissing`, `StoreError`."""
    with _opened(settings) as store:
        return store.failures()


def facts_of_engine(settings: Settings) -> list[Fact]:
    """What there is to know of the cluster that holds the index, if one does. Raises `StoreError`, and as `engine_facts`."""
    if not on_cluster(settings):
        return []
    with _opened(settings) as store:
        dossiers = store.dossiers()
    return engine_facts(settings, dossiers)


def departed_from(settings: Settings, dossier_id: str) -> Departed | None:
    """The dossier that left the index under this identifier, None when none is known. Raises `IndexMissing`, `StoreError`."""
    with _opened(settings) as store:
        return store.departed(dossier_id)


def waiting(settings: Settings) -> int:
    """How many files came, changed or went since the last build. Raises `CorpusError`, `IndexMissing`, `StoreError`."""
    now = {file.path: file for file in list_corpus(settings.corpus).files}
    with _opened(settings) as store:
        known = {path: file for path, (file, _) in store.files().items()}
    return sum(known.get(path) != file for path, file in now.items()) + len(known.keys() - now.keys())


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    path = store_path(settings)
    if not path.exists():
        raise index_missing(settings.index)
    with closing(Store(path, readonly=True)) as store, faults_told(path):
        yield store
