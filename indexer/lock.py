"""One writer at a time: who holds the index, and since when."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexLocked


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the index for writing. Raises `IndexLocked`, naming the holder; a dead process holds nothing."""
    holder = index / "writer.json"
    lock = FileLock(index / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexLocked(
            f"L’index « {index} » est déjà en cours de construction{_who(holder)}. Attendez sa fin, puis relancez la commande."
        ) from error
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds")}))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        return f" par le processus {known['pid']} depuis le {datetime.fromisoformat(known['since']):%d/%m/%Y à %H:%M:%S}"
    except (OSError, ValueError, KeyError):
        return ""
