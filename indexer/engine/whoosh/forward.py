"""The forward index: of each document the terms of its texts in the order of reading, to count them alone.

Arrays, of the field "text":

    forward.terms  the numbers of the terms, document after document
    forward.gaps   how many positions each stands behind the one before; the first one, behind the first position of the texts
    forward.sizes  how many there are of each document
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.whoosh.array_file import ArrayFile, ArrayWriter
from indexer.engine.whoosh.field_file import Ints, Inverted, narrow

_AT_ONCE = 2_000_000
_PLACE_BITS = 32


class Lot(NamedTuple):
    """The terms of some documents, by document and position: `owners` are indexes of those asked for."""

    owners: Ints
    terms: NDArray[Any]
    gaps: NDArray[Any]


class ForwardFile:
    """The forward index of a segment, read. Safe to share between threads."""

    def __init__(self, file: ArrayFile) -> None:
        self._terms, self._gaps, self._sizes = (file[f"forward.{name}"] for name in ("terms", "gaps", "sizes"))

    @cached_property
    def sizes(self) -> Ints:
        """How many terms each document has."""
        return self._sizes.all().astype(np.int64)

    @cached_property
    def totals(self) -> Ints:
        """How often each term stands in the texts, deleted ones included; terms after the last one that does are left out."""
        return np.bincount(self._terms.all())

    @property
    def gap_type(self) -> np.dtype[Any]:
        return self._gaps.part(0, 0).dtype

    def lots(self, docs: Ints) -> Iterator[Lot]:
        """The terms of `docs`, some documents at a time."""
        sizes = self.sizes[docs]
        ends = np.cumsum(sizes)
        first = 0
        while first < len(docs):
            before = int(ends[first - 1]) if first else 0
            last = max(int(np.searchsorted(ends, before + _AT_ONCE, "right")), first + 1)
            yield self._lot(docs[first:last], first)
            first = last

    def _lot(self, docs: Ints, number: int) -> Lot:
        sizes, begins = self.sizes[docs], self._begins[docs]
        lasts = np.cumsum(sizes)
        at = np.arange(int(sizes.sum())) + np.repeat(begins + sizes - lasts, sizes)
        low, high = (int(at[0]), int(at[-1]) + 1) if len(at) else (0, 0)
        terms, gaps = (array.part(low, high).take(at - low) for array in (self._terms, self._gaps))
        return Lot(np.repeat(np.arange(number, number + len(docs)), sizes), terms, gaps)

    @cached_property
    def _begins(self) -> Ints:
        return np.cumsum(self.sizes) - self.sizes


def write_forward(writer: ArrayWriter, inverted: Inverted, heads: Ints) -> None:
    """Write the forward index of a field; of each document the texts begin at the position in `heads`."""
    places = np.empty(0, np.int32) if inverted.places is None else inverted.places
    docs = np.repeat(inverted.ids, inverted.counts)
    terms = np.repeat(np.arange(len(inverted.df), dtype=np.uint32), inverted.df).repeat(inverted.counts)
    kept = places >= heads[docs]
    docs, places, terms = docs[kept], places[kept], terms[kept]
    order = np.argsort(docs << _PLACE_BITS | places, kind="stable")
    docs, places = docs[order], places[order]
    gaps = np.diff(places, prepend=0)
    firsts = np.flatnonzero(np.diff(docs, prepend=-1))
    gaps[firsts] = places[firsts] - heads[docs[firsts]]
    writer.put("forward.terms", terms[order])
    writer.put("forward.gaps", narrow(gaps))
    writer.put("forward.sizes", narrow(np.bincount(docs, minlength=len(heads))))


def merge_forward(
    writer: ArrayWriter, files: Sequence[ArrayFile], live: Sequence[NDArray[np.bool_]], numbers: Sequence[Ints]
) -> None:
    """Write the forward indexes of several segments as one: the documents that are `live`, the terms by their new `numbers`."""
    sources = [ForwardFile(file) for file in files]
    kept = [np.flatnonzero(documents) for documents in live]

    def lots() -> Iterator[tuple[Ints, Lot]]:
        for source, docs, new in zip(sources, kept, numbers, strict=True):
            yield from ((new, lot) for lot in source.lots(docs))

    writer.put_pieces("forward.terms", "u4", (new[lot.terms] for new, lot in lots()))
    writer.put_pieces("forward.gaps", np.result_type(*(source.gap_type for source in sources)), (lot.gaps for _, lot in lots()))
    sizes = [source.sizes[docs] for source, docs in zip(sources, kept, strict=True)]
    writer.put("forward.sizes", narrow(np.concatenate(sizes)))
