"""The words of whole dossiers, read from the store and analysed on this side: what the cluster cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from indexer.analysis import Token
from indexer.engine.document import Record
from indexer.engine.nearby import Files, Windows, files
from indexer.engine.occurrences import Ints, Occurrences, gathered
from indexer.engine.opensearch.counting import candidates
from indexer.engine.opensearch.shapes import Clause
from indexer.engine.opensearch.snapshot import HeldSnapshot, read_card
from indexer.engine.opensearch.walking import BY_ID, walk
from indexer.engine.standing import Placed
from indexer.errors import TooManyDossiers
from indexer.highlight import Text
from indexer.language import gettext
from indexer.model import Card, Part, PartReader
from indexer.query import Leaf
from indexer.stream import STOP, NamedVocabulary

MOST_READ = 20_000
"""Dossiers whose texts are read for one answer."""
_AT_ONCE = 200
MOST_SPELLINGS = 500_000
"""Of a vocabulary that is kept for the next answer."""


class Words(Placed):
    """The words of the texts of a dossier, numbered by `vocabulary`; `length` is the position after the last one."""

    def __init__(self, record: Record, read_part: PartReader, vocabulary: NamedVocabulary) -> None:
        streams = [vocabulary.stream(read_part(part.text_key, part.page)) for part in record.parts]
        nothing = np.empty(0, np.int64)
        placed = zip(streams, record.starts, strict=True)
        self.positions: Ints = np.concatenate([nothing, *(stream.positions.astype(np.int64) + start for stream, start in placed)])
        self._forms = np.concatenate([nothing.astype(np.int32), *(stream.forms for stream in streams)])
        self.is_stop = np.concatenate([nothing, *(stream.kinds for stream in streams)]) == STOP
        self.terms = vocabulary.terms_of(self._forms)
        self.length = record.starts[-1] + streams[-1].length if streams else 0
        self._vocabulary = vocabulary

    def at(self, token: Token) -> set[int]:
        known = self._vocabulary.forms if token.stop else self._vocabulary.terms
        number = known.get(token.form if token.stop else token.term, -1)
        here = (self._forms if token.stop else self.terms) == number
        return set(self.positions[here & (self.is_stop == token.stop)].tolist())

    def starting(self, prefix: str) -> set[int]:
        names = self._vocabulary.form_names
        known = [form for form in np.unique(self._forms[~self.is_stop]).tolist() if names[form].startswith(prefix)]
        return set(self.positions[~self.is_stop & np.isin(self._forms, known)].tolist())

    def terms_in(self, windows: Windows) -> tuple[list[int], list[int]]:
        """The terms in some windows by their numbers, stop words left out, and how often each is there."""
        kept = windows.hold(self.positions)
        kept = kept[~self.is_stop[kept]]
        terms, counts = np.unique(np.unique(np.stack([self.terms[kept], self.positions[kept]]), axis=1)[0], return_counts=True)
        return terms.tolist(), counts.tolist()


class Told(NamedTuple):
    """A dossier with its words, and the values of a column that were asked for."""

    card: Card
    record: Record
    words: Words
    values: tuple[int, ...] = ()

    def occurrences(self, leaves: list[Leaf]) -> Occurrences:
        """Where some leaves begin; the dossier bears the number 0."""
        places = [np.array(sorted(self.words.of(leaf)), np.int64) for leaf in leaves]
        return gathered([(np.zeros(len(found), np.int64), found) for found in places], leaves)

    def files(self) -> Files:
        """The files of the dossier, under the number 0."""
        return files([(0, self.record, self.words.length)])


class Texts:
    """The texts of one state of the index, read for one answer."""

    def __init__(self, held: HeldSnapshot, read_part: PartReader, vocabulary: NamedVocabulary) -> None:
        self.held = held
        self.vocabulary = vocabulary
        self._read_part = read_part

    def read(self, part: Part) -> Text:
        """The text of a part."""
        return self.held.text(part, self._read_part)

    def told(self, card: Card, record: Record) -> Told:
        """A dossier with its words."""
        return Told(card, record, Words(record, self._read_part, self.vocabulary))

    def each(self, leaves: list[Leaf], within: Clause, sort: list[Clause] = BY_ID, column: str = "") -> Iterator[Told]:
        """The dossiers that have one of some leaves, be it in their facts alone, with the values of a column.

        Raises `TooManyDossiers`.
        """
        query = candidates(leaves, within)
        there = self.held.count(query)
        if there > MOST_READ:
            raise _too_many(there)
        more = {"docvalue_fields": [column]} if column else {}
        for hit in walk(self.held, query, sort, _AT_ONCE, _source=["card", "record"], **more):
            told = self.told(read_card(hit), msgspec.convert(hit["_source"]["record"], Record))
            yield told._replace(values=tuple(hit.get("fields", {}).get(column, ())))


def _too_many(there: int) -> TooManyDossiers:
    return TooManyDossiers(
        gettext(
            "%(there)s dossiers ont cette expression. Pour répondre, leurs textes sont à lire, ce qui se fait pour %(most)s "
            "dossiers au plus. Ajoutez des filtres (dates, lieux, thèmes), ou demandez les lignes par dossier ou par date.",
            there=there,
            most=MOST_READ,
        )
    )
