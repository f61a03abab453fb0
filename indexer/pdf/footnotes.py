"""Footnote digits glued to words: "DDETSPP1", "habitants2"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.pdf.lexicon import is_word

_DIGITS = re.compile(r"(?<=[^\W\d_])[1-9]\d?(?![\w@/=<>\[\]{}-]|\.\w)")
_WORD = re.compile(r"(?<![\w.@/\\=<\[{⟨&$#%:|-])(?:[^\W\d_]{4,}|[A-ZÀ-Ý]{3,})\Z")
_LONGEST = 60


def set_apart(text: str, counts: Mapping[str, int]) -> str:
    """The `text` of a page with one or two digits at the end of a word set apart by a space, where they call a footnote.

    They do where the word is known without them, has them once in the document, and either has no other digits in the document
    or the page has a line that begins with the same number. Known is a word of four letters or more that the dictionary has,
    and an acronym of three capitals or more that the document has without digits. `counts` are the words of the document in
    lower case, with their digits. "CO2", "E2C", "RAID1" beside "RAID5", code, file names, addresses stay.
    """
    return _DIGITS.sub(lambda digits: _apart(digits, counts), text)


def _apart(digits: re.Match[str], counts: Mapping[str, int]) -> str:
    found = _WORD.search(digits.string, max(0, digits.start() - _LONGEST), digits.start())
    return f" {digits[0]}" if found and _is_call(found[0], digits, counts) else digits[0]


def _is_call(word: str, digits: re.Match[str], counts: Mapping[str, int]) -> bool:
    plain = word.lower()
    if counts.get(plain + digits[0], 0) > 1 or not (plain in counts if word.isupper() else is_word(word)):
        return False
    others = (f"{plain}{number}" for number in range(1, 100) if number != int(digits[0]))
    return _has_note(digits.string, digits[0]) or not any(other in counts for other in others)


def _has_note(text: str, number: str) -> bool:
    """Whether a line begins with the number, as a footnote does, or has it alone."""
    return re.search(rf"^[ \t(\[]*{number}[ \t.)\]:–-]*(?:[^\W\d_]|[«“\"(]|$)", text, re.MULTILINE) is not None
