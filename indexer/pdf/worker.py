"""A worker process: reads one PDF after another until its pool ends. Started by the pool alone."""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

import msgspec

from indexer.errors import UnreadableFile
from indexer.pdf.file import read_file
from indexer.pdf.messages import Done, Event, Failed, Job

_MEGABYTE = 1 << 20
_GROWN_SHARE = 0.5


def main(descriptor: int, memory_mb: int) -> None:
    """Answer the jobs that come on `descriptor`, with at most `memory_mb` of memory."""
    threading.Thread(target=_end_with_pool, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * _MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()  # pdfminer logs each small fault of a file; what matters is said in the result
    gc.disable()
    gc.freeze()
    connection = Connection(descriptor)
    jobs = msgspec.msgpack.Decoder(Job)
    encode = msgspec.msgpack.Encoder().encode
    retires = False
    while not retires:
        try:
            job = jobs.decode(connection.recv_bytes())
        except EOFError:
            return
        answer = _answer(job, lambda event: connection.send_bytes(encode(event)))
        gc.collect()
        retires = _memory() > _GROWN_SHARE * memory_mb * _MEGABYTE
        connection.send_bytes(encode(msgspec.structs.replace(answer, retires=retires)))


def _answer(job: Job, say: Callable[[Event], None]) -> Done | Failed:
    try:
        return Done(read_file(job, say))
    except UnreadableFile as error:
        return Failed(error.reason)
    except OSError:
        return Failed("cannot_open")


def _end_with_pool() -> None:
    """The standard input ends when the pool does, killed or not: then end at once, with the tesseract at work."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


def _memory() -> int:
    """The memory in use, in bytes; 0 where that cannot be told."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
