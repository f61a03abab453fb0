"""Ligatures: their own characters, and those that the font lost."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence

_LIGATURE = re.compile("[ﬀ-ﬆ]")
_CHARACTER = r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]"
_LOST = rf"(?:\(cid:\d+\)|{_CHARACTER})"
_ODD = re.compile(_CHARACTER)
_MARK = re.compile(_LOST)
_WORD = re.compile(rf"(?<![^\W\d_])[^\W\d_]*+(?:{_LOST}[^\W\d_]*+)+")
_CANDIDATES = ("fi", "ff", "fl", "ffi", "ffl", "")

IsWord = Callable[[str], bool]


def as_letters(text: str) -> str:
    """`text` with the characters that are ligatures as letters; no other compatibility character is touched (², ½, ª stay)."""
    return _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def restore(pages: Sequence[str], is_word: IsWord) -> list[str]:
    """The pages of a document with what the font lost inside words tried as ff, fi, fl, ffi, ffl or nothing.

    The same mark is first what makes most of its words real. What makes none is left out.
    """
    marked = {number: page for number, page in enumerate(pages) if "(cid:" in page or _ODD.search(page)}
    words = {found[0] for page in marked.values() for found in _WORD.finditer(page) if _MARK.sub("", found[0])}
    usual = _usual(words, is_word)
    known = {word: _restored(word, usual, is_word) for word in words}
    mended = {number: _WORD.sub(lambda found: known.get(found[0], ""), page) for number, page in marked.items()}
    return [mended.get(number, page) for number, page in enumerate(pages)]


def _usual(words: set[str], is_word: IsWord) -> dict[str, str]:
    """By mark: the letters that make most of its words real."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_CANDIDATES, 0))
    for word in words:
        marks = set(_MARK.findall(word))
        if len(marks) == 1:
            for letters in _CANDIDATES:
                votes[next(iter(marks))][letters] += is_word(_MARK.sub(letters, word))
    return {mark: max(counts, key=lambda letters: counts[letters]) for mark, counts in votes.items()}


def _restored(word: str, usual: dict[str, str], is_word: IsWord) -> str:
    expected = _MARK.sub(lambda mark: usual.get(mark[0], ""), word)
    if is_word(expected):
        return expected
    return next((tried for letters in _CANDIDATES if is_word(tried := _MARK.sub(letters, word))), expected)
