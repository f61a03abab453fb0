"""How well a ranking answers: measures of one query with binary relevance, at ten hits.

MRR: E. Voorhees, TREC-8 question answering track, 1999. nDCG: K. Järvelin & J. Kekäläinen, "Cumulated gain-based evaluation of IR
techniques", 2002, gain 1, discount log2(rank + 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

DEPTH = 10


def reciprocal_rank(ranked: Sequence[str], relevant: Sequence[str]) -> float:
    """1 / the rank of the first relevant hit, 0 without one."""
    return next((1 / rank for rank, id in enumerate(ranked[:DEPTH], 1) if id in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Sequence[str]) -> float:
    """The gain of the relevant hits, discounted by rank, as a share of the best possible."""
    gain = sum(1 / log2(rank + 1) for rank, id in enumerate(ranked[:DEPTH], 1) if id in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(len(set(relevant)), DEPTH) + 1))
    return gain / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Sequence[str]) -> float:
    """The share of the relevant documents among the hits."""
    return len(set(ranked[:DEPTH]) & set(relevant)) / len(set(relevant)) if relevant else 0.0
