"""What an opened index knows of its words: made at the first question that needs it, for one generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from indexer import ranking
from indexer.analysis import Token, term_of
from indexer.deletions import Corrector
from indexer.engine.whoosh.schema import FacetRecord
from indexer.lemmas import is_listed
from indexer.stop_words import STOP_WORDS
from indexer.synonyms import Synonyms

_SHORTEST_HALF = 3
_GLUED_RARITY = 10
"""A word that is two others stuck together is so many times rarer than the one looked for."""


class IndexLexicon:
    """The lexicon of one snapshot, as `indexer.understanding` asks for it."""

    def __init__(self, reader: Any, records: Iterable[FacetRecord], synonyms: Synonyms) -> None:
        self._reader = reader
        self._records = records
        self._synonyms = synonyms

    @cached_property
    def synonyms(self) -> Synonyms:
        return self._synonyms.with_learnt(pair for record in self._records for pair in record.acronyms)

    def knows(self, token: Token) -> bool:
        return self.has_form(token.form) or (("text", token.term) in self._reader and is_listed(token.form))

    def has_form(self, form: str) -> bool:
        return ("form", form) in self._reader

    def correct(self, form: str) -> str | None:
        return self._corrector.correct(form)

    def cut(self, form: str) -> Iterator[tuple[str, str]]:
        for at in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1):
            left, right = form[:at], form[at:]
            if ("pair", next(ranking.pairs([term_of(left), term_of(right)]))) in self._reader:
                yield left, right

    def glued(self, form: str) -> tuple[str, ...]:
        return tuple(self._glued.get(form, ()))

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many dossiers have each word, as written."""
        terms = self._reader.iter_field("form")
        return {word.decode(): info.doc_frequency() for word, info in terms}

    @cached_property
    def _corrector(self) -> Corrector:
        """Stop words are words too: "cmoment" is "comment", not "moment"."""
        counts = self._counts | dict.fromkeys(STOP_WORDS, len(self._counts))
        return Corrector(list(counts), list(counts.values()))

    @cached_property
    def _glued(self) -> dict[str, list[str]]:
        """By word, those in which it is stuck to a stop word ("lesquartiers"): no other form of the index, and rare."""
        found: dict[str, list[str]] = defaultdict(list)
        heads = tuple(sorted((word for word in STOP_WORDS if 1 < len(word) < 5), key=len, reverse=True))
        for form, count in self._counts.items():
            for head in (head for head in heads if form.startswith(head)):
                rest = form[len(head) :]
                if len(rest) > _SHORTEST_HALF and self._counts.get(rest, 0) >= _GLUED_RARITY * count:
                    found[rest].append(form)
        return found
