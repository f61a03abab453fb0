"""The acronyms that a text introduces: "conseil local de santé mentale (CLSM)", "CLSM (conseil local de santé mentale)".

After A. Schwartz & M. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", PSB 2003, with
the initials of words instead of any letters, as French acronyms are made: every letter is the initial of a word, in order, and
stop words may give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.folding import fold
from indexer.model import Acronym
from indexer.stop_words import STOP_WORDS

MOST = 40
"""Acronyms kept of one dossier."""

_SHORT = r"[A-ZÀ-Ü][A-Za-zÀ-ü0-9]{1,8}"
_AFTER = re.compile(rf"\(\s*[«“\"]?\s*({_SHORT})\s*[»”\"]?\s*\)")
_BEFORE = re.compile(rf"\b({_SHORT})\s*\(\s*([^()\n.;:]{{8,120}})\)")
_WORD = re.compile(r"[^\W_]+")
_REACH = 160
"""Characters before a parenthesis that the long form may take."""


def acronyms_in(texts: tuple[str, ...]) -> tuple[Acronym, ...]:
    """The acronyms introduced in any of the texts, by first occurrence, each once for each meaning."""
    found = {(short, fold(long)): Acronym(short, long) for text in texts for short, long in _introduced(text)}
    return tuple(found.values())[:MOST]


def _introduced(text: str) -> Iterator[tuple[str, str]]:
    for match in _AFTER.finditer(text):
        before = re.split(r"[.;:!?()]|\n\s*\n", text[max(0, match.start() - _REACH) : match.start()])[-1]
        yield from _long_form(match[1], before, at_end=True)
    for match in _BEFORE.finditer(text):
        yield from _long_form(match[1], match[2], at_end=False)


def _long_form(short: str, text: str, *, at_end: bool) -> Iterator[tuple[str, str]]:
    """The words of `text` whose initials are the letters of `short`: its last words, or all of it."""
    if sum(char.isupper() for char in short) < 2:
        return
    words = list(_WORD.finditer(text))
    if not words or (at_end and text[words[-1].end() :].strip(" «»“”\"'’")):
        return
    first = _first_word([fold(word.group()) for word in words], fold(short))
    if first is None or (not at_end and any(fold(word.group()) not in STOP_WORDS for word in words[:first])):
        return
    long = " ".join(text[words[first].start() : words[-1].end()].split())
    if not long.isupper() and len(words) - first > 1:
        yield short, long


def _first_word(forms: list[str], letters: str) -> int | None:
    """From the last word back, where the first letter of the acronym is an initial."""
    left = len(letters)
    for place in range(len(forms) - 1, -1, -1):
        if forms[place][0] == letters[left - 1]:
            left -= 1
            if not left:
                return place
        elif forms[place] not in STOP_WORDS:
            return None
    return None
