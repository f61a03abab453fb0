"""Words that stand more often in some texts than in others: those of a selection, those near an expression.

G² is that of T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (Computational Linguistics 19,
1993), on the table of this word and the other words, here and there. The ratio is the base-2 logarithm of that of the relative
frequencies (A. Hardie's "log ratio", 2014), a word absent there counting one half.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from indexer.analysis import Token
from indexer.engine.contract import Keyword, Keywords
from indexer.engine.whoosh.concordance import TextReader, lines, occurrences
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.nearby import near, words_near
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.term_counts import Tokens, counts_in, counts_of, dossiers_with, names_of, together, tokens_in
from indexer.plan import Plan, Unit
from indexer.query import Words

_LOOKED_AT = 20
"""Occurrences by which the form shown of a word is chosen."""


class _Side(NamedTuple):
    """Some words of texts: of which documents, how many, and how often each term is among them."""

    docs: Ints
    words: int
    counts: Ints


def keywords(snapshot: Snapshot, here: Ints, there: Ints, most: int, least: int, read: TextReader) -> Keywords:
    """The words most characteristic of `here` against `there`, sets of documents apart from each other."""
    return _compared(snapshot, _texts(snapshot, here), _texts(snapshot, there), tokens_in(here), most, least, read)


def collocates(snapshot: Snapshot, plan: Plan, docs: Ints, most: int, least: int, read: TextReader) -> Keywords:
    """The words most characteristic of what stands near an expression in `docs`, against the rest of their texts."""
    windows = near(snapshot, occurrences(snapshot, plan, docs))
    tokens = words_near(snapshot, windows)
    counts = together([counts_of(placed, tokens) for placed in snapshot.segments], snapshot.term_numbers)
    here = _Side(windows.docs, windows.words, counts)
    whole = _texts(snapshot, docs)
    return _compared(snapshot, here, _Side(docs, whole.words - here.words, whole.counts - counts), tokens, most, least, read)


def _texts(snapshot: Snapshot, docs: Ints) -> _Side:
    counts = together([counts_in(placed, docs) for placed in snapshot.segments], snapshot.term_numbers)
    return _Side(docs, int(snapshot.columns.tokens[docs].sum()), counts)


def _compared(snapshot: Snapshot, here: _Side, there: _Side, tokens: Tokens, most: int, least: int, read: TextReader) -> Keywords:
    """The words that stand more often here than there; `tokens` are those here."""
    kept = np.flatnonzero(here.counts >= least)
    scores = _signed(here.counts[kept], there.counts[kept], here.words, there.words)
    order = np.argsort(-scores, kind="stable")[: most if there.words else 0]
    order = order[scores[order] > 0]
    best, scores = kept[order], scores[order]
    dossiers = dossiers_with(best, snapshot.segments, snapshot.term_numbers, tokens)
    names = names_of(best, snapshot.segments, snapshot.term_numbers)
    found = []
    for term, name, score, having in zip(best.tolist(), names, scores.tolist(), dossiers.tolist(), strict=True):
        times, others = int(here.counts[term]), int(there.counts[term])
        ratio = float(np.log2((times / here.words) / (max(others, 0.5) / there.words)))
        found.append(Keyword(_form(snapshot, name, here.docs, read), times, others, having, score, ratio))
    return Keywords(len(here.docs), len(there.docs), here.words, there.words, tuple(found))


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


def _form(snapshot: Snapshot, term: str, here: Ints, read: TextReader) -> str:
    """How the word is mostly written in the first of its occurrences."""
    token = Token(term, term, 0, 0, 0)
    found = occurrences(snapshot, Plan((Unit(Words(term, (token,)), term),), (), ()), here)
    forms = Counter(line.form for line in lines(snapshot, found.taken(np.arange(min(len(found.docs), _LOOKED_AT))), read))
    return max(forms, key=lambda form: (forms[form], form.islower()), default=term)
