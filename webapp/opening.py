"""Which index does this site read, and when is it opened?"""

from __future__ import annotations

from threading import Lock

from flask import current_app

from indexer import Settings, open_reader
from indexer.engine.contract import Reader

EXTENSION = "chercheville"


class Opening:
    """The settings of the site and its reader, opened when it is first needed and then kept."""

    def __init__(self, settings: Settings, reader: Reader | None = None) -> None:
        self.settings = settings
        self._reader = reader
        self._lock = Lock()

    def reader(self) -> Reader:
        """The reader; tried again at each call until there is an index. Raises what `open_reader` raises."""
        with self._lock:
            if self._reader is None:
                self._reader = open_reader(self.settings)
            return self._reader


def settings() -> Settings:
    """The settings of the site that answers."""
    return _opening().settings


def reader() -> Reader:
    """The reader of the site that answers. Raises what `open_reader` raises."""
    return _opening().reader()


def _opening() -> Opening:
    opening: Opening = current_app.extensions[EXTENSION]
    return opening
