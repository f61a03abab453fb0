"""More like this: the dossiers that have most of the words which tell one dossier from the others."""

from __future__ import annotations

from typing import NamedTuple

from indexer import ranking
from indexer.engine.contract import Neighbour
from indexer.engine.document import Record
from indexer.engine.opensearch.scoring import exactly
from indexer.engine.opensearch.shapes import Clause, Term, cut, worth
from indexer.engine.opensearch.snapshot import Snapshot, read_card
from indexer.engine.telling import MOST_COMMON, SHARED, WORDS, most_used
from indexer.model import Card, PartReader


class _Word(NamedTuple):
    """A word that tells something of a dossier: as it is written, and the worth of one occurrence elsewhere."""

    form: str
    shape: Term
    worth: float


def neighbours(snapshot: Snapshot, dossier_id: str, limit: int, read: PartReader) -> tuple[Neighbour, ...]:
    """The nearest dossiers to one but its near copies, best first: BM25 of the words of its texts."""
    card, record = snapshot.one(dossier_id)
    telling = _telling(snapshot, card, record, read)
    body = {
        "query": {"bool": {"must": [_any(telling)], "must_not": [exactly([card.id, *(one.dossier for one in card.similar)])]}},
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "size": limit,
        "_source": ["card"],
        "track_total_hits": False,
    }
    hits = snapshot.ask(body, include_named_queries_score="true")["hits"]["hits"] if telling else []
    return tuple(Neighbour(read_card(hit), hit["sort"][0], _shared(hit["matched_queries"])) for hit in hits)


def _any(words: list[_Word]) -> Clause:
    return {"bool": {"should": [worth(word.shape, word.worth, word.form) for word in words]}}


def _telling(snapshot: Snapshot, card: Card, record: Record, read: PartReader) -> list[_Word]:
    """The words that tell most of a dossier, each weighed by its own weight there."""
    used = [(Term("text", cut(term)), form, count) for term, form, count in most_used(_texts(card, record, read))]
    snapshot.known.learn(shape.clause() for shape, _, _ in used)
    common = max(1.0, MOST_COMMON * snapshot.known.documents)
    found = [
        _Word(form, shape, ranking.saturation(count, 1.0, 1.0) * snapshot.known.idf(shape))
        for shape, form, count in used
        if 1 < snapshot.known.count(shape.clause()) <= common and not form.isdigit()
    ]
    return sorted(found, key=lambda word: -word.worth)[:WORDS]


def _texts(card: Card, record: Record, read: PartReader) -> list[str]:
    return [card.title, *(read(part.text_key, part.page) for part in record.parts)]


def _shared(found: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(found, key=lambda word: -found[word])[:SHARED])
