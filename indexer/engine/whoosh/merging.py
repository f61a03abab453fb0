"""Several segments made one, without the documents that are deleted, in bounded memory: some terms at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.common_words import merged_common
from indexer.engine.whoosh.array_file import ArrayFile, ArrayWriter
from indexer.engine.whoosh.columns import joined, kept_columns, write_columns
from indexer.engine.whoosh.common_file import read_common, write_common
from indexer.engine.whoosh.field_file import FieldFile, FieldWriter, Ints, Inverted
from indexer.engine.whoosh.forward import merge_forward
from indexer.engine.whoosh.segment_builder import FIELDS

_AT_ONCE = 2_000_000
"""Words whose positions are in memory at once."""


class Source(NamedTuple):
    """A segment to be merged: which of its documents are kept."""

    file: ArrayFile
    live: NDArray[np.bool_]


def merge_segments(sources: Sequence[Source], path: Path) -> int:
    """Write the documents that are kept to a new segment, in order; how many they are. Raises `IndexDamaged`, `OSError`."""
    writer = ArrayWriter(path)
    try:
        for name in FIELDS:
            numbers = _merge_field(sources, name, writer, path.parent)
            if name == "text":
                merge_forward(writer, [one.file for one in sources], [one.live for one in sources], numbers)
        write_columns(writer, joined([kept_columns(source.file, source.live) for source in sources]))
        write_common(writer, merged_common([read_common(source.file) for source in sources]))
        writer.close()
    except BaseException:
        writer.abandon()
        path.unlink(missing_ok=True)
        raise
    return int(sum(source.live.sum() for source in sources))


def _merge_field(sources: Sequence[Source], name: str, writer: ArrayWriter, folder: Path) -> list[Ints]:
    """Write one field; the new number of each term of each segment, -1 of those that no document has any more."""
    fields = [FieldFile(source.file, name) for source in sources]
    renumbered = list(_renumbered(sources))
    size = 0
    numbers: list[list[Ints]] = [[np.empty(0, np.int64)] for _ in sources]
    with FieldWriter(folder) as field:
        for bounds in _bounds(fields):
            parts = [one.inverted(first, last) for one, (first, last) in zip(fields, bounds, strict=True)]
            parts = [_renumber(part, ids) for part, ids in zip(parts, renumbered, strict=True)]
            terms = sorted({term for part in parts for term, df in zip(part.terms, part.df.tolist(), strict=True) if df})
            places = _places(parts, terms)
            field.add(_merged(parts, terms, places))
            for found, place in zip(numbers, places, strict=True):
                found.append(np.where(place < 0, place, place + size))
            size += len(terms)
        lengths = np.concatenate([one.lengths[source.live] for one, source in zip(fields, sources, strict=True)])
        field.close(writer, name, lengths)
    return [np.concatenate(found) for found in numbers]


def _renumbered(sources: Sequence[Source]) -> Iterator[Ints]:
    """The new id of each document of each segment, -1 of those that go."""
    begin = 0
    for source in sources:
        yield np.where(source.live, begin + np.cumsum(source.live) - 1, -1)
        begin += int(source.live.sum())


def _bounds(fields: Sequence[FieldFile]) -> Iterator[list[tuple[int, int]]]:
    """Spans of terms, the same terms in every field, that hold about `_AT_ONCE` words together."""
    largest = max(fields, key=lambda field: field.size)
    share = max(1, _AT_ONCE // len(fields))
    lots = np.cumsum(largest.totals(0, largest.size), dtype=np.int64) // share
    cuts = (np.flatnonzero(np.diff(lots)) + 1).tolist()
    firsts = [0] * len(fields)
    for cut in [*cuts, None]:
        term = None if cut is None else next(largest.terms(cut, cut + 1))
        lasts = [field.size if term is None else field.first_from(term) for field in fields]
        yield list(zip(firsts, lasts, strict=True))
        firsts = lasts


def _renumber(part: Inverted, ids: Ints) -> Inverted:
    """The posting lists with new ids, without the documents that go; a term may be left with none."""
    new = ids[part.ids]
    kept = new >= 0
    if kept.all():
        return part._replace(ids=new)
    term = np.repeat(np.arange(len(part.df)), part.df)[kept]
    places = None if part.places is None else part.places[np.repeat(kept, part.counts)]
    return Inverted(part.terms, np.bincount(term, minlength=len(part.df)), new[kept], part.counts[kept], places)


def _places(parts: Sequence[Inverted], terms: Sequence[bytes]) -> list[Ints]:
    """Where each term of each part stands in `terms`, -1 of one that does not."""
    numbers = {term: number for number, term in enumerate(terms)}
    return [np.array([numbers.get(term, -1) for term in part.terms], np.int64) for part in parts]


def _merged(parts: Sequence[Inverted], terms: list[bytes], places_of: Sequence[Ints]) -> Inverted:
    """Posting lists of several segments, in the order of the segments."""
    keys = np.concatenate([np.repeat(places, part.df) for part, places in zip(parts, places_of, strict=True)])
    order = np.argsort(keys, kind="stable")
    counts = np.concatenate([part.counts for part in parts])
    df = np.bincount(keys, minlength=len(terms))
    placed = [part.places for part in parts if part.places is not None]
    places = _moved(np.concatenate(placed), counts, order) if placed else None
    return Inverted(terms, df, np.concatenate([part.ids for part in parts])[order], counts[order], places)


def _moved(places: Ints, counts: Ints, order: Ints) -> Ints:
    """The runs of places of the postings, in another order."""
    begins, sizes = (np.cumsum(counts) - counts)[order], counts[order]
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return places[np.repeat(begins, sizes) + within]
