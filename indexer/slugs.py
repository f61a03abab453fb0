"""Readable pieces of addresses."""

from __future__ import annotations

from slugify import slugify


def slug(words: str, longest: int = 0) -> str:
    """Words as a piece of an address: "L’été dans le Val-d'Oise" → "l-ete-dans-le-val-d-oise"; cut at a word if `longest`."""
    return slugify(words.replace("’", " ").replace("'", " "), max_length=longest, word_boundary=True)
