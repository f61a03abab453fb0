"""Words that stand more often in some texts than in others: the same figures for every engine.

G² is that of T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (Computational Linguistics 19,
1993), on the table of this word and the other words, here and there. The ratio is the base-2 logarithm of that of the relative
frequencies (A. Hardie's "log ratio", 2014), a word absent there counting one half.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engine.contract import Keyword
from indexer.engine.occurrences import Ints

Floats = NDArray[Any]
LOOKED_AT = 20
"""Occurrences by which the form shown of a word is chosen."""


class Side(NamedTuple):
    """Some words of texts: how many, and how often each term is among them."""

    words: int
    counts: Ints


class Best(NamedTuple):
    """Terms by their numbers, best first, with their G² and their ratios."""

    terms: Ints
    scores: Floats
    ratios: Floats


def best(here: Side, there: Side, most: int, least: int) -> Best:
    """The terms that stand more often here than there, at most so many, each at least so often."""
    kept = np.flatnonzero(here.counts >= least)
    scores = _signed(here.counts[kept], there.counts[kept], here.words, there.words)
    order = np.argsort(-scores, kind="stable")[: most if there.words else 0]
    order = order[scores[order] > 0]
    terms = kept[order]
    times = here.counts[terms] / np.maximum(there.counts[terms], 0.5)
    return Best(terms, scores[order], np.log2(times * there.words / max(here.words, 1)))


def told(found: Best, here: Side, there: Side, words: Iterable[str], dossiers: Iterable[int]) -> tuple[Keyword, ...]:
    """The best terms as they are shown: each as it is written, and in how many dossiers it is here."""
    figures = (here.counts[found.terms], there.counts[found.terms], found.scores, found.ratios)
    each = zip(words, dossiers, *(values.tolist() for values in figures), strict=True)
    return tuple(Keyword(word, times, others, having, score, ratio) for word, having, times, others, score, ratio in each)


def g2(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Twice the log-likelihood ratio of tables of two by two counts (Dunning 1993)."""
    total = a + b + c + d
    cells = ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(cell > 0, cell * np.log(cell * total / (row * column)), 0.0) for cell, row, column in cells]
    summed: Floats = 2 * np.sum(terms, axis=0)
    return summed


def _signed(here: Ints, there: Ints, words_here: int, words_there: int) -> Floats:
    """G², negative for words that are rarer here."""
    a, b = here.astype(float), there.astype(float)
    scores = g2(a, words_here - a, b, words_there - b)
    return np.where(a * words_there >= b * words_here, scores, -scores)
