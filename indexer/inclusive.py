"""Inclusive writing: the two words that "directeur·rice·s", "délégué.e.s" or "habitant(e)s" stand for."""

from __future__ import annotations

import re

SUFFIX = (
    r"(?:e|ne|le|te|fe|ve|se|sse|rice|trice|euse|ère|ière|elle|elles|enne|ennes|ères|ières|rices|trices|euses"
    r"|es|nes|les|tes|fes|ves|ses|sses|s|x)"
)
"""What may follow the mark."""
_END = r"(?![\w\u0300-\u036f])"
MARKED = (
    rf"(?:[·•‧∙](?i:{SUFFIX}){_END})+|(?:\.(?!s\b){SUFFIX}{_END})(?:\.s{_END})?"
    rf"|\({SUFFIX}\)s?|-(?:e|ne|le|rice|trice)-s{_END}"
)
"""The second half of a word in inclusive writing; a full stop before "s" alone ends a sentence or an abbreviation."""

_MARKS = re.compile(r"[·•‧∙.()-]+")
_REPLACED = (
    ("rice", "eur", "rice"),
    ("trice", "teur", "trice"),
    ("euse", "eur", "euse"),
    ("euse", "eux", "euse"),
    ("se", "eur", "euse"),
    ("se", "x", "se"),
    ("ve", "f", "ve"),
    ("ere", "er", "ere"),
    ("iere", "ier", "iere"),
    ("elle", "el", "elle"),
    ("enne", "en", "enne"),
)


def genders(form: str) -> tuple[str, str]:
    """The masculine and the feminine of a folded word in inclusive writing, both singular: "chef·fe" → "chef", "cheffe"."""
    base, *suffixes = [piece for piece in _MARKS.split(form) if piece]
    gender = next((suffix.rstrip("s") or suffix for suffix in suffixes if suffix not in ("s", "x")), "")
    if gender in ("s", ""):
        return base, base
    for suffix, ending, instead in _REPLACED:
        if gender == suffix and base.endswith(ending):
            return base, base[: -len(ending)] + instead
    return base, base + gender
