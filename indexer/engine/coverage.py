"""What having a share of the words adds to a score, as a clue: the same for every engine."""

from __future__ import annotations

from indexer import ranking
from indexer.engine.contract import Clue


def coverage_clue(share: float, told: float) -> Clue:
    """What the share of the query's idf that a dossier has adds to the clues `told` together."""
    words = f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    return Clue("", words, "couverture", ranking.COVERAGE * share * told, ranking.COVERAGE, 0.0, share, 0)
