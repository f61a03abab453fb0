"""How often an expression stands in the texts of dossiers, as a score of the cluster.

A dossier's words begin with its facts, which are no text. The mark `TEXTS` stands behind them: what has the mark after it,
however far, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.engine.opensearch.mapping import COUNTING, TEXTS
from indexer.engine.opensearch.matching import shapes
from indexer.engine.opensearch.shapes import Clause, Phrase, Shape, Term, all_of, any_of
from indexer.query import Leaf

_HAS_TEXTS: Clause = {"term": {"text": TEXTS}}
_ANYWHERE = 1 << 30
"""More words than a dossier has."""


class Counted(NamedTuple):
    """A clause whose score is how often something stands in the texts of a dossier, times `times`."""

    clause: Clause
    times: int

    def among(self, within: Clause) -> Clause:
        """The same among some dossiers."""
        return {"bool": {"filter": [within], "must": [self.clause]}}

    def occurrences(self, score: float) -> int:
        """A score, or the sum of some, as occurrences."""
        return round(score / self.times)


def candidates(leaves: list[Leaf], within: Clause) -> Clause:
    """The dossiers that have one of some leaves, be it in their facts alone."""
    return all_of([within, _HAS_TEXTS, any_of([shape.clause() for shape in _shapes(leaves)])])


def counted(leaves: list[Leaf]) -> Counted | None:
    """The occurrences of any of some leaves, two that begin at one place counted once; None for what only the texts tell.

    These are prefixes, and several expressions of which one is a phrase. A word beside the phrase of the same leaf is another
    spelling of its whole ("centreville"): it stands where the phrase begins or apart from it.
    """
    found = _shapes(leaves)
    phrases = [shape for shape in found if isinstance(shape, Phrase)]
    words = [shape for shape in found if isinstance(shape, Term)]
    if not found or len(phrases) + len(words) < len(found) or (phrases and len(leaves) > 1):
        return None
    times = len({*phrases[0].sequence}) if phrases else 1  # the cluster adds a span's score once for each of its different words
    clauses = [_weighed(_occurrences(phrase), 1) for phrase in phrases]
    clauses += [_weighed(_occurrences(word, [*phrases, *words[:n]]), times) for n, word in enumerate(words)]
    return Counted({"bool": {"filter": [_HAS_TEXTS], "should": clauses, "minimum_should_match": 1}}, times)


def _shapes(leaves: list[Leaf]) -> list[Shape]:
    return [*dict.fromkeys(shape for leaf in leaves for shape in shapes(leaf, "text"))]


def _occurrences(shape: Term | Phrase, others: Sequence[Term | Phrase] = ()) -> Clause:
    """Those in the texts that do not overlap others."""
    span = _span(shape)
    if others:
        span = _without(span, {"span_or": {"clauses": [_span(other) for other in others]}})
    return _without(span, _word(TEXTS), post=_ANYWHERE, boost=COUNTING)


def _without(include: Clause, exclude: Clause, **more: int) -> Clause:
    return {"span_not": {"include": include, "exclude": exclude, **more}}


def _span(shape: Term | Phrase) -> Clause:
    if isinstance(shape, Term):
        return _word(shape.word)
    return {"span_near": {"clauses": [_word(word) for word in shape.sequence], "slop": 0, "in_order": True}}


def _word(word: str) -> Clause:
    return {"span_term": {"text": word}}


def _weighed(clause: Clause, weight: int) -> Clause:
    return clause if weight == 1 else {"function_score": {"query": clause, "weight": weight}}
