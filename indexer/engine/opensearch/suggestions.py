"""What may be suggested of an index: its themes, places and titles, the words and expressions that several dossiers have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

from indexer.engine.contract import UNKNOWN, Suggestion
from indexer.engine.opensearch.snapshot import Snapshot
from indexer.suggesting import Suggester

MOST_TITLES = 20_000
"""Titles that are suggested, those of the dossiers that came or changed last."""
_AT_ONCE = 10_000


def suggester(snapshot: Snapshot) -> Suggester:
    """Made at the first suggestion of a generation."""
    return snapshot.kept.get(("suggester",), lambda: Suggester(_suggestions(snapshot)), lambda _: 1 << 24)


def _suggestions(snapshot: Snapshot) -> Iterator[Suggestion]:
    """Every entry with how many dossiers have it; those of a kind that is told apart before plain words."""
    yield from _values("theme", "theme", snapshot)
    yield from _values("lieu", "lieu", snapshot)
    common = snapshot.common()
    yield from (Suggestion(text, "expression", count) for text, count in common.expressions.values())
    yield from (Suggestion(text, "mot", count) for text, count in common.words.values())
    titles = Counter(islice(_titles(snapshot), MOST_TITLES))
    yield from (Suggestion(title, "titre", count) for title, count in titles.items())


def _values(kind: Literal["theme", "lieu"], column: str, snapshot: Snapshot) -> Iterator[Suggestion]:
    counts: Counter[str] = Counter()
    for value, count in snapshot.values(f"facet.{column}"):
        counts[value.split("\t", 1)[0]] += count
    labels = snapshot.labels(column)
    yield from (Suggestion(labels[key], kind, count) for key, count in counts.items() if key != UNKNOWN)


def _titles(snapshot: Snapshot) -> Iterator[str]:
    after: dict[str, Any] = {}
    while True:
        sort = [{"changed": "desc"}, {"id": "asc"}]
        body = {"size": _AT_ONCE, "_source": False, "docvalue_fields": ["title_shown"], "sort": sort, **after}
        hits = snapshot.ask(body | {"track_total_hits": False})["hits"]["hits"]
        yield from (hit["fields"]["title_shown"][0] for hit in hits)
        if len(hits) < _AT_ONCE:
            return
        after = {"search_after": hits[-1]["sort"]}
