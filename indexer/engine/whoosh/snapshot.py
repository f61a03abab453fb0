"""One generation of the index, opened: its postings, and what is kept of each dossier. It never changes: threads share it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from indexer.engine.document import Record
from indexer.engine.whoosh.facet_columns import SnapshotColumns
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.generations import Current
from indexer.engine.whoosh.lexicon import IndexLexicon
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.segments import OpenSegment, Placed, open_segments, placed, read_toc
from indexer.engine.whoosh.suggestions import suggestions
from indexer.engine.whoosh.term_counts import numbered
from indexer.errors import UnknownDossier
from indexer.language import gettext
from indexer.model import Card
from indexer.suggesting import Suggester
from indexer.synonyms import Synonyms
from indexer.understanding import Understood, understand


class Snapshot:
    """An opened index."""

    def __init__(self, folder: Path, current: Current, synonyms: Synonyms, before: Snapshot | None = None) -> None:
        """Open the index in `folder`; segments that `before` has too are shared. Raises `FileNotFoundError`, `IndexDamaged`."""
        self.current = current
        listed = read_toc(folder, current.toc)
        self._opened: dict[Path, OpenSegment] = open_segments(folder, listed, before._opened if before else {})
        self._segments = placed(listed, self._opened.values())
        self.postings = PostingsReader(self._segments)
        self.columns = SnapshotColumns(self._segments, self.postings.live)
        self.lexicon = IndexLexicon(self.postings, self._segments, synonyms)

    def understood(self, query: str, correct: bool = True) -> Understood:
        """What a query asks of this index; that of a query asked again is kept."""
        key = ("understood", query, correct)
        return self.postings.kept(key, lambda: understand(query, self.lexicon, correct=correct))  # type: ignore[no-any-return]

    def docnum(self, dossier_id: str) -> int:
        """The number of a dossier. Raises `UnknownDossier`."""
        found = self.postings.postings("id", dossier_id).ids
        if not len(found):
            raise UnknownDossier(gettext("Aucun dossier n’a l’identifiant « %(id)s ». Cherchez-le par ses mots.", id=dossier_id))
        return int(found[0])

    def has(self, dossier_id: str) -> bool:
        return len(self.postings.postings("id", dossier_id).ids) > 0

    def id(self, docnum: int) -> str:
        """The identifier of a dossier."""
        segment, doc = self._at(docnum)
        return segment.ids.of(doc).decode()

    def id_ranks(self, docs: Ints, few: int) -> Ints:
        """Numbers in the order of the identifiers of `docs`; more than `few` are looked up in the order of all."""
        if len(docs) > few:
            return self._id_ranks[docs]
        return _ranks([self.id(doc) for doc in docs.tolist()])

    @cached_property
    def _id_ranks(self) -> Ints:
        return _ranks([id.decode() for one in self._segments for id in one.segment.ids.all()])

    def card(self, docnum: int) -> Card:
        segment, doc = self._at(docnum)
        return msgspec.json.decode(segment.cards.of(doc), type=Card)

    def record(self, docnum: int) -> Record:
        segment, doc = self._at(docnum)
        return msgspec.json.decode(segment.records.of(doc), type=Record)

    @cached_property
    def suggester(self) -> Suggester:
        """Made at the first suggestion of a generation."""
        return Suggester(suggestions(self))

    @cached_property
    def term_numbers(self) -> list[Ints]:
        """One numbering of the terms of the texts, by segment; made when words are first counted in a generation."""
        return numbered(self._segments)

    @property
    def segments(self) -> list[Placed]:
        return self._segments

    def _at(self, docnum: int) -> tuple[OpenSegment, int]:
        for one in reversed(self._segments):
            if docnum >= one.base:
                return one.segment, docnum - one.base
        raise IndexError(docnum)


def _ranks(ids: list[str]) -> Ints:
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks
