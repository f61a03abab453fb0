"""Opening the engine that the configuration names: the one place that knows which engines there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from indexer.config import Settings
from indexer.engine.contract import CheckedFile, Engine, Fact, Reader
from indexer.errors import index_missing
from indexer.facts.themes import Vocabulary
from indexer.model import PartReader
from indexer.store import Store
from indexer.synonyms import load_synonyms


def open_reader(settings: Settings) -> Reader:
    """The reading side of the index. Raises `IndexMissing`, `IndexVersionMismatch`, `IndexDamaged`, `StoreError`.

    A cluster is not asked yet: its faults are raised by the first question.
    """
    if on_cluster(settings):
        from indexer.engine.opensearch.engine import OpenSearchReader

        store = _texts(settings)
        return OpenSearchReader(settings, store.part, load_synonyms(settings.synonyms), store.close)
    from indexer.engine.whoosh import generations
    from indexer.engine.whoosh.engine import WhooshReader

    generations.read_current(settings.index)
    store = _texts(settings)
    return WhooshReader(settings.index, store.part, load_synonyms(settings.synonyms), store.close)


def _texts(settings: Settings) -> Store:
    path = settings.index / "store.sqlite"
    if not path.exists():
        raise index_missing(settings.index)
    return Store(path, readonly=True)


def on_cluster(settings: Settings) -> bool:
    """Whether the index is in a cluster; else it is files in the index folder. The texts are in the folder in any case."""
    return settings.engine == "opensearch"


@contextmanager
def beside(settings: Settings, folder: Path) -> Iterator[Settings]:
    """Settings for an index that is removed in the end and touches none in place: in the empty `folder`, or on the cluster."""
    if not on_cluster(settings):
        yield replace(settings, index=folder)
        return
    from indexer.engine.opensearch.building import drop

    own = replace(settings, index=folder, engine_index=f"{settings.engine_index}-{uuid4().hex}")
    try:
        yield own
    finally:
        drop(own)


def has_index(settings: Settings) -> bool:
    """Whether there is an index, of whatever version. Raises `ClusterUnreachable`, `ClusterRefuses`."""
    if on_cluster(settings):
        from indexer.engine.opensearch.checking import has_index

        return has_index(settings)
    return (settings.index / "current.json").exists()


def index_note(settings: Settings, generation: int) -> int | str:
    """By what the store notes which index holds what it says: generations of two engines may be equal."""
    return f"opensearch/{settings.engine_index}/{generation}" if on_cluster(settings) else generation


def engine_facts(settings: Settings, dossiers: int) -> list[Fact]:
    """What there is to know of the cluster that holds the index, which should have so many dossiers.

    Raises `ClusterUnreachable`, `ClusterRefuses`, `IndexMissing`, `IndexVersionMismatch`, `IndexDamaged`.
    """
    from indexer.engine.opensearch.checking import facts

    return facts(settings, dossiers)


def check_engine(settings: Settings) -> Iterator[CheckedFile]:
    """Every file of the index, checked; a cluster checks its own. Raises `IndexMissing`, `IndexVersionMismatch`."""
    from indexer.engine.whoosh.checking import check

    return iter(()) if on_cluster(settings) else check(settings.index)


def index_files(settings: Settings) -> list[Path]:
    """The files of the index in use, the one that makes them so last; none on a cluster. Raises as `open_reader`."""
    from indexer.engine.whoosh.checking import files

    return [] if on_cluster(settings) else files(settings.index)


def adopt_index(settings: Settings, source: Path) -> int | None:
    """Make a copy of the index in the folder `source` the index in use, as the next generation, whose number it gives.

    On a cluster nothing is done: None.
    """
    from indexer.engine.whoosh.index_writer import adopt

    return None if on_cluster(settings) else adopt(settings.index, source)


def open_engine(settings: Settings, read_part: PartReader, vocabulary: Vocabulary) -> Engine:
    """The engine with its writing side; for one build at a time. There may be no index yet."""
    if on_cluster(settings):
        from indexer.engine.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine(settings, read_part, vocabulary, load_synonyms(settings.synonyms))
    from indexer.engine.whoosh.engine import WhooshEngine

    return WhooshEngine(settings.index, read_part, vocabulary, load_synonyms(settings.synonyms), settings.index_memory_mb)
