"""The words and expressions that are frequent in some dossiers, as their texts spell them: suggestions are made of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.stream import PLAIN, STOP, Numbers, Stream, Vocabulary

MOST = 20_000
"""Words, and expressions, kept of a segment."""
_MOST_TOKENS = 4_000_000
"""Words of a segment that are counted."""
_FEWEST = 2
_SHORTEST = 4
_MOST_STOPS = 2
"""Stop words inside an expression ("politique de la ville")."""
_ELIDED = frozenset("c d j l m n qu s t".split())


class Common(NamedTuple):
    """Words or expressions by their stems: the usual spelling, and how many dossiers have them."""

    words: dict[str, tuple[str, int]]
    expressions: dict[str, tuple[str, int]]


class CommonWords:
    """Collects what is counted. `words` numbers the streams added."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._streams: list[Stream] = []
        self._tokens = 0

    def add(self, running: Stream) -> None:
        """The running text of one more dossier."""
        if self._tokens < _MOST_TOKENS:
            self._streams.append(running)
            self._tokens += len(running.forms)

    def found(self) -> Common:
        """What several dossiers have."""
        if not self._streams:
            return Common({}, {})
        spelled, forms, terms = self._words.usual_spellings(), list(self._words.forms), list(self._words.terms)
        kinds, numbers, positions = (np.concatenate([s[i] for s in self._streams]) for i in (2, 0, 1))
        docs = np.repeat(np.arange(len(self._streams)), [len(stream.forms) for stream in self._streams])
        plain = np.flatnonzero(kinds == PLAIN)
        ids = self._words.terms_of(numbers[plain])
        words = {}
        for term, count, at in _frequent(ids, docs[plain], plain):
            word = spelled.get(forms[numbers[at]], "")
            if len(word) >= _SHORTEST and word.isalpha():
                words[terms[term]] = (word, count)
        expressions = {}
        left, right = plain[:-1], plain[1:]
        gaps = positions[right] - positions[left]
        beside = (docs[left] == docs[right]) & (gaps > 0) & (gaps <= _MOST_STOPS + 1)
        keys = ids[:-1].astype(np.int64) * len(terms) + ids[1:]
        for key, count, at in _frequent(keys[beside], docs[left][beside], np.flatnonzero(beside)):
            text = _spelled(numbers[left[at] : right[at] + 1], kinds[left[at] : right[at] + 1], forms, spelled)
            if text:
                expressions[f"{terms[key // len(terms)]} {terms[key % len(terms)]}"] = (text, count)
        return Common(words, expressions)


def _frequent(keys: NDArray[Any], docs: NDArray[Any], where: NDArray[Any]) -> list[tuple[int, int, int]]:
    """The keys that most documents have, each with how many and one place where it stands."""
    order = np.argsort(keys, kind="stable")
    keys, docs, where = keys[order], docs[order], where[order]
    new = np.ones(len(keys), bool)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(starts):
        return []
    counts = np.add.reduceat(new.astype(np.int64), starts)
    repeated = np.diff(np.append(starts, len(keys)))
    best = np.argsort(-counts, kind="stable")[:MOST]
    best = best[(counts[best] >= _FEWEST) & (repeated[best] > _FEWEST)]
    middle = starts[best] + repeated[best] // 2
    return list(zip(keys[starts[best]].tolist(), counts[best].tolist(), where[middle].tolist(), strict=True))


def _spelled(numbers: Numbers, kinds: NDArray[np.uint8], forms: list[str], spelled: dict[str, str]) -> str:
    """The words of an expression as text, elided ones with their apostrophe; nothing when it has other signs than letters."""
    kept = [forms[number] for number, kind in zip(numbers.tolist(), kinds.tolist(), strict=True) if kind in (PLAIN, STOP)]
    words = [spelled.get(form, "") for form in kept]
    if not all(word.isalpha() for word in words):
        return ""
    text = "".join(word + ("’" if form in _ELIDED else " ") for form, word in zip(kept, words, strict=True))
    return text.strip()


def merged_common(many: list[Common]) -> Common:
    """What several lots of dossiers have together."""
    return Common(_merged([common.words for common in many]), _merged([common.expressions for common in many]))


def _merged(many: list[dict[str, tuple[str, int]]]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for entries in sorted(many, key=len):
        for key, (text, count) in entries.items():
            found[key] = (text, count + found.get(key, ("", 0))[1])
    return dict(sorted(found.items(), key=lambda entry: -entry[1][1])[:MOST])
