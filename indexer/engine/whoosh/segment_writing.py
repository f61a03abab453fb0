"""Dossiers to segments: here when they are few, else by a process for each core."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from pathlib import Path

from indexer.engine.whoosh.codec import ArraySegment
from indexer.engine.whoosh.segment_builder import SegmentBuilder
from indexer.errors import ChercheVilleError
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier
from indexer.worker_process import WorkerProcess

FEW = 300
"""Fewer dossiers are written without other processes."""
_BATCH = 64
_AHEAD = 2
"""Batches that a process has before it, itself at one of them."""

Batch = list[Dossier]


class SegmentWriter:
    """Collects dossiers; writes a segment whenever the memory is used up."""

    def __init__(self, folder: Path, themes: Themes, memory_mb: int) -> None:
        self._folder = folder
        self._themes = themes
        self._bytes = memory_mb << 20
        self._builder = SegmentBuilder(themes)
        self.segments: list[ArraySegment] = []

    def add(self, dossiers: Iterable[Dossier]) -> None:
        """More dossiers."""
        for dossier in dossiers:
            self._builder.add(dossier)
            if self._builder.bytes > self._bytes:
                self.flush()

    def flush(self) -> None:
        """Write what is collected."""
        if len(self._builder):
            segment = ArraySegment(len(self._builder))
            self._builder.write(self._folder / segment.file_name)
            self.segments.append(segment)
            self._builder = SegmentBuilder(self._themes)


def write_segments(folder: Path, dossiers: Iterable[Dossier], themes: Themes, memory_mb: int) -> list[ArraySegment]:
    """The dossiers as segments, in memory bounded by `memory_mb` for all processes together. Raises `OSError`, `MemoryError`."""
    dossiers = iter(dossiers)
    few = list(islice(dossiers, FEW))
    cores = len(os.sched_getaffinity(0))
    if len(few) < FEW or cores == 1:
        writer = SegmentWriter(folder, themes, memory_mb)
        writer.add(chain(few, dossiers))
        writer.flush()
        return writer.segments
    return _in_processes(folder, chain(few, dossiers), themes, memory_mb // cores, cores)


def _in_processes(folder: Path, dossiers: Iterable[Dossier], themes: Themes, memory_mb: int, many: int) -> list[ArraySegment]:
    workers = [WorkerProcess("indexer.engine.whoosh.segment_worker") for _ in range(many)]
    try:
        for worker in workers:
            worker.connection.send((folder, themes, memory_mb))
        _hand_out(_batches(dossiers), [worker.connection for worker in workers])
        return [segment for worker in workers for segment in _finished(worker.connection)]
    except (EOFError, ConnectionError) as error:
        raise ChercheVilleError(
            "Un processus d’indexation a été arrêté, sans doute faute de mémoire. Réduisez [index] memory_mb ; l’index précédent"
            " sert toujours."
        ) from error
    finally:
        for worker in workers:
            worker.end()


def _batches(dossiers: Iterable[Dossier]) -> Iterator[Batch]:
    dossiers = iter(dossiers)
    while batch := list(islice(dossiers, _BATCH)):
        yield batch


def _hand_out(batches: Iterator[Batch], connections: list[Connection]) -> None:
    """Give each process its batches, never more than it needs to stay at work."""
    free = deque(connections * _AHEAD)
    for batch in batches:
        while not free:
            for connection in wait(connections):
                _heard(connection)  # type: ignore[arg-type]
                free.append(connection)  # type: ignore[arg-type]
        _send(free.popleft(), batch)


def _finished(connection: Connection) -> list[ArraySegment]:
    """The segments of a process that is told there is no more."""
    _send(connection, None)
    while (segments := _heard(connection)) is None:
        continue
    return segments


def _send(connection: Connection, what: Batch | None) -> None:
    """Give a process something; one that is gone is heard for what went wrong there, or raises `EOFError`."""
    try:
        connection.send(what)
    except ConnectionError:
        while True:
            _heard(connection)


def _heard(connection: Connection) -> list[ArraySegment] | None:
    """What a process says: None for a batch done, its segments at the end. Raises what went wrong there."""
    said = connection.recv()
    if isinstance(said, BaseException):
        raise said
    return said  # type: ignore[no-any-return]
