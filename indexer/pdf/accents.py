"""Spacing accents of old TeX fonts: "g´en´erale" is "générale"."""

from __future__ import annotations

import re
import unicodedata

from indexer.pdf.lexicon import is_word

_COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "¨": "\u0308",
    "˜": "\u0303",
    "¸": "\u0327",
    "˚": "\u030a",
    "ˇ": "\u030c",
}
_MARKS = "".join(_COMBINING)
_ACCENTED = re.compile(rf"([{_MARKS}])( ?)([A-Za-zıœŒ])|([cC]) ?¸")
_REST = re.compile(rf"(?:[^\W\d_]|[{_MARKS}](?=[^\W\d_]))*+")
_LONGEST = 40
"""Characters of a word that are looked up."""


def compose(text: str) -> str:
    """`text` with each spacing accent put on the letter it stands before (a cedilla: also behind), where such a letter exists.

    An accent may be a quotation mark when it is grave, begins a word or is apart from its letter: of these any two, and it must
    make a word of the dictionary.
    """
    if not any(mark in text for mark in _MARKS):
        return text
    return _ACCENTED.sub(_composed, text)


def _composed(found: re.Match[str]) -> str:
    mark, letter = (found[1], found[3]) if found[1] else ("¸", found[4])
    composed = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _COMBINING[mark])
    if len(composed) > 1:
        return found[0]
    begins = not found.string[max(0, found.start() - 1) : found.start()].isalpha()
    if begins + bool(found[2]) + (mark == "`") < 2:
        return composed
    rest = _REST.match(found.string, found.end(), found.end() + _LONGEST)
    return composed if is_word(composed + compose(rest[0] if rest else "")) else found[0]
