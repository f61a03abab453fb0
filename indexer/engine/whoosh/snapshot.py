"""One generation of the index, opened: what a query matches in it, and what is stored of each dossier.

Not safe to share between threads by itself (Whoosh's matchers share file positions): the engine holds a lock around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from whoosh import index as whoosh_index
from whoosh.searching import Searcher

from indexer.engine.whoosh.generations import REBUILD, Current
from indexer.engine.whoosh.passages import Occurrence
from indexer.engine.whoosh.schema import FacetRecord, Record
from indexer.engine.whoosh.translate import translate
from indexer.errors import IndexDamaged, UnknownDossier
from indexer.model import Card
from indexer.query import And, Leaf, Words

Facets = dict[int, FacetRecord]


class Snapshot:
    """An opened index. `facets` holds the facet record of every dossier by document number."""

    def __init__(self, folder: Path, current: Current, before: Snapshot | None = None) -> None:
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

    def match(self, tree: And) -> dict[int, float]:
        """Every document number that matches, with its score (0 when there is nothing to score by)."""
        if not tree.nodes:
            return dict.fromkeys(self.facets, 0.0)
        query = translate(tree)
        return dict(self._scored(query))

    def _scored(self, query: Any) -> Iterator[tuple[int, float]]:
        for searcher, offset in self._searcher.leaf_searchers():
            matcher = query.matcher(searcher, self._searcher.context())
            while matcher.is_active():
                yield offset + matcher.id(), matcher.score()
                matcher.next()

    def docnum(self, dossier_id: str) -> int:
        """The number of a dossier. Raises `UnknownDossier`."""
        docnum = self._docnums.get(dossier_id)
        if docnum is None:
            raise UnknownDossier(f"Aucun dossier n’a l’identifiant « {dossier_id} ». Cherchez-le par ses mots.")
        return docnum

    def card(self, docnum: int) -> Card:
        return msgspec.json.decode(self._searcher.stored_fields(docnum)["card"], type=Card)

    def record(self, docnum: int) -> Record:
        return msgspec.json.decode(self._searcher.stored_fields(docnum)["record"], type=Record)

    def occurrences(self, docnum: int, leaves: list[Leaf]) -> Iterator[Occurrence]:
        """Where the leaves of a query stand in one dossier's text."""
        for number, leaf in enumerate(leaves):
            if leaf.field not in ("texte", "titre"):
                continue
            if isinstance(leaf, Words):
                weight = sum(self._searcher.idf("text", term) for term in leaf.terms)
                for first in self._sequence(docnum, leaf.terms):
                    yield Occurrence(first, first + len(leaf.terms) - 1, number, weight)
            else:
                for position in self._beginning(docnum, leaf.form):
                    yield Occurrence(position, position, number, 1.0)

    def _sequence(self, docnum: int, terms: tuple[str, ...]) -> Iterator[int]:
        """The positions from which `terms` follow each other."""
        rest = [set(self._positions("text", term, docnum)) for term in terms[1:]]
        for first in self._positions("text", terms[0], docnum):
            if all(first + distance in positions for distance, positions in enumerate(rest, 1)):
                yield first

    def _beginning(self, docnum: int, form: str) -> Iterator[int]:
        for word in self._searcher.reader().expand_prefix("form", form):
            yield from self._positions("form", word.decode(), docnum)

    def _positions(self, field: str, word: str, docnum: int) -> list[int]:
        searcher, offset = next(leaf for leaf in reversed(self._searcher.leaf_searchers()) if docnum >= leaf[1])
        local = docnum - offset
        if (field, word) not in searcher.reader():
            return []
        matcher = searcher.postings(field, word)
        if matcher.is_active() and matcher.id() < local:
            matcher.skip_to(local)
        return list(matcher.value_as("positions")) if matcher.is_active() and matcher.id() == local else []
