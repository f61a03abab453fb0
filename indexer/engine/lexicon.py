"""What can be told of words from a few questions to an index: which it knows, and how a damaged text may have written them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cache

from indexer.analysis import Token, tokens
from indexer.deletions import Corrector
from indexer.lemmas import is_listed
from indexer.query import Words
from indexer.stop_words import STOP_WORDS

_SHORTEST_HALF = 3
_HEADS = "au aux avec ce ces dans de des du en la le les leur par pour que qui sa se ses son sur un une".split()
"""Stop words that texts stick to the next word."""
_EVERYWHERE = 1 << 40
_GLUED_RARITY = 10
"""A word that is two others stuck together is so many times rarer than the one looked for."""


class IndexWords(ABC):
    """The part of a lexicon (see `indexer.understanding`) that follows from how many dossiers have a word."""

    @abstractmethod
    def frequency(self, form: str) -> int:
        """How many dossiers have this very word in their text."""

    @abstractmethod
    def has_term(self, term: str) -> bool:
        """Whether a text has a word of this stem."""

    @abstractmethod
    def stand_together(self, words: Words) -> bool:
        """Whether a text has this phrase."""

    def has_form(self, form: str) -> bool:
        return self.frequency(form) > 0

    def knows(self, token: Token) -> bool:
        return self.has_form(token.form) or (is_listed(token.form) and self.has_term(token.term))

    def cut(self, form: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._cut(form))

    def _cut(self, form: str) -> Iterator[tuple[str, str]]:
        for left, right in halves(form):
            if self.has_form(left) and self.has_form(right):
                text = f"{left} {right}"
                if self.stand_together(Words(text, tuple(tokens(text)))):
                    yield left, right

    def glued(self, form: str) -> tuple[str, ...]:
        """Those in which the word is stuck to a stop word ("lesquartiers"), many times rarer than it."""
        return tuple(
            glued
            for glued in glued_forms(form)
            if (times := self.frequency(glued)) and self.frequency(form) >= _GLUED_RARITY * times
        )


def halves(form: str) -> list[tuple[str, str]]:
    """The ways in which a word may be cut in two."""
    return [(form[:at], form[at:]) for at in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1)]


def glued_forms(form: str) -> list[str]:
    """The word stuck to a stop word before it."""
    return [head + form for head in _HEADS] if len(form) > _SHORTEST_HALF else []


@cache
def stop_words() -> Corrector:
    """Stop words are words too: "cmoment" is "comment", not "moment"."""
    return Corrector(sorted(STOP_WORDS), [_EVERYWHERE] * len(STOP_WORDS))
