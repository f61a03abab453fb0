"""The running text of a dossier: the words of its facts and parts under one numbering of positions."""

from __future__ import annotations

from collections import Counter, defaultdict

from indexer.analysis import SOFT_HYPHEN, Token, tokens

Signature = tuple[tuple[str, str, int], ...]


class Running:
    """Texts put one after another. `length` is the position of the next word."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.length = 0
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str) -> None:
        start, last = self.length, -1
        for token in tokens(text):
            last = token.position
            self.tokens.append(token._replace(position=start + last))
            if not (token.stop or token.variant):
                self._spellings[token.term][text[token.start : token.end]] += 1
        self.length = start + last + 1

    def skip(self) -> None:
        """Leave a position out, so that no phrase runs over it."""
        self.length += 1

    def signature(self, most: int) -> Signature:
        """The words it has most of: stem, the word as most often written, count."""
        counted = ((term, spellings.total(), spellings) for term, spellings in self._spellings.items())
        first = sorted(counted, key=lambda entry: (-entry[1], entry[0]))[:most]
        return tuple((term, _usual(spellings), count) for term, count, spellings in first)


def _usual(spellings: Counter[str]) -> str:
    """The most common spelling, small letters before capitals that only begin a sentence."""
    word = max(spellings, key=lambda spelling: (spellings[spelling], spelling.islower(), spelling))
    return word.replace(SOFT_HYPHEN, "")
