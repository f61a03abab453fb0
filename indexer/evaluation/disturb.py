"""Queries as people mistype them: one edit, or no accents."""

from __future__ import annotations

import random
import re
import string
import unicodedata

_WORD = re.compile(r"[^\W\d_]{4,}")


def with_typo(query: str, seed: int) -> str:
    """The query with one Damerau edit in one word of four letters or more, never of its first letter; the same for a seed."""
    words = list(_WORD.finditer(query))
    if not words:
        return query
    chance = random.Random(f"{seed} {query}")  # noqa: S311 - no secret, the same every time
    word = chance.choice(words)
    return query[: word.start()] + _edited(word.group(), chance) + query[word.end() :]


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    letter = chance.choice([other for other in string.ascii_lowercase if other != word[at].lower()])
    edits = [word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]
    if at + 1 < len(word) and word[at] != word[at + 1]:
        edits.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return chance.choice(edits)


def without_accents(query: str) -> str:
    """The query typed without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", query) if not unicodedata.combining(char))
