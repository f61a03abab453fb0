"""Figures and the state of the index that they are of, so that they can be cited and counted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from indexer.engine.contract import Reader, Status
from indexer.errors import ChercheVilleError, GenerationGone, UnknownGeneration
from indexer.language import gettext

Found = TypeVar("Found")


def of_one_state(reader: Reader, count: Callable[[], Found], generation: int | None = None) -> tuple[Status, Found]:
    """What is counted, and the state of the index in which it was. When that is not `generation`, raises
    `GenerationGone` or `UnknownGeneration`."""
    while True:
        status = reader.status()
        if generation not in (None, status.generation):
            raise _other(generation, status.generation)
        found = count()
        if reader.status().generation == status.generation:  # else the index changed in between
            return status, found


def _other(asked: int | None, here: int) -> ChercheVilleError:
    if asked is None or asked > here:
        message = gettext(
            "L’index n’a pas encore eu d’état %(asked)s : il est à l’état %(here)s. Retirez « generation ».",
            asked=asked,
            here=here,
        )
        return UnknownGeneration(message)
    return GenerationGone(
        gettext(
            "Ces chiffres ont été demandés pour l’état %(asked)s de l’index, qui est à l’état %(here)s : l’état %(asked)s ne peut"
            " être compté que sur une sauvegarde de cet index. Retirez « generation » pour compter aujourd’hui.",
            asked=asked,
            here=here,
        )
    )


def stated(rows: Iterable[tuple[str, ...]], status: Status) -> Iterator[tuple[str, ...]]:
    """The rows of a table, head first, with the state that they are of in two more columns."""
    rows = iter(rows)
    yield (*next(rows), "generation", "index_du")
    yield from ((*row, str(status.generation), status.built_at.date().isoformat()) for row in rows)
