"""Spelling correction: two words at one edit share what is left when one letter is taken from each.

Method of M. Mor & A. S. Fraenkel, "A hash code method for detecting and correcting spelling errors", CACM 25, 1982, as W. Garbe's
SymSpell uses it. A hash only proposes, the distance decides: a collision costs time and never gives a wrong word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 4, 24
"""Letters of the words that are corrected, and of those that they may become."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


class Corrector:
    """The words of an index, folded, with how many dossiers have each. About 110 bytes a word, and nothing else is held.

    Words are numbered from the most frequent down. `_left` holds, sorted, what is left of every word with none or one of its
    letters gone: its hash in the high half, the number of the word in the low half.
    """

    def __init__(self, forms: Sequence[str], counts: Sequence[int]) -> None:
        plain = [i for i, form in enumerate(forms) if _is_plain(form)]
        plain.sort(key=lambda i: (-counts[i], forms[i]))
        words = [forms[i].encode() for i in plain]
        self._counts = np.array([counts[i] for i in plain], np.int32)
        self._text = b"".join(words)
        self._ends = np.cumsum([0, *map(len, words)], dtype=np.int32)
        self._left = np.concatenate([np.empty(0, np.uint64), *_left_of_all([forms[i] for i in plain])])
        self._left.sort()

    def correct(self, form: str) -> str | None:
        """The most frequent word at one edit from a folded word, one with the same first letter before any other.

        None for words that are not of letters alone, and of less than 4 or more than 24. The word itself is no correction.
        """
        other = None
        for word, _ in self._near(form):
            if word[0] == form[0]:
                return word
            other = other or word
        return other

    def candidates(self, form: str) -> list[tuple[str, int]]:
        """Every word at one edit from a folded word, with its count, the most frequent first."""
        return list(self._near(form))

    def _near(self, form: str) -> Iterator[tuple[str, int]]:
        for number in self._proposed(form) if _is_plain(form) else ():
            word = self._text[self._ends[number] : self._ends[number + 1]].decode()
            if is_one_edit(form, word):
                yield word, int(self._counts[number])

    def _proposed(self, form: str) -> list[int]:
        """The numbers of the words that share with `form` what is left of it, or of them, the most frequent first."""
        hashes = np.concatenate(list(_left_of_all([form])))
        firsts, lasts = np.searchsorted(self._left, hashes), np.searchsorted(self._left, hashes | _LOW, "right")
        found = [self._left[first:last] & _LOW for first, last in zip(firsts, lasts, strict=True) if first < last]
        return np.unique(np.concatenate(found)).tolist() if found else []


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, taken out or replaced, or two neighbours exchanged, make one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[2:] == other[2:] and one[:2] == other[1::-1])


def _is_plain(form: str) -> bool:
    return SHORTEST <= len(form) <= LONGEST and form.isalpha()


def _left_of_all(words: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
    """What is left of words with none or one of their letters gone, the words of one length together."""
    for length, group in groupby(sorted(range(len(words)), key=lambda n: len(words[n])), key=lambda n: len(words[n])):
        numbers = list(group)
        text = "".join(words[n] for n in numbers).encode("utf-32-le")
        letters = np.frombuffer(text, np.uint32).reshape(-1, length).T.astype(np.uint64)
        which = np.array(numbers, np.uint64)
        for gone in range(-1, length):
            yield _hash(column for i, column in enumerate(letters) if i != gone) | which


def _hash(columns: Iterator[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """A polynomial of the letters of each word modulo 2^64, of which the 32 highest bits are kept, in their place."""
    hashed = np.uint64(1)
    for column in columns:
        hashed = hashed * _BASE + column
    return hashed >> _HALF << _HALF
