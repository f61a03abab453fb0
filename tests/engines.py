"""The engines that the contract suite runs on, each made in an empty folder from a reader of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Settings
from indexer.engine.contract import Engine
from indexer.engine.opensearch.engine import OpenSearchEngine
from indexer.engine.whoosh.engine import WhooshEngine
from indexer.facts.themes import load_vocabulary
from indexer.model import PartReader
from indexer.synonyms import load_synonyms
from tests.cluster.at_hand import HOW, addresses, cluster_settings, forget

EngineMaker = Callable[[Path, PartReader], Engine]


def whoosh(folder: Path, read_part: PartReader) -> Engine:
    return WhooshEngine(folder, read_part, load_vocabulary(), load_synonyms())


def opensearch(folder: Path, read_part: PartReader) -> Engine:
    return OpenSearchEngine(cluster_settings(folder), read_part, load_vocabulary(), load_synonyms())


ENGINES: dict[str, EngineMaker] = {"whoosh": whoosh, "opensearch": opensearch}
EACH = ["whoosh", pytest.param("opensearch", marks=pytest.mark.skipif(not addresses(), reason=HOW))]
"""As parameters of a test."""
DRIFT = {"whoosh": 1e-6, "opensearch": 0.05}
"""How far the scores after an update may be from those of an index built in one go: Lucene counts the lengths of what was deleted
until it merges."""


@contextmanager
def engine_settings(name: str, index: Path, **others: Any) -> Iterator[Settings]:
    """Settings for an engine with its index at `index`, which in a cluster is removed in the end."""
    if name == "whoosh":
        yield Settings(index=index, engine=name, **others)
        return
    settings = cluster_settings(index, **others)
    yield settings
    forget(settings.engine_index)
