"""The columns of all segments as one: facet values by combination, event dates, lengths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.document import Combination
from indexer.engine.whoosh.columns import COLUMNS, Column, recoded
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.postings import Mask
from indexer.engine.whoosh.segments import Placed
from indexer.facets import Value


class Chosen(NamedTuple):
    """Some documents: these, or all live ones `but` these."""

    docs: Ints
    but: bool


class FacetColumn:
    """One facet of every document: `codes` are numbers of combinations, `values` all there are."""

    def __init__(self, many: Sequence[tuple[NDArray[np.int64], list[Combination]]], live: Mask) -> None:
        self.codes, combinations = recoded(many)
        self._live = live
        known: dict[str, Value] = {}
        for value in chain.from_iterable(combinations):
            known.setdefault(value.key, value)  # of several labels of a key ("CAF", "Caf") the first
        self.values = list(known.values())
        self._number = {key: n for n, key in enumerate(known)}
        self._sizes = np.array([len(combination) for combination in combinations], np.int64)
        self._members = np.array([self._number[value.key] for value in chain.from_iterable(combinations)], np.int64)
        self._single = bool((self._sizes == 1).all()) and len(self.values) == len(combinations)

    @property
    def keys(self) -> Iterable[str]:
        """The keys of all values."""
        return self._number.keys()

    def label(self, key: str) -> str | None:
        """What a value is called; None for one that there is not."""
        number = self._number.get(key)
        return None if number is None else self.values[number].label

    def count(self, chosen: Chosen) -> NDArray[np.int64]:
        """How many of the documents have each value."""
        combinations = np.bincount(self.codes.take(chosen.docs), minlength=len(self._sizes))
        if chosen.but:
            combinations = self._totals - combinations
        if self._single:  # then values are numbered as their combinations
            return combinations
        weights = np.repeat(combinations, self._sizes)
        return np.bincount(self._members, weights, len(self.values)).astype(np.int64)

    def mask(self, keys: Iterable[str], ids: Ints) -> Mask:
        """Which of the documents have one of the values."""
        wanted = np.zeros(len(self.values), bool)
        wanted[[self._number[key] for key in keys if key in self._number]] = True
        owners = np.repeat(np.arange(len(self._sizes)), self._sizes)
        chosen = np.zeros(len(self._sizes), bool)
        chosen[owners[wanted[self._members]]] = True
        return chosen.take(self.codes.take(ids))

    @cached_property
    def _totals(self) -> NDArray[np.int64]:
        return np.bincount(self.codes[self._live], minlength=len(self._sizes))


class SnapshotColumns:
    """The columns of one generation."""

    def __init__(self, segments: Sequence[Placed], live: Mask) -> None:
        columns = [placed.segment.columns for placed in segments]
        self.facets: dict[Column, FacetColumn] = {
            name: FacetColumn([(found.codes[name], found.combinations[name]) for found in columns], live) for name in COLUMNS
        }
        numbers = {
            name: np.concatenate([np.empty(0, np.int64), *(found.numbers[name] for found in columns)])
            for name in ("words", "head", "tokens", "attachments", "pages", "changed")
        }
        self._live = live
        self.words: Ints = numbers["words"].astype(np.int64)
        self.head: Ints = numbers["head"].astype(np.int64)
        self.tokens: Ints = numbers["tokens"].astype(np.int64)
        self.changed: Ints = numbers["changed"].astype(np.int64)
        self.attachments, self.pages = (int(numbers[name][live].sum()) for name in ("attachments", "pages"))
        counts = np.concatenate([np.empty(0, np.int64), *(found.span_counts for found in columns)])
        spans = np.concatenate([np.empty((0, 3), np.int32), *(found.spans for found in columns)])
        self.span_docs: Ints = np.repeat(np.arange(len(live)), counts)
        self.span_first, self.span_last, self.span_kind = (spans[:, column].astype(np.int64) for column in range(3))

    def chosen(self, ids: Ints) -> Chosen:
        """The documents `ids` (ascending) to be counted; of nearly all documents the others are."""
        if 2 * len(ids) <= len(self._live):
            return Chosen(ids, False)
        others = self._live.copy()
        others[ids] = False
        return Chosen(np.flatnonzero(others), True)

    def within(self, first: int | None, last: int | None) -> Mask:
        """By document, whether one of its dates touches the span asked for."""
        touches = np.ones(len(self.span_docs), bool)
        if first is not None:
            touches &= self.span_last >= first
        if last is not None:
            touches &= self.span_first <= last
        mask = np.zeros(len(self.words), bool)
        mask[self.span_docs.compress(touches)] = True
        return mask
