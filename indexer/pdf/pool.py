"""Many PDFs at once, each in a worker process that may die: that costs the page in hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from time import monotonic

import msgspec

from indexer.errors import UnreadableFile
from indexer.model import PdfText
from indexer.pdf.messages import Done, Event, Failed
from indexer.pdf.options import PdfOptions, can_recognise
from indexer.pdf.reasons import unreadable
from indexer.pdf.task import Task
from indexer.worker_process import WorkerProcess

Progress = Callable[[Path, int, int], None]
"""(file, pages read of it, its pages); called once for each page."""
Outcome = tuple[Path, PdfText | UnreadableFile]


def read_pdf(path: Path, options: PdfOptions) -> PdfText:
    """What one PDF says. Raises `UnreadableFile` (with its reason), `OSError`, `ConfigError`."""
    path.stat()
    with closing(read_pdfs([path], replace(options, workers=1))) as outcomes:
        _, text = next(outcomes)
    if isinstance(text, UnreadableFile):
        raise text
    return text


def read_pdfs(paths: Iterable[Path], options: PdfOptions, progress: Progress = lambda *_: None) -> Generator[Outcome]:
    """Each of `paths` with what it says or why it cannot be read, in order of completion. Raises `ConfigError`.

    `paths` is taken from only when a worker is free. Closing the generator, or any error in it, ends the workers at once.
    """
    return _Pool(options, can_recognise(options), progress).run(iter(paths))


class _Pool:
    def __init__(self, options: PdfOptions, recognises: bool, progress: Progress) -> None:
        self._options, self._recognises, self._progress = options, recognises, progress
        self._size = options.workers or _cores()
        self._idle: list[WorkerProcess] = []
        self._busy: dict[WorkerProcess, Task] = {}
        self._orphans: list[Task] = []
        self._selector = DefaultSelector()
        self._decode = msgspec.msgpack.Decoder(Event).decode

    def run(self, paths: Iterator[Path]) -> Generator[Outcome]:
        try:
            while self._hand_out(paths):
                for outcome in self._listen():
                    left = monotonic()
                    yield outcome
                    self._postpone(monotonic() - left)
        finally:
            self._selector.close()
            for worker in [*self._idle, *self._busy]:
                worker.end()

    def _hand_out(self, paths: Iterator[Path]) -> bool:
        """Give each free worker something to do; whether any has."""
        while len(self._busy) < self._size:
            left = monotonic()
            task = self._orphans.pop() if self._orphans else self._next_task(paths)
            self._postpone(monotonic() - left)
            if task is None:
                break
            self._start(task)
        return bool(self._busy)

    def _next_task(self, paths: Iterator[Path]) -> Task | None:
        path = next(paths, None)
        return None if path is None else Task(path, self._options, self._recognises)

    def _start(self, task: Task) -> None:
        worker = self._idle.pop() if self._idle else WorkerProcess("indexer.pdf.worker", self._options.memory_mb)
        self._busy[worker] = task
        self._selector.register(worker.connection, EVENT_READ, worker)
        task.hand_out()
        with suppress(OSError):  # it died idle: its connection says so, too
            worker.connection.send_bytes(msgspec.msgpack.encode(task.job))

    def _listen(self) -> Iterator[Outcome]:
        """What the workers say until the next deadline, and whose time is over."""
        wait = min(task.deadline for task in self._busy.values()) - monotonic()
        for key, _ in self._selector.select(max(0.0, wait)):
            try:
                event = self._decode(key.data.connection.recv_bytes())
            except (EOFError, OSError, msgspec.MsgspecError, UnicodeDecodeError):
                yield from self._lose(key.data, slow=False)
            else:
                yield from self._hear(key.data, event)
        now = monotonic()
        for worker in [worker for worker, task in self._busy.items() if task.deadline < now]:
            yield from self._lose(worker, slow=True)

    def _hear(self, worker: WorkerProcess, event: Event) -> Iterator[Outcome]:
        task = self._busy[worker]
        if isinstance(event, (Done, Failed)):
            self._free(worker, retires=event.retires)
            yield task.path, event.text if isinstance(event, Done) else unreadable(event.reason)
        elif task.hear(event):
            self._progress(task.path, len(task.job.read), task.pages)

    def _lose(self, worker: WorkerProcess, *, slow: bool) -> Iterator[Outcome]:
        """The worker is dead, or to be killed: another one goes on with its file."""
        task = self._busy[worker]
        self._free(worker, retires=True)
        if task.lose(slow):
            self._orphans.append(task)
        else:
            yield task.path, unreadable("too_slow" if slow else "no_memory")

    def _free(self, worker: WorkerProcess, *, retires: bool) -> None:
        self._selector.unregister(worker.connection)
        del self._busy[worker]
        if retires:
            worker.end()
        else:
            self._idle.append(worker)

    def _postpone(self, seconds: float) -> None:
        """The workers may have waited for us."""
        for task in self._busy.values():
            task.postpone(seconds)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
