"""What a reader may trust: how fresh the index is, how much it holds, and what could not be read."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from flask import current_app

from indexer import Settings
from indexer.condition import waiting
from indexer.engine.contract import Status
from indexer.errors import ChercheVilleError
from indexer.wording import moment_words
from webapp.opening import reader

EXTENSION = "chercheville-freshness"
EVERY = 600.0
"""Seconds between two looks at the corpus: listing a large one takes a second, and no request waits for it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The state of the index, `built_at` in words, and how many files `waiting` for the next build, 0 when none or not known."""

    status: Status
    built_at: str
    waiting: int

    @property
    def lacking(self) -> int:
        """How many files are missing or could not be read."""
        return self.status.unreadable + self.status.missing


class Freshness:
    """How many files of the corpus wait to be indexed, looked up beside the requests."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._looked_at = -EVERY
        self._waiting = 0

    def waiting(self) -> int:
        """As of the last look; a new one is begun when that is old."""
        with self._lock:
            if time.monotonic() - self._looked_at >= EVERY:
                self._looked_at = time.monotonic()
                threading.Thread(target=self.look, name="freshness", daemon=True).start()
            return self._waiting

    def look(self) -> None:
        """Look at the corpus now. Where it or the store cannot be read, nothing is said to wait."""
        try:
            self._waiting = waiting(self._settings)
        except (ChercheVilleError, OSError):
            self._waiting = 0


def trust() -> Trust | None:
    """What is said on every page; None while there is no index."""
    freshness: Freshness = current_app.extensions[EXTENSION]
    try:
        status = reader().status()
    except ChercheVilleError:
        return None
    return Trust(status, moment_words(status.built_at), freshness.waiting())
