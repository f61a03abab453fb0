"""Is this a French word? By two word lists: simplemma's, strong in inflected forms, and pyspellchecker's, in common words."""

from __future__ import annotations

from functools import cache, lru_cache

from simplemma import is_known
from spellchecker import SpellChecker


@lru_cache(maxsize=200_000)
def is_word(word: str) -> bool:
    """Whether French has `word`, in any of its forms, whatever its case. Single letters are no words but "à", "a", "y", "ô"."""
    plain = word.lower()
    if len(plain) < 2:
        return plain in "àayô"
    return plain in _common() or is_known(plain, lang="fr") or is_known(word, lang="fr")


@cache
def _common() -> SpellChecker:
    return SpellChecker(language="fr")
