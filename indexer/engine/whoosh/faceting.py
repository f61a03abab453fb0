"""Filters and facet counts over what a query matched."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.engine.contract import ALL_WORDS, FACETS, SOME_WORDS, Facet, FacetName, Request
from indexer.engine.facet_list import WORDS, facet, telling, with_keys, words_found
from indexer.engine.whoosh.facet_columns import Chosen, FacetColumn, SnapshotColumns
from indexer.engine.whoosh.matching import Found
from indexer.engine.whoosh.postings import Mask


class Filtered(NamedTuple):
    """What passes: `kept` of the documents found, and for each facet those that pass every filter but its own."""

    kept: Mask
    counted: dict[FacetName, Mask]


def understood(request: Request, columns: SnapshotColumns) -> Request:
    """The request with its filters in the keys that the index has."""
    return with_keys(request, lambda name: _keys(name, request, columns))


def _keys(name: FacetName, request: Request, columns: SnapshotColumns) -> set[str]:
    return set(WORDS) if name == "mots" else set(_column(name, request, columns).keys)


def _column(name: FacetName, request: Request, columns: SnapshotColumns) -> FacetColumn:
    return columns.facets["theme-found" if name == "theme" and request.found_themes else name]


def filtered(found: Found, columns: SnapshotColumns, request: Request) -> Filtered:
    """Apply the filters of a request: values of one facet are alternatives, facets are conditions."""
    passes = {name: _passes(name, keys, found, columns, request) for name, keys in request.filters.items()}
    dates = _dates(found, columns, request)
    kept: Mask = np.logical_and.reduce([dates, *passes.values()])
    counted: dict[FacetName, Mask] = dict.fromkeys(FACETS, kept)
    for name in passes:
        counted[name] = np.logical_and.reduce([dates, *(mask for other, mask in passes.items() if other != name)])
    return Filtered(kept, counted)


def _passes(name: FacetName, keys: tuple[str, ...], found: Found, columns: SnapshotColumns, request: Request) -> Mask:
    if name == "mots":
        return (found.complete & (ALL_WORDS in keys)) | (~found.complete & (SOME_WORDS in keys))
    return _column(name, request, columns).mask(keys, found.ids)


def _dates(found: Found, columns: SnapshotColumns, request: Request) -> Mask:
    if request.since is None and request.until is None:
        return np.ones(len(found.ids), bool)
    first = request.since.toordinal() if request.since else None
    last = request.until.toordinal() if request.until else None
    return columns.within(first, last)[found.ids]


def facets(found: Found, passed: Filtered, columns: SnapshotColumns, request: Request) -> tuple[Facet, ...]:
    """The facets as shown: chosen values stay visible at zero, "unknown" stands last."""
    shared = columns.chosen(found.kept(passed.kept).ids)
    shown = []
    for name in FACETS:
        mask = passed.counted[name]
        docs = shared if mask is passed.kept or name == "mots" else columns.chosen(found.ids.compress(mask))
        shown.append(_facet(name, found.complete.compress(mask), docs, columns, request))
    return telling(shown)


def _facet(name: FacetName, complete: Mask, docs: Chosen, columns: SnapshotColumns, request: Request) -> Facet:
    chosen = request.filters.get(name, ())
    if name == "mots":
        every = int(complete.sum())
        counted = words_found(every, len(complete) - every)
        labels = WORDS
    else:
        column = _column(name, request, columns)
        counts = column.count(docs)
        there = np.flatnonzero(counts)
        values = [column.values[n] for n in there.tolist()]
        counted = {value.key: (value.label, n) for value, n in zip(values, counts[there].tolist(), strict=True)}
        labels = {
            key: label for key in chosen if (label := columns.facets["theme-found" if name == "theme" else name].label(key))
        }
    return facet(name, counted, chosen, labels)
