"""The best windows of 80 words of some dossiers, scored by the cluster as `indexer.ranking` scores them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from indexer import ranking
from indexer.analysis import Token
from indexer.engine.document import Record
from indexer.engine.opensearch.clues import Source
from indexer.engine.opensearch.scoring import exactly
from indexer.engine.opensearch.shapes import NOTHING, Clause, inside, worth
from indexer.engine.opensearch.snapshot import Snapshot, read_card, read_record
from indexer.model import Card


class Window(NamedTuple):
    """A window by its number, its score, and what stands at each of its positions as it was indexed."""

    number: int
    score: float
    words: tuple[str, ...]

    @property
    def begin(self) -> int:
        """The position of its first word."""
        return self.number * ranking.PASSAGE_STEP

    def tokens(self) -> Iterator[Token]:
        """Its words."""
        for position, words in enumerate(self.words, self.begin):
            for word in words.split("|"):
                form, _, term = word.partition("/")
                if term:
                    yield Token(term, form, 0, 0, position)
                else:
                    yield Token(form[1:], form[1:], 0, 0, position, stop=True)


def best(snapshot: Snapshot, sources: list[Source], ids: list[str]) -> dict[str, float]:
    """The score of the best window of each dossier that has one in which something of the query stands."""
    if not (sources and ids):
        return {}
    body = {"query": _inside(sources, ids), "size": len(ids), "_source": False, "track_total_hits": False}
    return {hit["_id"]: hit["_score"] for hit in snapshot.ask(body)["hits"]["hits"]}


class Kept(NamedTuple):
    """What a dossier that is shown is made of: its facts, where its parts stand, its best windows, best first."""

    card: Card
    record: Record
    windows: tuple[Window, ...]


def kept(snapshot: Snapshot, sources: list[Source], ids: list[str], most: int) -> dict[str, Kept]:
    """What is needed to show some dossiers, with at most so many windows of each; those that are gone are left out."""
    if not ids:
        return {}
    query: Clause = {"bool": {"filter": [exactly(ids)]}}
    if sources and most:
        fields = {"docvalue_fields": ["windows.number"], "stored_fields": ["windows.text"]}
        inner = {"size": most, "sort": ["_score", "windows.number"], **fields}
        query["bool"]["should"] = [_nested(sources, inner_hits=inner)]
    hits = snapshot.ask({"query": query, "size": len(ids), "track_total_hits": False})["hits"]["hits"]
    return {hit["_id"]: Kept(read_card(hit), read_record(hit), tuple(_windows(hit))) for hit in hits}


def _windows(hit: dict[str, Any]) -> Iterator[Window]:
    for one in hit.get("inner_hits", {}).get("windows", {}).get("hits", {}).get("hits", ()):
        fields = one["fields"]
        yield Window(fields["windows.number"][0], one["sort"][0], tuple(fields["windows.text"][0].split()))


def _inside(sources: list[Source], ids: list[str]) -> Clause:
    return {"bool": {"filter": [exactly(ids)], "must": [_nested(sources)]}}


def _nested(sources: list[Source], **more: object) -> Clause:
    scored = [source_clause(source) for source in sources if source.idf]
    return {"nested": {"path": "windows", "score_mode": "max", "query": {"bool": {"should": scored or [NOTHING]}}, **more}}


def source_clause(source: Source) -> Clause:
    """What a source adds to a window: of several spellings the one that adds most."""
    boost = ranking.PASSAGE * source.weight * source.idf
    each = [worth(inside(shape), boost) for shape in source.shapes]
    return each[0] if len(each) == 1 else {"dis_max": {"queries": each}}
