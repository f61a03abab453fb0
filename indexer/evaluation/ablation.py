"""What a part of the ranking is worth: the same questions without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from indexer import ranking

EVIDENCE = {
    "passage": "PASSAGE",
    "couverture": "COVERAGE",
    "racine": "ROOT",
    "paire": "PAIR",
    "exact": "FORM",
    "titre": "TITLE",
    "net": "SHARP_WORDS",
}
"""What can be left out: the weight of `indexer.ranking` that becomes 0. "net": keeping to the dossiers that have both words."""


@contextmanager
def ranked_without(names: Iterable[str]) -> Iterator[None]:
    """Rank without these inside."""
    weights = {EVIDENCE[name]: getattr(ranking, EVIDENCE[name]) for name in names}
    try:
        for weight in weights:
            setattr(ranking, weight, 0)
        yield
    finally:
        for weight, value in weights.items():
            setattr(ranking, weight, value)
