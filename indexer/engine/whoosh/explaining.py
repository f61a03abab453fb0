"""A score as a sum that a person can read: the clues, those of the best passage, and what having the words adds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer import ranking
from indexer.engine.contract import Clue
from indexer.engine.coverage import coverage_clue
from indexer.engine.whoosh.matching import Found, all_clues
from indexer.engine.whoosh.neighbours import at
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.windows import each_source, sources
from indexer.plan import Plan


def explained(snapshot: Snapshot, plan: Plan, found: Found, score: float) -> tuple[Clue, ...]:
    """The clues of the one document `found`, whose `score` is known; that of the passage only when it counted in the score."""
    (doc,) = found.ids.tolist()
    clues = list(_words(snapshot, plan, doc))
    plain = float(found.base[0] * found.factor[0])
    if score > plain:
        clues += _passage(snapshot, plan, doc)
    share = float(found.coverage[0])
    clues.append(coverage_clue(share, sum(clue.score for clue in clues)))
    return tuple(clue for clue in clues if clue.score)


def _words(snapshot: Snapshot, plan: Plan, doc: int) -> Iterator[Clue]:
    for clue in all_clues(snapshot.postings, plan):
        score, count = at(clue.ids, clue.scores, doc), at(clue.ids, clue.counts, doc)
        yield Clue(clue.typed, clue.words, clue.evidence, score, clue.weight, clue.idf, count, len(clue.ids))


def _passage(snapshot: Snapshot, plan: Plan, doc: int) -> Iterator[Clue]:
    docs = np.array([doc], np.int64)
    each = list(each_source(sources(snapshot.postings, plan, docs), docs, snapshot.columns.words[docs]))
    best = int(np.argmax(sum(scores[0] for _, scores in each)))
    begin = best * ranking.PASSAGE_STEP
    for source, scores in each:
        inside = (source.places.positions >= begin) & (source.places.positions < begin + ranking.PASSAGE_WORDS)
        score = ranking.PASSAGE * float(scores[0, best])
        weight = ranking.PASSAGE * source.weight
        yield Clue(source.typed, source.words, "passage", score, weight, source.idf, float(inside.sum()), source.documents)
