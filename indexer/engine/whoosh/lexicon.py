"""What an opened index knows of its words: made at the first question that needs it, for one generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from indexer.analysis import Token, tokens
from indexer.deletions import Corrector, nearest
from indexer.engine.whoosh.phrases import phrase_places
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.segments import Placed
from indexer.lemmas import is_listed
from indexer.query import Words
from indexer.stop_words import STOP_WORDS
from indexer.synonyms import Synonyms

_SHORTEST_HALF = 3
_HEADS = "au aux avec ce ces dans de des du en et la le les leur par pour que qui sa se ses son sur un une".split()
"""Stop words that texts stick to the next word."""
_EVERYWHERE = 1 << 40
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
        """Stop words are words too: "cmoment" is "comment", not "moment"."""
        return nearest(form, [_stop_words(), *(placed.segment.corrector for placed in self._segments)])

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
        """Those in which the word is stuck to a stop word ("lesquartiers"), many times rarer than it."""
        return self._reader.kept(("glued", form), lambda: tuple(self._glued(form)))  # type: ignore[no-any-return]

    def _glued(self, form: str) -> Iterator[str]:
        if len(form) <= _SHORTEST_HALF:
            return
        for glued in (head + form for head in _HEADS):
            if self._reader.has("form", glued) and self._reader.df("form", form) >= _GLUED_RARITY * self._reader.df(
                "form", glued
            ):
                yield glued


@cache
def _stop_words() -> Corrector:
    return Corrector(sorted(STOP_WORDS), [_EVERYWHERE] * len(STOP_WORDS))
