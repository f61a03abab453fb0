"""One worker process, from the pool's side."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path

import indexer

_PACKAGE = str(Path(indexer.__file__).parents[1])


class WorkerProcess:
    """A process in a session of its own: a Ctrl-C does not reach it, and what it started ends with it.

    A new interpreter, not a fork, so that it may be started beside threads and from any kind of script.
    """

    def __init__(self, memory_mb: int) -> None:
        self.connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-W", "ignore", "-m", "indexer.pdf.worker", str(theirs.fileno()), str(memory_mb)],
                stdin=subprocess.PIPE,  # never written to: its end tells the worker that we are gone
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # the readers' native noise
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [_PACKAGE, os.environ.get("PYTHONPATH")]))},
            )

    def end(self) -> None:
        """Kill the process, with what it started, and wait until it is gone."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
        self._process.wait()
        self.connection.close()
        if self._process.stdin:
            self._process.stdin.close()
