"""A PDF being read: what is known of it outlives the worker that has it in hand."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

from indexer.pdf.messages import Attempt, Began, Job, Opened, PageRead, PageRecognised
from indexer.pdf.options import PdfOptions, file_seconds

_SECONDS_TO_START = 60.0
_STARTING = Began("start")


class Task:
    """The job for the file at `path`, what its worker is doing, and since when."""

    def __init__(self, path: Path, options: PdfOptions, recognises: bool) -> None:
        self.path = path
        self.job = Job(os.fsencode(path), options, recognises)
        self.pages = 0
        self.hand_out()

    def hand_out(self) -> None:
        """A worker takes the job."""
        self._doing = _STARTING
        self._since = self._handed = monotonic()

    @property
    def deadline(self) -> float:
        """When what the worker is doing will have taken too long, on the monotonic clock."""
        page_seconds = self.job.options.page_seconds
        allowed = {
            "start": _SECONDS_TO_START,
            "clean": file_seconds(self.pages),
            "recognise": 2 * page_seconds,  # tesseract has its own limit of once
        }
        return self._since + allowed.get(self._doing.step, page_seconds)

    def postpone(self, seconds: float) -> None:
        """Nobody listened to the worker for a while: it may have waited."""
        self._since += seconds

    def hear(self, event: Began | Opened | PageRead | PageRecognised) -> bool:
        """Note what the worker says; whether this is the first word of a page."""
        if isinstance(event, Began):
            self._doing, self._since = event, monotonic()
        elif isinstance(event, Opened):
            self.pages = event.pages
        elif isinstance(event, PageRecognised):
            self.job.recognised[event.number] = event.page
        else:
            known = event.number in self.job.read
            self.job.read[event.number] = event.page
            return not known
        return False

    def lose(self, slow: bool) -> bool:
        """The worker is gone; whether another one may go on (not when two died of the same)."""
        again = not self.job.has_failed(self._doing)
        self.job.failed.append(Attempt(self._doing, slow))
        self.job.spent += monotonic() - self._handed
        return again
