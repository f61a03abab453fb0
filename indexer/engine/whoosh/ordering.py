"""The order of what a search found: by relevance with best passages, or by event date."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.contract import Request
from indexer.engine.whoosh.facet_columns import SnapshotColumns
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.matching import Found
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.windows import Source, sources, window_scores
from indexer.plan import Plan

_FAR = 1 << 30
"""More than any day number."""
_NEVER = 3 * _FAR
_BLOCK = 32
"""Of so many values the smallest stands for all, to leave most of them out at once."""
_FEW = 2_000
"""So many documents are put in order by their identifiers read one by one; for more of them all identifiers are ranked."""


class Windows(NamedTuple):
    """Where the query stands in some documents (ascending), and the scores of their windows, a row for each."""

    docs: Ints
    sources: list[Source]
    scores: Floats

    def of(self, docs: Ints) -> Windows | None:
        """Those of other documents, when they are among these."""
        places = np.minimum(np.searchsorted(self.docs, docs), max(len(self.docs) - 1, 0))
        if not len(self.docs) or (self.docs[places] != docs).any():
            return None
        return Windows(docs, self.sources, self.scores[places])


def windows(snapshot: Snapshot, plan: Plan, docs: Ints) -> Windows:
    """Of `docs` (ascending)."""
    found = sources(snapshot.postings, plan, docs)
    return Windows(docs, found, window_scores(found, docs, snapshot.columns.words[docs]))


def with_passages(snapshot: Snapshot, plan: Plan, found: Found) -> tuple[Floats, Windows | None]:
    """The scores of the documents found; of those that come first without passages with the best one, and their windows."""
    scores = found.base * found.factor
    if not (plan.units and len(found.ids)):
        return scores, None
    first = np.sort(top(snapshot, -scores, None, found.ids, ranking.PASSAGES_SCORED))
    here = windows(snapshot, plan, found.ids[first])
    scores[first] += ranking.PASSAGE * here.scores.max(axis=1) * found.factor[first]
    return scores, here


def ordered(snapshot: Snapshot, request: Request, found: Found, scores: Floats, most: int) -> Ints:
    """Which of the documents found come first, in order, at most `most`: places in `found.ids`."""
    if request.sort == "pertinence":
        return top(snapshot, -scores, None, found.ids, most)
    today = (request.today or date.today()).toordinal()
    by_document = snapshot.postings.kept(("order", request.sort, today), lambda: by_date(snapshot.columns, request.sort, today))
    return top(snapshot, by_document[found.ids], -scores, found.ids, most)


def top(snapshot: Snapshot, first: Floats, second: Floats | None, ids: Ints, most: int) -> Ints:
    """The places of the smallest values of `first`, then of `second`, then by identifier; at most `most`, in order."""
    places = _smallest(first, most)
    if second is not None and len(places) > most:
        least = first[places].max()  # the last value of `first` that comes in, which too many share
        sure, tied = places[first[places] < least], places[first[places] == least]
        places = np.concatenate([sure, tied[_smallest(second[tied], most - len(sure))]])
    keys = [first[places]] if second is None else [second[places], first[places]]
    order = np.lexsort(keys)
    if np.logical_and.reduce([np.diff(key[order]) == 0 for key in keys]).any():
        order = np.lexsort((snapshot.id_ranks(ids[places], _FEW), *keys))
    return places[order][:most]


def _smallest(values: Floats, most: int) -> Ints:
    """The places of the `most` smallest values, with all that equal the last of them."""
    if len(values) <= most:
        return np.arange(len(values))
    blocks = len(values) // _BLOCK
    if blocks <= most:
        return np.flatnonzero(values <= np.partition(values, most - 1)[most - 1])
    least = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).min(axis=1)
    near = np.flatnonzero(values <= np.partition(least, most - 1)[most - 1])  # so many blocks have one as small as this
    kept: Ints = near[values[near] <= np.partition(values[near], most - 1)[most - 1]]
    return kept


def by_date(columns: SnapshotColumns, sort: str, today: int) -> Ints:
    """By document, what it is sorted by, smallest first; the dossiers without a date come last.

    An event is upcoming until its last day is over.
    """
    if sort == "nouveautes":
        return -columns.changed
    docs, first, last = columns.span_docs, columns.span_first, columns.span_last
    size = len(columns.words)
    if sort == "date":
        return _least(docs, -first, size)
    if sort == "date-croissante":
        return _least(docs, first, size)
    coming = last >= today
    soon, past = _least(docs[coming], first[coming], size), _least(docs[~coming], -last[~coming], size)
    if sort == "a-venir":
        return np.where(soon < _NEVER, soon, _FAR + past)
    return np.where(past < _NEVER, past, _FAR + soon)


def _least(docs: Ints, values: Ints, size: int) -> Ints:
    """The least value of each document, `_NEVER` for those that have none."""
    least = np.full(size, _NEVER, np.int64)
    np.minimum.at(least, docs, values)
    return least
