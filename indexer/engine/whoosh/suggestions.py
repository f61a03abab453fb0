"""What may be suggested of an index: its themes, places and titles, the words and expressions that several dossiers have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from indexer.engine.common_words import merged_common
from indexer.engine.contract import UNKNOWN, Suggestion
from indexer.engine.whoosh.facet_columns import FacetColumn

if TYPE_CHECKING:
    from indexer.engine.whoosh.snapshot import Snapshot

MOST_TITLES = 20_000
"""Titles that are suggested, those of the dossiers added last."""

Kind = Literal["titre", "theme", "lieu", "mot", "expression"]


def suggestions(snapshot: Snapshot) -> Iterator[Suggestion]:
    """Every entry with how many dossiers have it; those of a kind that is told apart before plain words."""
    yield from _values("theme", snapshot.columns.facets["theme"], snapshot)
    yield from _values("lieu", snapshot.columns.facets["lieu"], snapshot)
    common = merged_common([placed.segment.common for placed in snapshot.segments])
    yield from (Suggestion(text, "expression", count) for text, count in common.expressions.values())
    yield from (Suggestion(text, "mot", count) for text, count in common.words.values())
    latest = islice(reversed(snapshot.postings.all_ids.tolist()), MOST_TITLES)
    titles = Counter(snapshot.card(doc).title for doc in latest)
    yield from (Suggestion(title, "titre", count) for title, count in titles.items())


def _values(kind: Kind, column: FacetColumn, snapshot: Snapshot) -> Iterator[Suggestion]:
    counts = column.count(snapshot.columns.chosen(snapshot.postings.all_ids))
    for number in np.flatnonzero(counts).tolist():
        value = column.values[number]
        if value.key != UNKNOWN:
            yield Suggestion(value.label, kind, int(counts[number]))
