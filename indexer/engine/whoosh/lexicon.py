"""What an opened index knows of its words: made at the first question that needs it, for one generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from indexer.analysis import Token, tokens
from indexer.deletions import Corrector
from indexer.engine.whoosh.phrases import phrase_places
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.segments import Placed
from indexer.lemmas import is_listed
from indexer.query import Words
from indexer.stop_words import STOP_WORDS
from indexer.synonyms import Synonyms

_SHORTEST_HALF = 3
_MOST_GLUED = 4
_GLUED_RARITY = 10
"""A word that is two others stuck together is so many times rarer than the one looked for."""


class IndexLexicon:
    """The lexicon of one snapshot, as `indexer.understanding` asks for it."""

    def __init__(self, reader: PostingsReader, segments: Sequence[Placed], synonyms: Synonyms) -> None:
        self._reader = reader
        self._segments = segments
        self._synonyms = synonyms

    @cached_property
    def synonyms(self) -> Synonyms:
        return self._synonyms.with_learnt(pair for placed in self._segments for pair in placed.segment.columns.acronyms)

    def knows(self, token: Token) -> bool:
        return self.has_form(token.form) or (is_listed(token.form) and self._reader.has("text", token.term))

    def has_form(self, form: str) -> bool:
        return self._reader.has("form", form)

    def correct(self, form: str) -> str | None:
        return self._corrector.correct(form)

    def cut(self, form: str) -> tuple[tuple[str, str], ...]:
        return self._reader.kept(("cut", form), lambda: tuple(self._cut(form)))  # type: ignore[no-any-return]

    def _cut(self, form: str) -> Iterator[tuple[str, str]]:
        for at in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1):
            left, right = form[:at], form[at:]
            if self.has_form(left) and self.has_form(right) and self._stand_together(f"{left} {right}"):
                yield left, right

    def _stand_together(self, text: str) -> bool:
        return len(phrase_places(self._reader, Words(text, tuple(tokens(text))), "text").docs) > 0

    def glued(self, form: str) -> tuple[str, ...]:
        return tuple(self._glued.get(form, ())[:_MOST_GLUED])

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many dossiers have each word, as written."""
        counts: dict[str, int] = defaultdict(int)
        for form, count in self._reader.terms("form"):
            counts[form] += count
        return counts

    @cached_property
    def _corrector(self) -> Corrector:
        """Stop words are words too: "cmoment" is "comment", not "moment"."""
        counts = {**self._counts} | dict.fromkeys(STOP_WORDS, len(self._counts))
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
