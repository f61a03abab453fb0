"""Footnote digits glued to words: "DDETSPP1", "habitants2"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.pdf.lexicon import is_word

_DIGITS = re.compile(r"(?<=[^\W\d_])\d{1,2}(?![\w@/-]|\.\w)")
_WORD = re.compile(r"(?<![\w.@/\\-])(?:[^\W\d_]{4,}|[A-ZÀ-Ý]{3,})\Z")
_LONGEST = 60


def set_apart(text: str, counts: Mapping[str, int]) -> str:
    """`text` with one or two digits at the end of a word set apart by a space, where the word without them is known.

    Known is a word of four letters or more that the dictionary has, and an acronym of three capitals or more that stands twice
    without digits in the document, whose words `counts` has in lower case. "CO2", "E2C", "A4", file names, addresses stay.
    """
    return _DIGITS.sub(lambda digits: _apart(digits, counts), text)


def _apart(digits: re.Match[str], counts: Mapping[str, int]) -> str:
    found = _WORD.search(digits.string, max(0, digits.start() - _LONGEST), digits.start())
    if found is None:
        return digits[0]
    word = found[0]
    known = counts.get(word.lower(), 0) > 1 if word.isupper() else is_word(word)
    return f" {digits[0]}" if known else digits[0]
