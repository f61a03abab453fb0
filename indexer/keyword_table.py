"""Characteristic words as a table: a row a word."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine.contract import Keywords


def keyword_rows(found: Keywords) -> Iterator[tuple[str, ...]]:
    """The head of the table, then its rows."""
    yield ("mot", "occurrences", "ailleurs", "dossiers", "g2", "log2_du_rapport", "mots_de_la_selection", "mots_d_ailleurs")
    for one in found.keywords:
        counts = (one.here, one.there, one.dossiers)
        wholes = (found.words_here, found.words_there)
        yield (one.word, *map(str, counts), f"{one.score:.2f}", f"{one.ratio:.2f}", *map(str, wholes))
