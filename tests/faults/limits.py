"""How long an input may take: a second of the processor, however many others use it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

HANGS = 1.0
"""Seconds of the processor that no input may take."""


@contextmanager
def limited() -> Iterator[None]:
    def hangs(*_: object) -> None:
        raise TimeoutError("over a second")

    before = signal.signal(signal.SIGVTALRM, hangs)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
