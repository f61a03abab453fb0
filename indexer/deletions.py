"""Spelling correction by a dictionary of deletions: two words at one edit share what is left when one letter is taken from each.

Method of W. Garbe's SymSpell, after M. Mor & A. Fraenkel, "A hash code method for detecting and correcting spelling errors",
1982.
The dictionary is arrays: sorted hashes of what is left of every word, and the word each is of; a hash only proposes, the
distance decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 4, 24
"""Letters of the words that are corrected, and of those they may become (one more or less)."""

_BASE = np.uint64(1_000_003)


class Near(Protocol):
    """What knows words."""

    def near(self, form: str) -> dict[str, int]:
        """The words at Damerau distance 1 of a folded word, with how many dossiers have each."""


def nearest(form: str, correctors: Iterable[Near]) -> str | None:
    """The most frequent word at distance 1 of a folded word, one with the same first letter before any other."""
    counts: Counter[str] = Counter()
    for corrector in correctors:
        counts.update(corrector.near(form))
    return max(counts, key=lambda word: (word[0] == form[0], counts[word], word), default=None)


class Corrector:
    """The words of an index, folded, with how many dossiers have each."""

    def __init__(self, forms: Sequence[str], counts: Sequence[int]) -> None:
        kept = [i for i, form in enumerate(forms) if is_plain(form, 1)]
        self._forms = [forms[i] for i in kept]
        self._counts = np.array([counts[i] for i in kept], np.int64)
        hashes, words = zip(*_left_of_all(self._forms), strict=True) if kept else ((np.empty(0, np.uint64),), (np.empty(0, int),))
        hashed, numbers = np.concatenate(hashes), np.concatenate(words)
        order = np.argsort(hashed, kind="stable")
        self._hashes, self._words = hashed[order], numbers[order].astype(np.int32)

    def near(self, form: str) -> dict[str, int]:
        """The words at Damerau distance 1 of a folded word, with how many dossiers have each."""
        if not is_plain(form):
            return {}
        near = (number for number in self._candidates(form) if is_one_edit(form, self._forms[number]))
        return {self._forms[number]: int(self._counts[number]) for number in near}

    def _candidates(self, form: str) -> set[int]:
        """The words that share with `form` what is left of it, or of them."""
        left = np.concatenate([hashes for hashes, _ in _left_of_all([form])])
        firsts, lasts = (np.searchsorted(self._hashes, left, side) for side in ("left", "right"))
        return {int(n) for first, last in zip(firsts, lasts, strict=True) for n in self._words[first:last]}


def is_plain(form: str, more: int = 0) -> bool:
    """Whether a folded word is of letters alone, and no shorter or longer than is corrected, give or take `more`."""
    return SHORTEST - more <= len(form) <= LONGEST + more and form.isalpha() and form.isascii()


def is_one_edit(one: str, other: str) -> bool:
    """Whether a letter put in, taken out, replaced, or two neighbours exchanged, make one word of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_of_other = one[start:], other[start:]
    if len(one) == len(other):
        exchanged = rest[1:2] + rest[:1] + rest[2:]
        return rest[1:] == rest_of_other[1:] or exchanged == rest_of_other
    return rest[1:] == rest_of_other or rest == rest_of_other[1:]


def _left_of_all(forms: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """The hashes of the words and of each without one letter, words of one length at a time, with the words' numbers."""
    by_length: dict[int, list[int]] = {}
    for number, form in enumerate(forms):
        by_length.setdefault(len(form), []).append(number)
    for length, numbers in by_length.items():
        letters = np.frombuffer("".join(forms[n] for n in numbers).encode("ascii"), np.uint8).reshape(-1, length)
        which = np.array(numbers, np.int64)
        yield _hash(letters), which
        for gone in range(length):
            yield _hash(np.delete(letters, gone, axis=1)), which


def _hash(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A polynomial of the letters of each row, modulo 2^64."""
    hashed = np.zeros(len(letters), np.uint64)
    for column in letters.T:
        hashed = hashed * _BASE + column
    return hashed
