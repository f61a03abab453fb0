"""One worker process, seen from the side that starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing import Pipe
from pathlib import Path

import indexer

_PACKAGE = str(Path(indexer.__file__).parents[1])
_TRIES, _PAUSE = 3, 0.1


class WorkerProcess:
    """A process in a session of its own: a Ctrl-C does not reach it, and what it started ends with it.

    A new interpreter, not a fork, so that it may be started beside threads and from any kind of script. It runs `module`, whose
    first argument is the file descriptor of its end of `connection`; the end of its standard input tells it that we are gone.
    """

    def __init__(self, module: str, *arguments: object) -> None:
        self.connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-P", "-W", "ignore", "-m", module, str(theirs.fileno()), *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # the native noise of the readers of PDFs
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [_PACKAGE, os.environ.get("PYTHONPATH")]))},
            )
        if os.nice(0):
            _give_way(self._process.pid)

    def end(self) -> None:
        """Kill the process, with what it started, and wait until it is gone."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
        self._process.wait()
        self.connection.close()
        if self._process.stdin:
            self._process.stdin.close()


def _give_way(pid: int) -> None:
    """Make a session as nice as this process: where cores are shared out between sessions, niceness counts within one alone."""
    for _ in range(_TRIES):
        try:
            Path(f"/proc/{pid}/autogroup").write_text(str(os.nice(0)))
        except BlockingIOError:  # the system takes one such wish in a tenth of a second
            time.sleep(_PAUSE)
        except OSError:  # the system has no such sharing
            return
        else:
            return
