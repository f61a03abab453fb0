"""Dossiers to segments, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.engine.whoosh.codec import ArraySegment
from indexer.engine.whoosh.segment_builder import SegmentBuilder
from indexer.engine.writing import cores, written
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier


class SegmentWriter:
    """Collects dossiers; writes a segment whenever the memory is used up."""

    def __init__(self, folder: Path, themes: Themes, memory_mb: int) -> None:
        self._folder = folder
        self._themes = themes
        self._bytes = memory_mb << 20
        self._builder = SegmentBuilder(themes)
        self._segments: list[ArraySegment] = []

    def add(self, dossiers: Iterable[Dossier]) -> None:
        for dossier in dossiers:
            self._builder.add(dossier)
            if self._builder.bytes > self._bytes:
                self._flush()

    def _flush(self) -> None:
        """Write what is collected."""
        if len(self._builder):
            segment = ArraySegment(len(self._builder))
            self._builder.write(self._folder / segment.file_name)
            self._segments.append(segment)
            self._builder = SegmentBuilder(self._themes)

    def finished(self) -> list[ArraySegment]:
        self._flush()
        return self._segments


def write_segments(folder: Path, dossiers: Iterable[Dossier], themes: Themes, memory_mb: int) -> list[ArraySegment]:
    """The dossiers as segments, in memory bounded by `memory_mb` for all processes together. Raises `OSError`, `MemoryError`."""

    def here() -> SegmentWriter:
        return SegmentWriter(folder, themes, memory_mb)

    given = (folder, themes, memory_mb // cores())
    made = written(dossiers, here, "indexer.engine.whoosh.segment_worker", given)
    return [segment for segments in made for segment in segments]
