"""Text folded character by character, so that what is found in it can be shown as the page wrote it."""

from __future__ import annotations

import unicodedata

_SAME = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "‐": "-", "—": "–", "−": "–", "ß": "s", "œ": "o", "æ": "a"})


def tidy(text: str) -> str:
    """`text` in normal form NFC, every run of blanks one space, line ends kept, none at the ends."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """`text` (NFC) in lower case without accents, of the same length: offsets in one are offsets in the other."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_character(character) for character in text.translate(_SAME))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    return unicodedata.normalize("NFKD", character.lower())[:1] or character
