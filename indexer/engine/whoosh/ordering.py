"""The order of what a search found: by relevance with best passages, or by event date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from indexer import ranking
from indexer.engine.contract import Request
from indexer.engine.whoosh.matching import Found
from indexer.engine.whoosh.postings import Floats, Ints
from indexer.engine.whoosh.schema import FacetRecord
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.windows import sources, window_scores
from indexer.plan import Plan


def with_passages(snapshot: Snapshot, plan: Plan, found: Found, kept: Ints) -> Floats:
    """The score of every document of the index; of those of `kept` that come first without passages, with the best one."""
    scores = found.base * found.factor()
    first = np.sort(_first(snapshot, scores, kept))
    if plan.units and len(first):
        words = np.array([snapshot.facets[doc].words for doc in first.tolist()], np.int64)
        windows = window_scores(sources(snapshot.postings, plan, found, first), first, words)
        scores[first] += ranking.PASSAGE * windows.max(axis=1) * found.factor()[first]
    return scores


def _first(snapshot: Snapshot, scores: Floats, kept: Ints) -> Ints:
    """The documents whose passages count: the first by score, ties settled as in the ranking."""
    if len(kept) <= ranking.PASSAGES_SCORED:
        return kept
    least = np.partition(scores[kept], -ranking.PASSAGES_SCORED)[-ranking.PASSAGES_SCORED]
    near = kept[scores[kept] >= least].tolist()
    return np.array(sorted(near, key=lambda doc: (-scores[doc], snapshot.facets[doc].id))[: ranking.PASSAGES_SCORED], np.int64)


Key = tuple[float, float, float, str]


def order(request: Request, scores: Floats, records: dict[int, FacetRecord]) -> Callable[[int], Key]:
    """The sort key of a document number: the dossiers without a date come last, ties are settled by score, then identifier."""
    today = (request.today or date.today()).toordinal()

    def key(doc: int) -> Key:
        place, distance = _place(request, records[doc].spans, today)
        return place, distance, -float(scores[doc]), records[doc].id

    return key


def _place(request: Request, spans: tuple[tuple[int, int], ...], today: int) -> tuple[float, float]:
    """Which group of the order a dossier belongs to, and where in it. An event is upcoming until its last day is over."""
    if request.sort == "pertinence":
        return 0, 0
    if not spans:
        return 2, 0
    if request.sort == "date":
        return 0, -max(start for start, _ in spans)
    if request.sort == "date-croissante":
        return 0, min(start for start, _ in spans)
    coming = [start for start, end in spans if end >= today]
    past = [end for _, end in spans if end < today]
    if request.sort == "a-venir":
        return (0, min(coming)) if coming else (1, -max(past))
    return (0, -max(past)) if past else (1, min(coming))
