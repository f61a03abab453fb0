"""What counts for how much in the ranking: the recipe, the same for every engine.

A dossier's score is the sum of its clues, each BM25 with Lucene's idf (S. Robertson & H. Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009), and of its best passage, times one plus the share of the query that it has. Weights
were measured on French question collections (`chercheville evaluate`), as ARCHITECTURE.md tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log
from typing import Any

K1, B = 1.2, 0.75

TEXT = 1.0
TITLE = 0.5
FORM = 0.5
"""Of the word as it is written, unstemmed."""
ROOT = 0.5
"""Of words of the same family, which begin with the same letters ("employeur", "emploi"): they add to a match, they are none."""
ROOT_LETTERS = 5
PAIR = 0.3
"""Of two words of the query that follow each other, stop words left out."""
THEME = 0.3
PLACE = 0.3

ALTERNATIVE = 0.4
"""Of a synonym or acronym, and of a word glued or cut by a PDF, against the word as typed."""

PASSAGE = 1.0
PASSAGE_WORDS, PASSAGE_STEP = 80, 40
"""A passage is 80 words long; one begins every 40 words."""
PASSAGE_NEAR = 3
"""Words of a pair stand at most so many words apart in a passage."""
PASSAGES_SCORED = 50
"""The best passage is looked for in so many dossiers, the first of the ranking without passages."""

COVERAGE = 1.0
"""Of having every word: a score is multiplied by 1 + this × the share of the query's idf that the dossier has."""

SHARP_WORDS = 2
"""A query of at most so many words keeps to the dossiers that have them all, when there are any."""


def idf(documents: int, having: int) -> float:
    """Lucene's inverse document frequency of what `having` of the `documents` have: never negative."""
    return log(1 + (documents - having + 0.5) / (having + 0.5))


def saturation(count: Any, length: Any, mean: float) -> Any:
    """BM25's weight of `count` occurrences in a field of `length` words where `mean` is usual; numbers or arrays."""
    return saturated(count, length_norm(length, mean))


def length_norm(length: Any, mean: float) -> Any:
    """What the length of a field takes from its occurrences: the K of BM25."""
    return K1 * (1 - B + B * length / mean)


def saturated(count: Any, norm: Any) -> Any:
    """BM25's weight of `count` occurrences in a field of that length norm."""
    return (K1 + 1) * count / (count + norm)


def root(form: str) -> str:
    """The first letters of a word, which its family shares."""
    return form[:ROOT_LETTERS]


def pairs(terms: list[str]) -> Iterator[str]:
    """Each two words that follow each other, as one word of the field of pairs."""
    return (f"{left} {right}" for left, right in pairwise(terms))
