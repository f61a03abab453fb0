"""The running text of a dossier: the words of its facts and parts under one numbering of positions."""

from __future__ import annotations

from collections import Counter, defaultdict

from indexer.analysis import SOFT_HYPHEN, Token, tokens

Signature = tuple[tuple[str, str, int], ...]

_MOST_STOPS = 2
"""Stop words inside an expression ("politique de la ville")."""
_TWICE = 2


class Running:
    """Texts put one after another. `length` is the position of the next word."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.length = 0
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self._expressions: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str) -> None:
        start, last = self.length, -1
        before: Token | None = None
        for token in tokens(text):
            last = token.position
            self.tokens.append(token._replace(position=start + last))
            if not (token.stop or token.variant):
                self._note(text, before, token)
                before = token
        self.length = start + last + 1

    def _note(self, text: str, before: Token | None, token: Token) -> None:
        """A word and the expression that it ends, as they are spelled."""
        self._words[token.term][text[token.start : token.end]] += 1
        if before and token.position - before.position <= _MOST_STOPS + 1:
            written = text[before.start : token.end]
            if written.replace(" ", "").replace("’", "").replace("'", "").isalpha():
                self._expressions[f"{before.term} {token.term}"][written] += 1

    def skip(self) -> None:
        """Leave a position out, so that no phrase runs over it."""
        self.length += 1

    def signature(self, most: int) -> Signature:
        """The words it has most of: stem, the word as most often written, count."""
        return _first(self._words, most)

    def expressions(self, most: int) -> Signature:
        """The expressions of two words that it has more than once, likewise."""
        return tuple(entry for entry in _first(self._expressions, most) if entry[2] >= _TWICE)


def _first(spelled: dict[str, Counter[str]], most: int) -> Signature:
    counted = ((term, spellings.total(), spellings) for term, spellings in spelled.items())
    first = sorted(counted, key=lambda entry: (-entry[1], entry[0]))[:most]
    return tuple((term, _usual(spellings), count) for term, count, spellings in first)


def _usual(spellings: Counter[str]) -> str:
    """The most common spelling, small letters before capitals that only begin a sentence."""
    word = max(spellings, key=lambda spelling: (spellings[spelling], spelling.islower(), spelling))
    return word.replace(SOFT_HYPHEN, "")
