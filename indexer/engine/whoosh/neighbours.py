"""More like this: the dossiers that have most of the words which tell one dossier from the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.telling import MOST_COMMON, SHARED, WORDS, most_used
from indexer.engine.whoosh.evidence import Clues, Label, clues
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.ordering import top
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.vectors import vector


class Near(NamedTuple):
    """A neighbour: its document number, its score, the words it shares, the most telling first."""

    doc: int
    score: float
    words: tuple[str, ...]


def neighbours(snapshot: Snapshot, doc: int, texts: Iterable[str], limit: int) -> list[Near]:
    """The nearest documents to one but its near copies, best first: BM25 of the words of its `texts`."""
    found = _telling(snapshot, texts)
    worth = vector([(clue.ids, clue.scores) for clue in found], snapshot.postings.size)
    ids = np.setdiff1d(worth.docs().ids, [doc, *_copies(snapshot, doc)], assume_unique=True)
    scores = worth.at(ids).astype(float)
    near = top(snapshot, -scores, None, ids, limit)
    return [Near(int(ids[place]), float(scores[place]), _shared(found, int(ids[place]))) for place in near.tolist()]


def _copies(snapshot: Snapshot, doc: int) -> list[int]:
    return [snapshot.docnum(similar.dossier) for similar in snapshot.card(doc).similar if snapshot.has(similar.dossier)]


def _telling(snapshot: Snapshot, texts: Iterable[str]) -> list[Clues]:
    """What the words that tell most of a document find, each weighed by its own weight there."""
    reader = snapshot.postings
    common = max(1.0, MOST_COMMON * reader.documents)
    found = []
    for term, form, count in most_used(texts):
        clue = clues(reader, "text", term, Label("", form, "texte", ranking.saturation(count, 1.0, 1.0)))
        if 1 < len(clue.ids) <= common and not form.isdigit():
            found.append(clue)
    return sorted(found, key=lambda clue: -clue.weight * clue.idf)[:WORDS]


def _shared(found: list[Clues], doc: int) -> tuple[str, ...]:
    worth = {clue.words: score for clue in found if (score := at(clue.ids, clue.scores, doc))}
    return tuple(sorted(worth, key=lambda word: -worth[word])[:SHARED])


def at(ids: Ints, values: np.ndarray, doc: int) -> float:
    """The value of a document, 0 when it has none."""
    place = int(np.searchsorted(ids, doc))
    return float(values[place]) if place < len(ids) and ids[place] == doc else 0.0
