"""Suggestions while typing: what begins, at any of its words, with what was typed; accents and signs are indifferent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from indexer.engine.contract import Suggestion
from indexer.folding import fold

SHORTEST = 2
"""Letters typed before anything is suggested."""
_SAME_KIND = 4
"""Suggestions of one kind while there are others."""
_ORDER = ("theme", "lieu", "expression", "mot", "titre")


class Suggester:
    """Completions of an index. Of entries that fold to the same words the first stays."""

    def __init__(self, entries: Iterable[Suggestion]) -> None:
        self._entries = list({_key(entry.text): entry for entry in reversed(list(entries))}.values())
        keys = ((key, number) for number, entry in enumerate(self._entries) for key in _beginnings(entry.text))
        self._keys = sorted(keys)

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        """The best completions: those that begin so before those with a word that does, then by kind, then by count."""
        typed = _key(prefix)
        if len(typed) < SHORTEST:
            return ()
        first = bisect_left(self._keys, (typed, 0))
        last = bisect_right(self._keys, (typed + "\uffff", 0))
        found = {number for _, number in self._keys[first:last]}
        ranked = sorted((self._entries[n] for n in found), key=lambda entry: _rank(entry, typed))
        return tuple(sorted(_mixed(ranked, limit), key=lambda entry: _rank(entry, typed)))


def _mixed(ranked: list[Suggestion], limit: int) -> list[Suggestion]:
    """The first of the list, no kind more often than `_SAME_KIND` unless the others do not fill it."""
    some: list[Suggestion] = []
    rest: list[Suggestion] = []
    for entry in ranked:
        full = sum(other.kind == entry.kind for other in some) >= _SAME_KIND
        (rest if full else some).append(entry)
    return (some[:limit] + rest)[:limit]


def _rank(entry: Suggestion, typed: str) -> tuple[bool, int, int, str]:
    return not _key(entry.text).startswith(typed), _ORDER.index(entry.kind), -entry.count, entry.text


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _beginnings(text: str) -> Iterator[str]:
    """The folded text from each of its words on."""
    words = _key(text).split()
    return (" ".join(words[start:]) for start in range(len(words)))
