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
    """A word of a text. `term` is its stem (of a stop word its form), `form` the folded word.

    It stands at text[start:end] and at `position` among the words of the text, stop words counted. A `variant` is another
    spelling of the word at the same position (the whole of "co-construction" written as one, the other gender of "chef·fe").
    """

    term: str
    form: str
    start: int
    end: int
    position: int
    stop: bool = False
    variant: bool = False


def fold(text: str) -> str:
    """Lower case without accents or ligatures: "Évaluation de l’Œuvre" → "evaluation de l’oeuvre"."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokens(text: str) -> Iterator[Token]:
    """Every word of `text` in order, stop words included.

    Offsets are those of `text` as given, so `text` should be in normal form NFC for the words to be cut rightly.
    """
    for position, match in enumerate(_WORD.finditer(text)):
        form = fold(re.split(r"[·.]", match.group())[0])
        stop = form in STOP_WORDS or (len(form) < 2 and not form.isdigit())
        yield Token(form if stop else _stem(form), form, match.start(), match.end(), position, stop)
        if text[match.start() - 1 : match.start()] == SOFT_HYPHEN:
            yield _whole_word(text, match.end(), position)


def _whole_word(text: str, end: int, position: int) -> Token:
    """The word that a soft hyphen cuts in two."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == SOFT_HYPHEN):
        start -= 1
    form = fold(text[start:end].replace(SOFT_HYPHEN, ""))
    return Token(_stem(form), form, start, end, position, variant=True)


def content(text: str) -> list[Token]:
    """The words of `text` that tell something: no stop words, no variants."""
    return [token for token in tokens(text) if not (token.stop or token.variant)]


def terms(text: str) -> list[str]:
    """The stems of the words of `text` that tell something, in order."""
    return [token.term for token in content(text)]


_stem = lru_cache(maxsize=200_000)(stem)
