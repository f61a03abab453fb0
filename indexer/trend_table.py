"""A trend as a table: a row a period, with what there is in it, and each expression as counts and as shares of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from indexer.engine.contract import Every, Trend

FEW = 5
"""Fewer dossiers than that in a period are too few for a share to mean much."""
PER_WORDS = 10_000


def period_key(first: date, every: Every) -> str:
    """ "2017" or "2017-05"."""
    return first.isoformat()[: 4 if every == "annee" else 7]


def share(part: int, whole: int) -> float:
    """A hundred times a part of a whole, 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def frequency(occurrences: int, words: int) -> float:
    """Occurrences for `PER_WORDS` words."""
    return PER_WORDS * occurrences / words if words else 0.0


def rows(found: Trend, every: Every) -> Iterator[tuple[str, ...]]:
    """The head of the table, then its rows."""
    names = ("dossiers", "occurrences", "% des dossiers", "pour 10 000 mots")
    yield ("periode", "dossiers", "mots", *(f"{series.expression} : {name}" for series in found.series for name in names))
    for place, first in enumerate(found.periods):
        dossiers, words = found.dossiers[place], found.words[place]
        cells: list[str] = []
        for series in found.series:
            having, times = series.dossiers[place], series.occurrences[place]
            cells += [str(having), str(times), f"{share(having, dossiers):.2f}", f"{frequency(times, words):.2f}"]
        yield (period_key(first, every), str(dossiers), str(words), *cells)
