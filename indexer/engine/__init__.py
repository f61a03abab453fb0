"""Opening the engine that the configuration names: the one place that knows which engines there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.config import Settings
from indexer.engine.contract import CheckedFile, Engine, Reader
from indexer.facts.themes import Vocabulary
from indexer.model import PartReader
from indexer.store import Store
from indexer.synonyms import load_synonyms


def open_reader(settings: Settings) -> Reader:
    """The reading side of the index. Raises `IndexMissing`, `IndexVersionMismatch`, `IndexDamaged`, `StoreError`."""
    from indexer.engine.whoosh import generations
    from indexer.engine.whoosh.engine import WhooshReader

    generations.read_current(settings.index)
    store = Store(settings.index / "store.sqlite", readonly=True)
    return WhooshReader(settings.index, store.part, load_synonyms(settings.synonyms), store.close)


def check_engine(settings: Settings) -> Iterator[CheckedFile]:
    """Every file of the index, checked. Raises `IndexMissing`, `IndexVersionMismatch`."""
    from indexer.engine.whoosh.checking import check

    return check(settings.index)


def index_files(settings: Settings) -> list[Path]:
    """The files of the index in use, the one that makes them so last. Raises as `open_reader`."""
    from indexer.engine.whoosh.checking import files

    return files(settings.index)


def adopt_index(settings: Settings, source: Path) -> int:
    """Make a copy of the index in the folder `source` the index in use, as the next generation, whose number it gives."""
    from indexer.engine.whoosh.index_writer import adopt

    return adopt(settings.index, source)


def open_engine(settings: Settings, read_part: PartReader, vocabulary: Vocabulary) -> Engine:
    """The engine with its writing side; for one build at a time. There may be no index yet."""
    from indexer.engine.whoosh.engine import WhooshEngine

    return WhooshEngine(settings.index, read_part, vocabulary, load_synonyms(settings.synonyms), settings.index_memory_mb)
