"""The inside of a process that writes dossiers; `writing` starts it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from indexer.engine.writing import Writer


def work(descriptor: int, make: Callable[..., Writer]) -> None:
    """Take what is to be indexed from `descriptor`, batch by batch until None, and answer with what comes of it."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    connection = Connection(descriptor)
    try:
        writer = make(*connection.recv())
        while (batch := connection.recv()) is not None:
            writer.add(batch)
            connection.send(None)
        connection.send(writer.finished())
    except EOFError:
        return
    except Exception as error:
        connection.send(error)


def _end_with_starter() -> None:
    """The standard input ends when the process that started this one does."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)
