"""Writing the index: dossiers to segments, segments merged, and the commit that makes them the index in use.

What is new is first written whole beside what is in use; naming its table of contents in `current.json` is the one step that
switches. Killed before it, nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.durable import copied
from indexer.engine.contract import BuildFacts
from indexer.engine.whoosh import generations
from indexer.engine.whoosh.array_file import ArrayFile
from indexer.engine.whoosh.codec import ArraySegment
from indexer.engine.whoosh.field_file import FieldFile
from indexer.engine.whoosh.merging import Source, merge_segments
from indexer.engine.whoosh.segment_writing import write_segments
from indexer.engine.whoosh.segments import read_toc, sweep, write_toc
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier

MOST_SEGMENTS = 8
"""With more segments than that the smallest ones are merged."""
MOST_DELETED = 0.1
"""A segment that has lost a larger share of its documents is written anew."""
MOST_BYTES = 1 << 32
"""Segments larger than that together stay apart: so none has more words than its offsets can count, each takes a byte."""


def rebuild(index: Path, dossiers: Iterable[Dossier], themes: Themes, memory_mb: int, facts: BuildFacts) -> None:
    """Build a whole new index beside the one in use, then switch to it."""
    generation = generations.last_generation(index) + 1
    folder = generations.new_folder(index, generation)
    try:
        segments = _whole(folder, write_segments(folder, dossiers, themes, memory_mb))
        toc = write_toc(folder, segments, generation)
    except BaseException:
        generations.discard(folder)
        raise
    generations.write_current(index, folder.name, toc, generation, facts)
    sweep(folder, segments, generation)
    generations.remove_other_folders(index, keep=folder.name)


def update(
    index: Path, changed: Iterable[Dossier], removed: Iterable[str], themes: Themes, memory_mb: int, facts: BuildFacts
) -> None:
    """Add or replace dossiers and remove others, in one commit."""
    current = generations.read_current(index)
    folder, generation = index / current.folder, current.generation + 1
    before = read_toc(folder, current.toc)
    sweep(folder, before, current.toc.generation)  # what an interrupted update left
    try:
        gone = list(removed)
        new = write_segments(folder, _noted(changed, gone), themes, memory_mb)
        _delete(folder, before, gone)
        segments = _merged(folder, [*before, *new])
        toc = write_toc(folder, segments, generation)
    except BaseException:
        sweep(folder, before, current.toc.generation)
        raise
    generations.write_current(index, current.folder, toc, generation, facts)
    sweep(folder, segments, generation)
    generations.remove_other_folders(index, keep=current.folder)


def adopt(index: Path, source: Path) -> int:
    """Make a copy of the index in `source` the next generation of the index, whose number it gives."""
    known = generations.read_current(source)
    generation = max(generations.last_generation(index), known.generation) + 1
    folder = generations.new_folder(index, generation)
    try:
        for path in (source / known.folder).iterdir():
            copied(path, folder / path.name)
    except BaseException:
        generations.discard(folder)
        raise
    generations.write_current(index, folder.name, known.toc, generation, known.facts, known.built_at)
    generations.remove_other_folders(index, keep=folder.name)
    return generation


def tidy(index: Path) -> None:
    """Clear what writings that were killed have left."""
    current = generations.read_current(index)
    folder = index / current.folder
    sweep(folder, read_toc(folder, current.toc), current.toc.generation)
    generations.remove_other_folders(index, keep=current.folder)


def _noted(dossiers: Iterable[Dossier], ids: list[str]) -> Iterable[Dossier]:
    """The dossiers, their identifiers noted."""
    for dossier in dossiers:
        ids.append(dossier.card.id)
        yield dossier


def _delete(folder: Path, segments: list[ArraySegment], ids: Iterable[str]) -> None:
    """Mark dossiers as deleted."""
    fields = [(segment, FieldFile(ArrayFile(folder / segment.file_name), "id")) for segment in segments]
    for dossier_id in ids:
        for segment, field in fields:
            number = field.number(dossier_id.encode())
            if number is not None:
                for doc in field.postings(number)[0].tolist():
                    segment.delete_document(doc)


def _whole(folder: Path, segments: list[ArraySegment]) -> list[ArraySegment]:
    """The segments as one, which is searched fastest; as several when they are too large together."""
    groups: list[list[ArraySegment]] = [[]]
    for segment in segments:
        if not _fit(folder, [*groups[-1], segment]):
            groups.append([])
        groups[-1].append(segment)
    return [merge(folder, group) if len(group) > 1 else group[0] for group in groups if group]


def _fit(folder: Path, segments: Iterable[ArraySegment]) -> bool:
    return sum((folder / segment.file_name).stat().st_size for segment in segments) <= MOST_BYTES


def _merged(folder: Path, segments: list[ArraySegment]) -> list[ArraySegment]:
    """The segments without those that are empty, those with many deletions written anew, the smallest ones merged."""
    segments = [segment for segment in segments if segment.doc_count()]
    segments = [merge(folder, [one]) if one.deleted_count() > MOST_DELETED * one.doc_count_all() else one for one in segments]
    while len(segments) > MOST_SEGMENTS:
        smallest = sorted(segments, key=ArraySegment.doc_count)
        together = smallest[: _how_many([segment.doc_count() for segment in smallest])]
        while not _fit(folder, together):
            together.pop()
        if len(together) < 2:
            break
        place = min(segments.index(segment) for segment in together)
        merged = merge(folder, [segment for segment in segments if segment in together])
        rest = [segment for segment in segments if segment not in together]
        segments = [*rest[:place], merged, *rest[place:]]
    return segments


def _how_many(sizes: list[int]) -> int:
    """How many of the segments, smallest first, are merged: each no larger than all the smaller ones together, at least two.

    So a document is written anew a number of times that grows as the logarithm of the index.
    """
    together = sizes[0] + sizes[1]
    many = 2
    while many < len(sizes) and sizes[many] <= together:
        together += sizes[many]
        many += 1
    return many


def merge(folder: Path, segments: list[ArraySegment]) -> ArraySegment:
    """Write the documents of some segments that are not deleted as one segment beside them."""
    segment = ArraySegment(sum(one.doc_count() for one in segments))
    merge_segments([Source(ArrayFile(folder / one.file_name), one.live()) for one in segments], folder / segment.file_name)
    return segment
