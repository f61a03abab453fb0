"""Each step by which a process changes a folder, counted, and made to fail: a write, a name made or taken away, a sync.

Installed in a process, or by `injected/sitecustomize.py` in a command and all that it starts. SQLite writes by itself:
of it only the statements are counted, and its disk is made full by its own limit of pages.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

KILLED = "killed"
TORN = "torn"
WRITING = ("open", "write", "sync", "rename", "mkdir")


class Fault(NamedTuple):
    """What happens from the step `at` on, counted from 1.

    `KILLED` at its beginning, `TORN` when half of it is done; a number of `errno` is raised, and ever after when it `lasts`.
    `pages` is the size at which SQLite says that the disk is full.
    """

    folder: str
    log: str
    at: int = 0
    kind: str | int = 0
    lasts: bool = False
    pages: int = 0


class Steps:
    """Counts the steps under `fault.folder`, in all processes together, in the file `fault.log`; makes them fail."""

    def __init__(self, fault: Fault, main: int) -> None:
        self.fault = fault
        self.main = main

    def concerns(self, path: Any, folder: int | None = None) -> bool:
        try:
            found = os.readlink(f"/proc/self/fd/{path}") if isinstance(path, int) else os.fsdecode(path)
        except (OSError, TypeError):
            return False
        base = os.readlink(f"/proc/self/fd/{folder}") if isinstance(folder, int) and folder >= 0 else os.getcwd()
        return f"{os.path.join(base, found)}/".startswith(f"{self.fault.folder}/")

    def step(self, name: str, half: Callable[[], object] = lambda: None) -> None:
        """A step is about to be done; `half` does half of it."""
        number = self._number(name)
        if number < self.fault.at or not self.fault.at or (number > self.fault.at and not self.fault.lasts):
            return
        if self.fault.kind == TORN:
            half()
        if isinstance(self.fault.kind, int):
            if name in WRITING:
                raise OSError(self.fault.kind, os.strerror(self.fault.kind))
            return
        os.kill(self.main, signal.SIGKILL)
        time.sleep(60)  # a worker goes with the one that started it

    def _number(self, name: str) -> int:
        if isinstance(self.fault.kind, int) and name not in WRITING:
            return 0
        descriptor = os_open(self.fault.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            os.write(descriptor, f"{name:9}\n".encode())
            return os.lseek(descriptor, 0, os.SEEK_CUR) // 10
        finally:
            os.close(descriptor)


os_open = os.open


def names(log: str) -> list[str]:
    """The steps that were counted, in their order."""
    with builtins.open(log) as file:
        return file.read().split()


class _Raw(io.FileIO):
    """A file whose writes are steps."""

    steps: Steps

    def write(self, data: Any) -> int:
        whole = memoryview(data).cast("B")
        self.steps.step("write", lambda: io.FileIO.write(self, whole[: len(whole) // 2]))
        return super().write(whole)


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """The fault, in this process and what it starts, until the end of the block."""
    undo = install(fault, os.getpid())
    try:
        yield
    finally:
        undo()


def install(fault: Fault, main: int) -> Callable[[], None]:
    """Put the fault in place; what takes it away again."""
    steps = Steps(fault, main)
    kept: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, made: Any) -> None:
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, made)

    opener = _opener(steps, io.open)
    put(io, "open", opener)
    put(builtins, "open", opener)
    put(os, "open", _os_open(steps, os.open))
    put(os, "fsync", _by_first(steps, "sync", os.fsync))
    for name, step in (
        ("replace", "rename"),
        ("rename", "rename"),
        ("mkdir", "mkdir"),
        ("unlink", "remove"),
        ("rmdir", "remove"),
    ):
        put(os, name, _by_first(steps, step, getattr(os, name)))
    put(sqlite3, "connect", _connect(steps, sqlite3.connect))

    def undo() -> None:
        for owner, name, plain in reversed(kept):
            setattr(owner, name, plain)

    return undo


def _by_first(steps: Steps, step: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    def counted(path: Any, *arguments: Any, **options: Any) -> Any:
        if steps.concerns(path, options.get("dir_fd") or options.get("src_dir_fd")):
            steps.step(step)
        return plain(path, *arguments, **options)

    return counted


def _os_open(steps: Steps, plain: Callable[..., int]) -> Callable[..., int]:
    def counted(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if flags & os.O_CREAT and steps.concerns(path):
            steps.step("open")
        return plain(path, flags, *arguments, **options)

    return counted


def _opener(steps: Steps, plain: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, *rest: Any, **options: Any) -> Any:
        if not set(mode) & set("wxa") or isinstance(file, int) or not steps.concerns(file):
            return plain(file, mode, buffering, encoding, *rest, **options)
        steps.step("open")
        raw = _Raw(file, mode.replace("b", "").replace("t", ""))
        raw.steps = steps
        binary = io.BufferedWriter(raw)
        return binary if "b" in mode else io.TextIOWrapper(binary, encoding or "utf-8")

    return opened


def _connect(steps: Steps, plain: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    class Connection(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            if not arguments[0].startswith(("SELECT", "PRAGMA")):
                steps.step("sql")
            return super().execute(*arguments)

        def executescript(self, *arguments: Any) -> sqlite3.Cursor:
            steps.step("sql")
            return super().executescript(*arguments)

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = plain(*arguments, factory=Connection, **options)
        if steps.fault.pages:
            sqlite3.Connection.execute(connection, f"PRAGMA max_page_count={steps.fault.pages}")
        return connection

    return connected


def from_environment() -> None:
    """Put in place what the environment variable FAULT says, if it does; for a process and those that it starts."""
    if "FAULT" in os.environ:
        folder, log, at, kind, lasts, pages = os.environ["FAULT"].split("\t")
        main = int(os.environ.setdefault("FAULT_MAIN", str(os.getpid())))
        number = int(kind) if kind.isdigit() else kind
        install(Fault(folder, log, int(at), number, lasts == "True", int(pages)), main)


def environment(fault: Fault) -> dict[str, str]:
    """The variables that put a fault in place in a command."""
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.pathsep.join(filter(None, [os.path.join(here, "injected"), os.path.dirname(os.path.dirname(here))]))
    return {**os.environ, "PYTHONPATH": path, "FAULT": "\t".join(map(str, fault))}


FULL, BROKEN = errno.ENOSPC, errno.EIO
