"""A score as a sum that a person can read: the clues, those of the best passage, and what having the words adds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer import ranking
from indexer.engine.contract import Clue
from indexer.engine.whoosh.matching import Found
from indexer.engine.whoosh.neighbours import at
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.windows import each_source, sources
from indexer.plan import Plan


def explained(snapshot: Snapshot, plan: Plan, found: Found, doc: int, score: float) -> tuple[Clue, ...]:
    """The clues of a document whose `score` is known; that of the passage counts only when it counted in the score."""
    clues = list(_words(found, doc))
    plain = float(found.base[doc] * found.factor()[doc])
    if score > plain:
        clues += _passage(snapshot, plan, found, doc)
    share = float(found.coverage[doc])
    clues.append(_coverage(share, sum(clue.score for clue in clues)))
    return tuple(clue for clue in clues if clue.score)


def _coverage(share: float, told: float) -> Clue:
    words = f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%")
    return Clue("", words, "couverture", ranking.COVERAGE * share * told, ranking.COVERAGE, 0.0, share, 0)


def _words(found: Found, doc: int) -> Iterator[Clue]:
    for clue in found.clues:
        score, count = at(clue.ids, clue.scores, doc), at(clue.ids, clue.counts, doc)
        yield Clue(clue.typed, clue.words, clue.evidence, score, clue.weight, clue.idf, count, len(clue.ids))


def _passage(snapshot: Snapshot, plan: Plan, found: Found, doc: int) -> Iterator[Clue]:
    docs, words = np.array([doc]), np.array([snapshot.facets[doc].words])
    each = list(each_source(sources(snapshot.postings, plan, found, docs), docs, words))
    best = int(np.argmax(sum(scores[0] for _, scores in each)))
    begin = best * ranking.PASSAGE_STEP
    for source, scores in each:
        inside = (source.places.positions >= begin) & (source.places.positions < begin + ranking.PASSAGE_WORDS)
        score = ranking.PASSAGE * float(scores[0, best])
        weight = ranking.PASSAGE * source.weight
        yield Clue(source.typed, source.words, "passage", score, weight, source.idf, float(inside.sum()), source.documents)
