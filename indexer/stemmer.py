"""A light stemmer of French nouns and adjectives, on folded words (no accents).

Method: J. Savoy, "Light stemming approaches for the French, Portuguese, German and Hungarian languages", SAC 2006: plural and
feminine forms are undone and the commonest derivational endings removed; verbs are left nearly alone.
"""

from __future__ import annotations

from itertools import pairwise

# (ending, shortest word it is removed from, what stands in its place); the first that fits is applied, alone
_ENDINGS: tuple[tuple[str, int, str], ...] = (
    ("issement", 10, "ir"),
    ("issant", 9, "ir"),
    ("ivement", 7, "if"),
    ("ement", 7, "e"),
    ("ficatrice", 12, "fier"),
    ("ficateur", 11, "fier"),
    ("catrice", 10, "quer"),
    ("cateur", 9, "quer"),
    ("atrice", 9, "er"),
    ("ateur", 8, "er"),
    ("trice", 7, "teur"),
    ("ieme", 6, ""),
    ("teuse", 8, "ter"),
    ("teur", 7, "ter"),
    ("euse", 6, "eu"),
    ("ere", 9, "er"),
    ("ive", 8, "if"),
    ("folle", 5, "fou"),
    ("molle", 5, "mou"),
    ("nnelle", 10, "n"),
    ("nnel", 10, "n"),
    ("ete", 5, "et"),
    ("ique", 9, ""),
    ("esse", 9, "e"),
    ("inage", 8, "in"),
    ("ualisation", 13, "uel"),
    ("isation", 10, ""),
    ("isateur", 10, ""),
    ("ation", 9, ""),
    ("ition", 9, ""),
)


def stem(word: str) -> str:
    """The stem of a folded word: "contrats" → "contrat", "chevaux" → "cheval". Stems are terms, not always words."""
    word = _singular(word)
    for ending, shortest, instead in _ENDINGS:
        if len(word) >= shortest and word.endswith(ending):
            word = word[: -len(ending)] + instead
            break
    return _trim(_undouble(word))


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    for mark in "xs":
        if len(word) > 3 and word.endswith(mark):
            word = word[:-1]
    return word


def _undouble(word: str) -> str:
    if len(word) <= 4 or any(char.isdigit() for char in word):
        return word
    return word[0] + "".join(char for before, char in pairwise(word) if char != before)


def _trim(word: str) -> str:
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    for mark in ("r", "e", "e"):
        if len(word) > 4 and word.endswith(mark):
            word = word[:-1]
    return word
