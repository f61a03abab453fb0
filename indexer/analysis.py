"""The one analyser: the same words at indexing, querying and highlighting time.

Text is folded (lower case, accents and ligatures away) *before* it is stemmed, so that accented and plain spellings meet and
"chat" does not find "châtiment". Stop words are dropped before positions are given, so that the words around them are neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from indexer.stemmer import stem

VERSION = "fr-2"
"""Part of every index: an index made by another version is rebuilt before it is searched."""

_WORD = re.compile(r"[^\W_]+(?:[·.](?:e|es|s|ne|nes|le|les|ère|ères|fe|fes|rice|rices|euse|euses|ve|ves|te|tes)\b)*")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""Stands in texts where a word was cut at a line's end and nothing tells whether it has a hyphen: both forms are found."""
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"})

STOP_WORDS = frozenset(
    """
    a au aux avec c ce ceci cela celle celles celui ces cet cette ceux chez ci combien comme comment d dans de des donc dont du
    elle elles en et eux il ils j je jusqu jusque l la le les leur leurs lorsqu lorsque lui m ma mais me meme memes mes moi
    mon n ne ni nos notre nous on ont or ou par parce pour pourquoi puisqu puisque qu quand que quel quelle quelles quels
    qui quoi quoiqu quoique s sa se ses si soi son sont sous sur t ta te tes toi ton tu un une vos votre vous y
    """.split()
)


class Token(NamedTuple):
    """A word of a text: its stem (the term), its folded form, and where it stands (character offsets, end excluded)."""

    term: str
    form: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents or ligatures: "Évaluation de l’Œuvre" → "evaluation de l’oeuvre"."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` that are indexed, in order. Stop words and single letters leave no hole.

    Offsets are those of `text` as given, so `text` should be in normal form NFC for the words to be cut rightly.
    """
    for match in _WORD.finditer(text):
        analysed = _analyse(match.group())
        if analysed is not None:
            yield Token(*analysed, match.start(), match.end())
        if text[match.start() - 1 : match.start()] == SOFT_HYPHEN:
            yield from _whole_word(text, match.end())


def _whole_word(text: str, end: int) -> Iterator[Token]:
    """The word that a soft hyphen cuts in two, after its halves."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == SOFT_HYPHEN):
        start -= 1
    analysed = _analyse(text[start:end].replace(SOFT_HYPHEN, ""))
    if analysed is not None:
        yield Token(*analysed, start, end)


def terms(text: str) -> list[str]:
    """The stems of the words of `text`, in order."""
    return [token.term for token in tokens(text)]


@lru_cache(maxsize=200_000)
def _analyse(word: str) -> tuple[str, str] | None:
    form = fold(re.split(r"[·.]", word)[0])
    if form in STOP_WORDS or (len(form) < 2 and not form.isdigit()):
        return None
    return stem(form), form
