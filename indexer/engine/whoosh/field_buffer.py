"""The words of one field, document after document, until they are inverted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine.whoosh.field_file import Inverted, invert


class FieldBuffer:
    """Words by number, with their positions when the field is `placed`."""

    def __init__(self, *, placed: bool) -> None:
        self._placed = placed
        self._numbers: list[NDArray[np.int32]] = []
        self._places: list[NDArray[np.int32]] = []
        self._sizes: list[int] = []
        self.bytes = 0

    def add(self, numbers: NDArray[np.int32], places: NDArray[np.int32] | None = None) -> None:
        """The words of the next document, by position."""
        self._numbers.append(numbers)
        self._sizes.append(len(numbers))
        self.bytes += numbers.nbytes
        if places is not None:
            self._places.append(places)
            self.bytes += places.nbytes

    def inverted(self, names: Sequence[str]) -> Inverted:
        """Everything as posting lists; `names` are the words by number."""
        docs = np.repeat(np.arange(len(self._sizes), dtype=np.int32), self._sizes)
        places = _joined(self._places) if self._placed else None
        return invert(_joined(self._numbers), docs, places, names)


def lengths(inverted: Inverted, docs: int) -> NDArray[Any]:
    """How many words each document has, by its posting lists."""
    return np.bincount(inverted.ids, weights=inverted.counts, minlength=docs).astype(np.int64)


def _joined(arrays: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)
