"""Places in texts where an expression stands, as arrays: the same for every engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.plan import Plan
from indexer.query import Leaf, leaves

Ints = NDArray[np.int64]
KEY_BITS = 40
"""Bits of a position where it makes one number, a key, with that of its document."""


class Occurrences(NamedTuple):
    """Places in texts, ascending: the document, the position, and which leaf of the expression begins there."""

    docs: Ints
    positions: Ints
    numbers: Ints
    leaves: list[Leaf]

    @property
    def keys(self) -> Ints:
        return self.docs << KEY_BITS | self.positions

    def taken(self, at: Ints) -> Occurrences:
        return self._replace(docs=self.docs[at], positions=self.positions[at], numbers=self.numbers[at])


def sought(plan: Plan) -> list[Leaf]:
    """The words of a plan that are sought in texts."""
    return [leaf for unit in plan.units for leaf in leaves(unit.node) if leaf.field == "texte"]


def gathered(found: Sequence[tuple[Ints, Ints]], leaves: list[Leaf]) -> Occurrences:
    """Of each leaf documents and positions, ascending, as occurrences: where several leaves begin, the first one counts."""
    empty = np.empty(0, np.int64)
    docs, positions = (np.concatenate([empty, *(places[side] for places in found)]) for side in (0, 1))
    numbers = np.repeat(np.arange(len(found)), [len(places[0]) for places in found])
    if len(found) < 2:
        return Occurrences(docs, positions, numbers, leaves)
    order = np.lexsort((numbers, positions, docs))
    docs, positions, numbers = docs[order], positions[order], numbers[order]
    first = np.ones(len(docs), bool)
    first[1:] = (np.diff(docs) != 0) | (np.diff(positions) != 0)
    return Occurrences(docs[first], positions[first], numbers[first], leaves)


def joined(many: Sequence[Occurrences], leaves: list[Leaf]) -> Occurrences:
    """The occurrences of the same leaves in several lots of documents."""
    empty = np.empty(0, np.int64)
    return Occurrences(
        np.concatenate([empty, *(one.docs for one in many)]),
        np.concatenate([empty, *(one.positions for one in many)]),
        np.concatenate([empty, *(one.numbers for one in many)]),
        leaves,
    )
