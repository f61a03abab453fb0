"""Words that stand more often in some texts than in others: those of a selection, those near an expression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import msgspec
import numpy as np

from indexer.analysis import Token
from indexer.engine.contract import Keywords
from indexer.engine.lines import line, usual
from indexer.engine.loglikelihood import LOOKED_AT, Side, best
from indexer.engine.loglikelihood import told as keywords_told
from indexer.engine.nearby import near
from indexer.engine.opensearch.counting import candidates, counted
from indexer.engine.opensearch.scoring import exactly
from indexer.engine.opensearch.shapes import EVERYTHING, Clause, all_of, cut
from indexer.engine.opensearch.term_counts import BYTES, Terms, terms_in
from indexer.engine.opensearch.texts import Texts, Told
from indexer.engine.opensearch.walking import BY_ID
from indexer.query import Leaf, Words

_AT_ONCE = 50
"""Terms whose first dossiers are asked for together."""


def keywords(texts: Texts, here: Clause, others: Clause | None, most: int, least: int) -> Keywords:
    """The words most characteristic of the dossiers of `here` against those of `others` without them, or against the rest."""
    ours = terms_in(texts.held, here)
    if others is None:
        whole = terms_in(texts.held, EVERYTHING)
        theirs = whole.without(ours, whole.dossiers - ours.dossiers)
    else:
        theirs = terms_in(texts.held, all_of([others], but=[here]))
    return _compared(texts, ours, theirs, here, most, least)


def collocates(texts: Texts, leaves: list[Leaf], within: Clause, most: int, least: int) -> Keywords:
    """The words most characteristic of what stands near an expression, against the rest of the texts of `within`."""
    whole = terms_in(texts.held, within)
    key = ("near", *leaves, msgspec.json.encode(within))
    ours, nowhere = texts.held.remembered(key, lambda: _near(texts, leaves, within), _size)
    here = all_of([candidates(leaves, within)], but=[exactly(nowhere)])
    return _compared(texts, ours, whole.without(ours, whole.dossiers), here, most, least)


def _near(texts: Texts, leaves: list[Leaf], within: Clause) -> tuple[Terms, list[str]]:
    """The words near an expression; the dossiers that have it in their facts alone."""
    times, having, dossiers, words = Counter[int](), Counter[int](), 0, 0
    nowhere = []
    for told in texts.each(leaves, within) if leaves else ():
        found = told.occurrences(leaves)
        if not len(found.docs):
            nowhere.append(told.card.id)
            continue
        windows = near(found, told.files())
        terms, counts = told.words.terms_in(windows)
        times.update(dict(zip(terms, counts, strict=True)))
        having.update(terms)
        dossiers, words = dossiers + 1, words + windows.words
    names = texts.vocabulary.term_names
    return Terms(dossiers, words, *({cut(names[term]): n for term, n in counts.items()} for counts in (times, having))), nowhere


def _size(near: tuple[Terms, list[str]]) -> int:
    terms, nowhere = near
    return BYTES * len(terms.times) + 100 * len(nowhere)


def _compared(texts: Texts, ours: Terms, theirs: Terms, within: Clause, most: int, least: int) -> Keywords:
    """The words that stand more often among ours than among theirs; ours are of the dossiers `within`."""
    terms = sorted(term for term, times in ours.times.items() if times >= least)
    here, there = _side(ours, terms), _side(theirs, terms)
    found = best(here, there, most, least)
    names = [terms[number] for number in found.terms.tolist()]
    forms = _forms(texts, names, within)
    shown = keywords_told(found, here, there, forms, [ours.having[name] for name in names])
    return Keywords(ours.dossiers, theirs.dossiers, ours.words, theirs.words, shown)


def _side(terms: Terms, names: list[str]) -> Side:
    return Side(terms.words, np.array([terms.times.get(name, 0) for name in names], np.int64))


def _forms(texts: Texts, names: list[str], here: Clause) -> list[str]:
    """How each term is mostly written in the first of its occurrences, by identifier of the dossiers."""
    first = {
        name: ids
        for begin in range(0, len(names), _AT_ONCE)
        for name, ids in _first(texts, names[begin : begin + _AT_ONCE], here)
    }
    known = texts.held.kept_of([*dict.fromkeys(id for ids in first.values() for id in ids)])
    read: dict[str, Told] = {}

    def told(dossier: str) -> Told:
        if dossier not in read:
            read[dossier] = texts.told(*known[dossier])
        return read[dossier]

    return [usual(Counter(islice(_written(texts, name, map(told, first[name])), LOOKED_AT)), name) for name in names]


def _first(texts: Texts, names: list[str], here: Clause) -> Iterator[tuple[str, list[str]]]:
    """The first dossiers that have each of some terms in their texts."""
    first = {"first": {"top_hits": {"size": LOOKED_AT, "sort": BY_ID, "_source": False}}}
    filters = [count.clause for name in names if (count := counted([_leaf(name)]))]
    aggs = {"terms": {"filters": {"filters": filters}, "aggs": first}}
    answer = texts.held.ask({"query": here, "size": 0, "track_total_hits": False, "aggs": aggs})
    for name, bucket in zip(names, answer["aggregations"]["terms"]["buckets"], strict=True):
        yield name, [hit["_id"] for hit in bucket["first"]["hits"]["hits"]]


def _written(texts: Texts, name: str, dossiers: Iterator[Told]) -> Iterator[str]:
    """A term as it is written, occurrence by occurrence."""
    leaf = _leaf(name)
    for told in dossiers:
        for position in told.occurrences([leaf]).positions.tolist():
            yield line(told.card, told.record, position, leaf, texts.read).form


def _leaf(term: str) -> Words:
    return Words(term, (Token(term, term, 0, 0, 0),))
