"""Which expressions of the vocabulary does a text use, how often, where? One pass over its words, by stems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis import Token, content
from indexer.facts.vocabulary import Vocabulary

_BREAK = re.compile(r"[.;:!?…]|\n\s*\n")
"""What parts two words that stand side by side."""


class Expression(NamedTuple):
    """An expression as its stems, and the themes that it tells (none: it is passed over), all of them `common` or not.

    `alone`, of a single word, is what else must be the same: stems alone take "repas" for "réparation" and "près" for "PRE".
    """

    terms: tuple[str, ...]
    themes: frozenset[str]
    alone: str = ""
    common: bool = False

    @property
    def one_word(self) -> bool:
        """Whether it is a plain word, which tells less than several or an acronym."""
        return bool(self.alone) and not self.alone.isupper()


@dataclass(slots=True)
class Mention:
    """How often an expression stands in a text, its words at the first place, and how many words stand before them."""

    written: str
    first: int
    count: int = 0


class Evidence(NamedTuple):
    """What a text uses of a vocabulary, and its length in words (stop words not counted)."""

    mentions: Mapping[Expression, Mention]
    words: int


def read_evidence(vocabulary: Vocabulary, text: str) -> Evidence:
    """The expressions in a text, the longest that fits at each place: "santé mentale" is not "santé" too."""
    index = _index(vocabulary)
    found = content(text)
    mentions: dict[Expression, Mention] = {}
    place = 0
    while place < len(found):
        candidates = index.get(found[place].term)
        expression = candidates and next((e for e in candidates if _stands(e, text, found, place)), None)
        if not expression:
            place += 1
            continue
        end = place + len(expression.terms)
        if expression.themes:
            written = " ".join(text[found[place].start : found[end - 1].end].split())
            mentions.setdefault(expression, Mention(written, place)).count += 1
        place = end
    return Evidence(mentions, len(found))


def _stands(expression: Expression, text: str, found: list[Token], place: int) -> bool:
    if expression.alone:
        token = found[place]
        return expression.alone in (text[token.start : token.end], _inflected(token.form))
    here = found[place : place + len(expression.terms)]
    return tuple(token.term for token in here) == expression.terms and not _BREAK.search(text, here[0].end, here[-1].start)


def _alone(words: str, token: Token) -> str:
    """What a single word must be: an acronym as it is written, another word whatever its number and gender."""
    word = words[token.start : token.end]
    return word if word.isupper() else _inflected(token.form)


def _inflected(form: str) -> str:
    """A folded word without the marks of number and gender."""
    return form.rstrip("sx").rstrip("e")


@lru_cache(maxsize=4)
def _index(vocabulary: Vocabulary) -> dict[str, tuple[Expression, ...]]:
    """The expressions by their first stem, the longest first."""
    themes: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for words, key in _expressions(vocabulary):
        analysed = content(words)
        alone = _alone(words, analysed[0]) if len(analysed) == 1 else ""
        if analysed:
            themes.setdefault((tuple(token.term for token in analysed), alone), set()).update(key)
    common = {entry.key for entry in vocabulary.entries if entry.common}
    by_first: dict[str, list[Expression]] = {}
    for (stems, alone), keys in themes.items():
        by_first.setdefault(stems[0], []).append(Expression(stems, frozenset(keys), alone, keys <= common))
    return {first: tuple(sorted(some, key=lambda expression: -len(expression.terms))) for first, some in by_first.items()}


def _expressions(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every expression with the theme that it tells, if any."""
    for entry in vocabulary.entries:
        yield from ((words, (entry.key,)) for words in entry.evidence)
    yield from ((words, ()) for words in vocabulary.ignored)
