"""From dossiers to a segment: words are collected by number, field by field, then inverted at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engine.common_words import CommonWords
from indexer.engine.document import Row, document, split_kinds
from indexer.engine.whoosh.array_file import ArrayWriter
from indexer.engine.whoosh.columns import columns_of, write_columns
from indexer.engine.whoosh.common_file import write_common
from indexer.engine.whoosh.field_buffer import FieldBuffer, lengths
from indexer.engine.whoosh.field_file import FieldWriter
from indexer.engine.whoosh.forward import write_forward
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier
from indexer.stream import Stream, Vocabulary

STEMS, FORMS, KEYS = ("text", "title", "theme", "place"), ("form", "stop"), ("day", "id")
FIELDS = (*STEMS, *FORMS, *KEYS)
"""The fields: of stems and of folded words with their positions, of keys without."""

_ROW_BYTES = 500
_INVERTING = 4
"""Inverting takes so many times the memory of the words."""


class SegmentBuilder:
    """Collects dossiers. `bytes` is about the memory that writing them will take."""

    def __init__(self, themes: Themes, words: Vocabulary | None = None) -> None:
        self._themes = themes
        self._words = words or Vocabulary()
        self._fields = {name: FieldBuffer(placed=name not in KEYS) for name in FIELDS}
        self._keys: dict[str, int] = {}
        self._rows: list[Row] = []
        self._common = CommonWords(self._words)
        self._row_bytes = 0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def bytes(self) -> int:
        return self._row_bytes + _INVERTING * sum(field.bytes for field in self._fields.values())

    def add(self, dossier: Dossier) -> None:
        """One more dossier."""
        made = document(dossier, self._themes, self._words)
        self._add_running(made.running)
        for name, stream in (("title", made.title), ("theme", made.theme), ("place", made.place)):
            self._fields[name].add(self._words.terms_of(stream.forms), stream.positions)
        for name, keys in (("day", made.days), ("id", (made.row.id,))):
            self._fields[name].add(np.array([self._keys.setdefault(key, len(self._keys)) for key in keys], np.int32))
        self._rows.append(made.row)
        self._row_bytes += len(made.row.card) + len(made.row.record) + _ROW_BYTES

    def _add_running(self, running: Stream) -> None:
        (forms, positions), (stops, stop_positions) = split_kinds(running)
        self._fields["text"].add(self._words.terms_of(forms), positions)
        self._fields["form"].add(forms, positions)
        self._fields["stop"].add(stops, stop_positions)
        self._common.add(running)

    def write(self, path: Path) -> None:
        """Write the segment to a file."""
        writer = ArrayWriter(path)
        try:
            for name in FIELDS:
                self._write_field(writer, path.parent, name)
            write_columns(writer, columns_of(self._rows))
            write_common(writer, self._common.found())
            writer.close()
        except BaseException:
            writer.abandon()
            raise

    def _write_field(self, writer: ArrayWriter, folder: Path, name: str) -> None:
        names = self._keys if name in KEYS else self._words.terms if name in STEMS else self._words.forms
        inverted = self._fields.pop(name).inverted(list(names))
        with FieldWriter(folder) as field:
            field.add(inverted)
            field.close(writer, name, lengths(inverted, len(self._rows)))
        if name == "text":
            write_forward(writer, inverted, np.array([row.head for row in self._rows], np.int64))
