"""Dossiers for the benchmark: sentences recombined, and invented words of a vocabulary that grows with the corpus.

Everything follows from a seed, block by block, so that a larger corpus begins with the smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

SEED = 7
BLOCK = 500
"""Dossiers that are drawn together."""

_WORDS_MEAN, _WORDS_SPREAD = 5.42, 0.45
"""Of the logarithm of a dossier's length in words: about 250 at the median, 266 on average with its facts."""
_INVENTED = 0.3
"""Share of the sentences that are of invented words."""
_ZIPF = 1.35
"""Exponent of the invented words' frequencies; new ones turn up as the corpus grows (Heaps' law)."""
_SHIFT = 50.0
"""Mandelbrot's shift of the ranks: without it three words in ten would be the same one."""
_MOST_INVENTED = 2**40
_STARTS = "b c ch cl cr d f fl g gr j l m n p pl pr qu r s t tr v".split()
_VOWELS = "a ai au e é eau i o oi ou u on an in".split()
_ENDS = "ard age eau elle er ette ier ille ite in isme ment oire on ot tion ure ance".split()
_CODE = re.compile(r"[{}|&<>=]")
_FIRST_DAY, _DAYS = date(2000, 1, 1), 9496
THEMES = tuple(f"Thème {number:02d}" for number in range(1, 31))
PLACES = tuple(f"Ville-{number:03d}" for number in range(1, 201))


class BenchDoc(NamedTuple):
    """One dossier of the benchmark."""

    id: int
    title: str
    text: str
    themes: tuple[str, ...]
    day: date
    place: str
    type: str


def sample_sentences(folder: Path) -> list[str]:
    """The sentences of the sample corpus's pages and sources."""
    texts = (path.read_text(encoding="utf-8", errors="ignore") for path in sorted(folder.rglob("*")) if _is_text(path))
    return sentences("\n".join(re.sub(r"<[^>]+>", " ", text) for text in texts))


def _is_text(path: Path) -> bool:
    return path.suffix in (".txt", ".html", ".md") and path.name != "README.md"


def sentences(text: str) -> list[str]:
    """The sentences of a text that are sentences: of 6 to 60 words, each once."""
    found = (re.sub(r"\s+", " ", piece).strip() for piece in re.split(r"(?<=[.!?])\s+|\n+", text))
    return list(dict.fromkeys(piece for piece in found if 6 <= len(piece.split()) <= 60 and not _CODE.search(piece)))


def documents(count: int, known: list[str], seed: int = SEED) -> Iterator[BenchDoc]:
    """`count` dossiers made of the sentences `known` and of invented ones."""
    popularity = (np.arange(len(known)) + 20.0) ** -0.7
    popularity = popularity[np.random.default_rng(seed).permutation(len(known))]
    lengths = np.array([len(sentence.split()) for sentence in known])
    for first in range(0, count, BLOCK):
        block = _Block(np.random.default_rng([seed, first]), known, popularity / popularity.sum(), lengths)
        yield from (block.document(number) for number in range(first, min(first + BLOCK, count)))


class _Block:
    """What a block of dossiers is drawn with."""

    def __init__(self, rng: np.random.Generator, known: list[str], popularity: np.ndarray, lengths: np.ndarray) -> None:
        self._rng = rng
        self._known = known
        self._lengths = lengths
        self._drawn = iter(rng.choice(len(known), BLOCK * 40, p=popularity).tolist())
        self._invented = iter(_ranks(rng, BLOCK * 100))

    def document(self, number: int) -> BenchDoc:
        rng = self._rng
        target = max(30, rng.lognormal(_WORDS_MEAN, _WORDS_SPREAD))
        text, words = [f"Contact : {self._word()} {self._word()}, dossier {int(rng.integers(10**6)):06d}."], 0
        while words < target:
            sentence = self._sentence()
            text.append(sentence)
            words += sentence.count(" ") + 1
        themes = sorted({THEMES[min(29, int(rank) - 1)] for rank in rng.zipf(1.6, int(rng.integers(1, 5)))})
        return BenchDoc(
            number, self._sentence(), " ".join(text), tuple(themes),
            _FIRST_DAY + timedelta(days=int(rng.triangular(0, 0.8 * _DAYS, _DAYS))),
            PLACES[min(199, int(rng.zipf(1.5)) - 1)], "pdf" if rng.random() < 0.35 else "page",
        )  # fmt: skip

    def _sentence(self) -> str:
        if self._rng.random() < _INVENTED:
            words = [self._word() for _ in range(int(self._rng.integers(8, 20)))]
            return " ".join(words).capitalize() + "."
        number = next(self._drawn, None)
        return self._known[int(self._rng.integers(len(self._known))) if number is None else number]

    def _word(self) -> str:
        rank = next(self._invented, None)
        return invented(_ranks(self._rng, 1)[0] if rank is None else rank)


def _ranks(rng: np.random.Generator, count: int) -> list[int]:
    """Ranks whose frequency falls as (rank + shift) to the power of -exponent (Mandelbrot 1953); too large ones wrap around."""
    drawn: list[int] = (_SHIFT * rng.pareto(_ZIPF - 1, count) % _MOST_INVENTED).astype(np.int64).tolist()
    return drawn


def invented(rank: int) -> str:
    """The invented word of a rank: syllables that spell its number."""
    end, rest = _ENDS[rank % len(_ENDS)], rank // len(_ENDS) + 1
    syllables = []
    while rest:
        rest, start = divmod(rest, len(_STARTS))
        rest, vowel = divmod(rest, len(_VOWELS))
        syllables.append(_STARTS[start] + _VOWELS[vowel])
    return "".join(syllables) + end
