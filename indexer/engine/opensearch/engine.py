"""The contract on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indexer.config import Settings
from indexer.facts.themes import Vocabulary
from indexer.model import PartReader


class OpenSearchReader:
    """The reading side."""

    def __init__(self, settings: Settings, read_part: PartReader, synonyms: Any, close_parts: Callable[[], None]) -> None:
        self.settings = settings

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(name)


class OpenSearchEngine(OpenSearchReader):
    """The writing side too."""

    def __init__(self, settings: Settings, read_part: PartReader, themes: Vocabulary, synonyms: Any) -> None:
        super().__init__(settings, read_part, synonyms, lambda: None)
