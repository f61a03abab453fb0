"""One generation of the index, opened: its postings, and what is stored of each dossier.

Not safe to share between threads by itself (Whoosh's matchers share file positions): the engine holds a lock around it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import msgspec
from whoosh import index as whoosh_index
from whoosh.searching import Searcher

from indexer.engine.whoosh.generations import REBUILD, Current
from indexer.engine.whoosh.lexicon import IndexLexicon
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.schema import FacetRecord, Record
from indexer.engine.whoosh.suggestions import suggestions
from indexer.errors import IndexDamaged, UnknownDossier
from indexer.model import Card
from indexer.suggesting import Suggester
from indexer.synonyms import Synonyms

Facets = dict[int, FacetRecord]


class Snapshot:
    """An opened index. `facets` holds the facet record of every dossier by document number."""

    def __init__(self, folder: Path, current: Current, synonyms: Synonyms, before: Snapshot | None = None) -> None:
        """Open the index in `folder`; segments that `before` has too are not loaded again. Raises `IndexDamaged`."""
        self.current = current
        try:
            self._searcher: Searcher = whoosh_index.open_dir(str(folder)).searcher()
            self._by_segment: dict[str, Facets] = {}
            self.facets: Facets = {}
            for searcher, offset in self._searcher.leaf_searchers():
                self._load(searcher, offset, before)
        except FileNotFoundError:
            raise
        except Exception as error:  # Whoosh raises whatever a damaged file makes it stumble on
            raise IndexDamaged(f"L’index de « {folder} » est abîmé ({type(error).__name__}: {error}). {REBUILD}") from error
        self.postings = PostingsReader(self._searcher.reader())
        self.lexicon = IndexLexicon(self._searcher.reader(), self.facets.values(), synonyms)
        self._docnums = {record.id: docnum for docnum, record in self.facets.items()}

    def _load(self, searcher: Searcher, offset: int, before: Snapshot | None) -> None:
        reader = searcher.reader()
        segment = reader.segment().segment_id() if reader.segment() else ""  # an empty index has no segment
        known = before._by_segment.get(segment) if before else None
        if known is None:
            decode = msgspec.json.Decoder(FacetRecord).decode
            known = {docnum: decode(reader.stored_fields(docnum)["facets"]) for docnum in reader.all_doc_ids()}
        self._by_segment[segment] = known
        self.facets.update((offset + docnum, known[docnum]) for docnum in reader.all_doc_ids())

    def close(self) -> None:
        self._searcher.close()

    def has(self, dossier_id: str) -> bool:
        return dossier_id in self._docnums

    def docnum(self, dossier_id: str) -> int:
        """The number of a dossier. Raises `UnknownDossier`."""
        docnum = self._docnums.get(dossier_id)
        if docnum is None:
            raise UnknownDossier(f"Aucun dossier n’a l’identifiant « {dossier_id} ». Cherchez-le par ses mots.")
        return docnum

    def card(self, docnum: int) -> Card:
        return msgspec.json.decode(self._searcher.stored_fields(docnum)["card"], type=Card)

    @cached_property
    def suggester(self) -> Suggester:
        """Made at the first suggestion of a generation."""
        return Suggester(suggestions(self.facets.values(), (self.record(docnum) for docnum in self.facets)))

    def record(self, docnum: int) -> Record:
        return msgspec.json.decode(self._searcher.stored_fields(docnum)["record"], type=Record)
