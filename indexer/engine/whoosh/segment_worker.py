"""A process that turns dossiers into segments. Started by `segment_writing` alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection

from indexer.engine.whoosh.segment_writing import SegmentWriter


def main(descriptor: int) -> None:
    """Take what is to be indexed from `descriptor`, batch by batch until None, and answer with the segments."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    connection = Connection(descriptor)
    try:
        writer = SegmentWriter(*connection.recv())
        while (batch := connection.recv()) is not None:
            writer.add(batch)
            connection.send(None)
        writer.flush()
        connection.send(writer.segments)
    except EOFError:
        return
    except Exception as error:
        connection.send(error)


def _end_with_starter() -> None:
    """The standard input ends when the process that started this one does."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
