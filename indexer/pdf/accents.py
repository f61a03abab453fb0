"""Spacing accents of old TeX fonts: "g´en´erale" is "générale"."""

from __future__ import annotations

import re
import unicodedata

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
_ACCENTED = re.compile(rf"([{_MARKS}]) ?([A-Za-zıœŒ])|([cC]) ?¸")


def compose(text: str) -> str:
    """`text` with each spacing accent put on the letter it stands before (a cedilla: also behind), where such a letter exists."""
    if not any(mark in text for mark in _MARKS):
        return text
    return _ACCENTED.sub(_composed, text)


def _composed(found: re.Match[str]) -> str:
    mark, letter = (found[1], found[2]) if found[1] else ("¸", found[3])
    composed = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _COMBINING[mark])
    return composed if len(composed) == 1 else found[0]
