"""One writer at a time: who holds the index, and since when."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexLocked

_PATIENCE = 2.0
"""Seconds in which who has just taken the index says so, or who is done with it leaves."""
_PAUSE = 0.05


@contextmanager
def writing(index: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the index for writing; `wait` until it is free. A dead process holds nothing.

    Raises `IndexLocked`, naming the holder.
    """
    holder = index / "writer.json"
    lock = FileLock(index / "lock")
    if wait:
        lock.acquire(poll_interval=_PAUSE)
    else:
        _take(lock, index, holder)
    try:
        _sign(holder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _take(lock: FileLock, index: Path, holder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            who = _who(holder)
            if who or time.monotonic() > deadline:
                raise IndexLocked(
                    f"L’index « {index} » est déjà en cours d’écriture{who}. Attendez sa fin, puis relancez la commande,"
                    " ou ajoutez-lui --wait."
                ) from error
            time.sleep(_PAUSE)
        else:
            return


def _sign(holder: Path) -> None:
    """Say who holds the index, whole or not at all."""
    beside = holder.with_suffix(".json.new")
    beside.write_text(json.dumps({"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds")}))
    beside.replace(holder)


def _who(holder: Path) -> str:
    """The process that holds the index, in words; none when the note is of one that is dead: the next has not signed yet."""
    try:
        known = json.loads(holder.read_text())
        since = datetime.fromisoformat(known["since"])
        with suppress(PermissionError):  # it lives, under another account
            os.kill(known["pid"], 0)
    except (OSError, ValueError, KeyError):
        return ""
    return f" par le processus {known['pid']} depuis le {since:%d/%m/%Y à %H:%M:%S}"
