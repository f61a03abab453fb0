"""Dossiers made into what an index holds: here when they are few, else by a process for each core."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from indexer.errors import ChercheVilleError
from indexer.model import Dossier
from indexer.worker_process import WorkerProcess

FEW = 300
"""Fewer dossiers are written without other processes."""
_BATCH = 64
_AHEAD = 2
"""Batches that a process has before it, itself at one of them."""

Batch = list[Dossier]


class Writer(Protocol):
    """What dossiers are given to."""

    def add(self, dossiers: Iterable[Dossier]) -> None:
        """More dossiers."""

    def finished(self) -> Any:
        """What has come of them all."""


def cores() -> int:
    """How many processes write many dossiers."""
    return len(os.sched_getaffinity(0))


def written(dossiers: Iterable[Dossier], here: Callable[[], Writer], module: str, given: tuple[Any, ...]) -> list[Any]:
    """What the writers have made: that of `here`, or those that the processes running `module` make of `given`."""
    dossiers = iter(dossiers)
    few = list(islice(dossiers, FEW))
    if len(few) < FEW or cores() == 1:
        writer = here()
        writer.add(chain(few, dossiers))
        return [writer.finished()]
    return _in_processes(chain(few, dossiers), module, given)


def _in_processes(dossiers: Iterable[Dossier], module: str, given: tuple[Any, ...]) -> list[Any]:
    workers = [WorkerProcess(module) for _ in range(cores())]
    try:
        for worker in workers:
            _send(worker.connection, given)
        _hand_out(_batches(dossiers), [worker.connection for worker in workers])
        return [_finished(worker.connection) for worker in workers]
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


def _finished(connection: Connection) -> Any:
    """What a process has made, which is told that there is no more."""
    _send(connection, None)
    while (made := _heard(connection)) is None:
        continue
    return made


def _send(connection: Connection, what: object) -> None:
    """Give a process something; one that is gone is heard for what went wrong there, or raises `EOFError`.

    What is heard is raised alone: beside it, the error of sending would keep what was sent, of which the interpreter complains.
    """
    with suppress(ConnectionError):
        connection.send(what)
        return
    while True:
        _heard(connection)


def _heard(connection: Connection) -> Any:
    """What a process says: None for a batch done, what it has made at the end. Raises what went wrong there."""
    said = connection.recv()
    if isinstance(said, BaseException):
        raise said
    return said
