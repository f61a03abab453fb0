"""More like this: the dossiers that have most of the words which tell one dossier from the others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.whoosh.evidence import Clues, Label, clues
from indexer.engine.whoosh.postings import Ints
from indexer.engine.whoosh.snapshot import Snapshot

WORDS = 25
"""Words of a dossier that its neighbours are looked for by."""
SHARED = 4
"""Words said of a neighbour."""
_MOST_COMMON = 0.25
"""A word that a larger share of the dossiers has tells nothing of one of them."""


class Near(NamedTuple):
    """A neighbour: its document number, its score, the words it shares, the most telling first."""

    doc: int
    score: float
    words: tuple[str, ...]


def neighbours(snapshot: Snapshot, doc: int, limit: int) -> list[Near]:
    """The nearest documents to one but its near copies, best first: BM25 of its own words, each by how often it has them."""
    found = _telling(snapshot, doc)
    scores = np.zeros(snapshot.postings.size)
    for clue in found:
        scores[clue.ids] += clue.scores
    scores[[doc, *_copies(snapshot, doc)]] = 0
    near = sorted(np.flatnonzero(scores).tolist(), key=lambda other: (-scores[other], snapshot.facets[other].id))
    return [Near(other, float(scores[other]), _shared(found, other)) for other in near[:limit]]


def _copies(snapshot: Snapshot, doc: int) -> list[int]:
    return [snapshot.docnum(similar.dossier) for similar in snapshot.card(doc).similar if snapshot.has(similar.dossier)]


def _telling(snapshot: Snapshot, doc: int) -> list[Clues]:
    """What the words that tell most of a document find, each weighed by its own weight there."""
    reader = snapshot.postings
    common = max(1.0, _MOST_COMMON * reader.documents)
    found = []
    for term, form, count in snapshot.record(doc).signature:
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
