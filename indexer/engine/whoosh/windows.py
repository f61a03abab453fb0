"""The best passage of a document: windows of 80 words, one every 40, scored by the query's words in them.

A window counts what its two halves of 40 words hold, so one count by halves serves all windows of all the documents at hand.
Its score is BM25 with a passage as the field: S. Robertson & H. Zaragoza 2009; idf is that of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.whoosh.evidence import paired, places, weighed
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.phrases import near_places
from indexer.engine.whoosh.posting_list import Places, keyed
from indexer.engine.whoosh.postings import Floats, PostingsReader
from indexer.engine.words_sought import is_phrase, length
from indexer.plan import Plan, Unit, is_plain, plain_tokens
from indexer.query import Leaf, Prefix, Words


class Source(NamedTuple):
    """Something of the query that stands in texts: where, and what one occurrence is worth before saturation.

    `leaf` is what is marked in the text; what only adds to another source has none.
    """

    typed: str
    words: str
    weight: float
    idf: float
    documents: int
    length: int
    places: Places
    leaf: Leaf | None = None


def sources(reader: PostingsReader, plan: Plan, docs: Ints) -> list[Source]:
    """Where the words of a plan stand in `docs` (ascending)."""
    out: list[Source] = []
    for unit in plan.units:
        for leaf, weight in unit.weighed_leaves():
            if leaf.field in ("texte", "titre"):
                out.extend(_of_leaf(reader, unit, leaf, weight, docs))
    for pair in plan.pairs:
        left, right = (keyed(reader.places("text", token.term, docs)) for token in (pair.left, pair.right))
        clue = paired(reader, pair)
        near = near_places(left, right, ranking.PASSAGE_NEAR)
        out.append(Source(pair.text, pair.text, ranking.PAIR, clue.idf, len(clue.ids), 2, near))
    return out


def _of_leaf(reader: PostingsReader, unit: Unit, leaf: Leaf, weight: float, docs: Ints) -> Iterator[Source]:
    having = 0
    if isinstance(leaf, Prefix) or is_phrase(leaf):
        idf = weighed(reader, leaf).idf or 1.0
        size = length(leaf)
    else:
        (token, *_), size = plain_tokens(leaf) or leaf.tokens, 1
        having = reader.df("stop" if token.stop else "text", token.term)
        idf = ranking.idf(reader.documents, having)
    yield Source(unit.text, leaf.text, weight * ranking.TEXT, idf, having, size, places(reader, leaf, docs), leaf)
    if is_plain(leaf) and isinstance(leaf, Words):
        for token in plain_tokens(leaf):
            exact = reader.df("form", token.form)
            idf = ranking.idf(reader.documents, exact)
            where = reader.places("form", token.form, docs)
            yield Source(unit.text, token.form, weight * ranking.FORM, idf, exact, 1, where)


def window_scores(found: list[Source], docs: Ints, words: Ints) -> Floats:
    """The score of every window: a row for each of `docs`, whose running texts have `words` words."""
    return sum((scores for _, scores in each_source(found, docs, words)), np.zeros((len(docs), _windows(words))))


def each_source(found: list[Source], docs: Ints, words: Ints) -> Iterator[tuple[Source, Floats]]:
    """What each source adds to every window."""
    count = _windows(words)
    starts = np.arange(count) * ranking.PASSAGE_STEP
    length = np.clip(words[:, None] - starts[None, :], 1, ranking.PASSAGE_WORDS)
    for source in found:
        halves = np.searchsorted(docs, source.places.docs) * (count + 1) + source.places.positions // ranking.PASSAGE_STEP
        held = np.bincount(halves, minlength=len(docs) * (count + 1)).reshape(len(docs), count + 1).astype(float)
        both = held[:, :-1] + held[:, 1:]
        yield source, source.weight * source.idf * ranking.saturation(both, length, ranking.PASSAGE_WORDS)


def _windows(words: Ints) -> int:
    return int(words.max(initial=1) - 1) // ranking.PASSAGE_STEP + 1
