"""All that a query finds, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.engine.opensearch.shapes import Clause
from indexer.engine.opensearch.snapshot import Snapshot

BY_ID: list[Clause] = [{"id": {"order": "asc"}}]


def walk(snapshot: Snapshot, query: Clause, sort: list[Clause], at_once: int, **more: Any) -> Iterator[dict[str, Any]]:
    """Every hit in order, with its score; `sort` tells any two apart."""
    after: dict[str, Any] = {}
    body = {
        "query": query,
        "sort": sort,
        "track_scores": True,
        "track_total_hits": False,
        "_source": False,
        "size": at_once,
        **more,
    }
    while True:
        hits = snapshot.ask(body | after)["hits"]["hits"]
        yield from hits
        if len(hits) < at_once:
            return
        after = {"search_after": hits[-1]["sort"]}
