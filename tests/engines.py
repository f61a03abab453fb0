"""The engines that the contract suite runs on, each made in an empty folder from a reader of texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.engine.contract import Engine
from indexer.engine.whoosh.engine import WhooshEngine
from indexer.facts.themes import load_vocabulary
from indexer.model import PartReader
from indexer.synonyms import load_synonyms

EngineMaker = Callable[[Path, PartReader], Engine]


def whoosh(folder: Path, read_part: PartReader) -> Engine:
    return WhooshEngine(folder, read_part, load_vocabulary(), load_synonyms())


ENGINES: dict[str, EngineMaker] = {"whoosh": whoosh}
