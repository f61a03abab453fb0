"""What a plan finds in one generation of the index, and what the words of each document found are worth. Passages come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from indexer import ranking
from indexer.engine.whoosh.evidence import Clues, Weighed, match, pair_worth, paired, weighed
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.postings import Floats, Mask, PostingsReader
from indexer.engine.whoosh.vectors import DocSet, Vector, doc_set, intersection, union, vector
from indexer.plan import Alternative, Plan, Unit
from indexer.query import And, Must, Node, Not, Or


@dataclass(frozen=True)
class Found:
    """The documents found, ascending; what else is told goes in pairs with them.

    `base` is the sum of their clues, `having[u]` whether they have unit u of the plan, `coverage` the share of the query's idf
    that they have.
    """

    ids: Ints
    base: Floats
    having: tuple[Mask, ...]
    coverage: Floats

    @cached_property
    def complete(self) -> Mask:
        """Whether they have every unit."""
        return np.logical_and.reduce(self.having) if self.having else np.ones(len(self.ids), bool)

    @cached_property
    def factor(self) -> Floats:
        """What the coverage multiplies their scores by."""
        return 1 + ranking.COVERAGE * self.coverage

    def kept(self, mask: Mask) -> Found:
        """Those of them that `mask` chooses."""
        if mask.all():
            return self
        kept = np.flatnonzero(mask)
        return replace(
            self,
            ids=self.ids.take(kept),
            base=self.base.take(kept),
            having=tuple(having.take(kept) for having in self.having),
            coverage=self.coverage.take(kept),
        )


@dataclass(frozen=True, slots=True)
class _Matched:
    """What has a node, and the vectors of what it is worth; `idf` is of the rarest word in the text."""

    docs: DocSet
    worth: tuple[Vector, ...] = ()
    idf: float | None = None


def find(reader: PostingsReader, plan: Plan) -> Found:
    """Everything that the plan finds."""
    units = [_unit(reader, unit) for unit in plan.units]
    ids = _found(reader, plan, units).ids
    for node in plan.excluded:
        ids = ids.compress(~_node(reader, node).docs.has(ids))
    return _scored(reader, plan, units, ids)


def at(reader: PostingsReader, plan: Plan, doc: int) -> Found:
    """The same of one document, whether the plan finds it or not."""
    return _scored(reader, plan, [_unit(reader, unit) for unit in plan.units], np.array([doc], np.int64))


def _scored(reader: PostingsReader, plan: Plan, units: Sequence[_Matched], ids: Ints) -> Found:
    base = np.zeros(len(ids))
    for worth in (*(worth for unit in units for worth in unit.worth), *(pair_worth(reader, pair) for pair in plan.pairs)):
        base += worth.at(ids)
    having = tuple(unit.docs.has(ids) for unit in units)
    idfs: list[float] = [ranking.idf(reader.documents, unit.docs.size) for unit in units]
    share = np.zeros(len(ids))
    for idf, has in zip(idfs, having, strict=True):
        share += idf * has
    return Found(ids, base, having, share / (sum(idfs) or 1.0))


def _found(reader: PostingsReader, plan: Plan, units: Sequence[_Matched]) -> DocSet:
    required = [found.docs for found, unit in zip(units, plan.units, strict=True) if unit.required]
    if required:
        return intersection(required)
    return union([found.docs for found in units], reader.size) if units else DocSet(reader.all_ids)


def _unit(reader: PostingsReader, unit: Unit) -> _Matched:
    found = _node(reader, unit.node)
    if not unit.alternatives:
        return found
    others = reader.kept(("alternatives", unit), lambda: _others(reader, unit, found.idf))
    return _Matched(union([found.docs, others.docs], reader.size), (*found.worth, others.worth), found.idf)


def _others(reader: PostingsReader, unit: Unit, rarity: float | None) -> Weighed:
    """The alternatives of a unit together."""
    docs = [doc_set(match(reader, alternative.leaf).ids, reader.size) for alternative in unit.alternatives]
    worth = vector([(clue.ids, clue.scores) for clue in alternatives(reader, unit, rarity)], reader.size)
    return Weighed(union(docs, reader.size), worth, rarity)


def alternatives(reader: PostingsReader, unit: Unit, rarity: float | None) -> Iterator[Clues]:
    """What the alternatives of a unit add, in the text alone."""
    for alternative in unit.alternatives:
        found = match(reader, alternative.leaf).clues
        yield from (_weaker(clue, unit, alternative, rarity) for clue in found if clue.evidence == "texte")


def _weaker(clue: Clues, unit: Unit, alternative: Alternative, rarity: float | None) -> Clues:
    """An alternative's clue: never rarer than the word typed, and weighed down, so that it ranks below it."""
    idf = clue.idf if rarity is None else min(clue.idf, rarity)
    scores = clue.scores * alternative.weight * (idf / clue.idf if clue.idf else 0.0)
    return clue._replace(typed=unit.text, weight=clue.weight * alternative.weight, idf=idf, scores=scores)


def _node(reader: PostingsReader, node: Node) -> _Matched:
    if isinstance(node, Not):
        return _Matched(doc_set(reader.all_ids.compress(~_node(reader, node.node).docs.has(reader.all_ids)), reader.size))
    if isinstance(node, Must):
        return _node(reader, node.node)
    if isinstance(node, And | Or):
        below = [_node(reader, inner) for inner in node.nodes]
        sets = [found.docs for found in below]
        joined = intersection(sets) if isinstance(node, And) else union(sets, reader.size)
        idf = max((found.idf for found in below if found.idf is not None), default=None)
        return _Matched(joined, tuple(worth for found in below for worth in found.worth), idf)
    found = weighed(reader, node)
    return _Matched(found.docs, (found.worth,), found.idf)


def all_clues(reader: PostingsReader, plan: Plan) -> Iterator[Clues]:
    """Every summand of the scores of `find`, for explaining them."""
    for unit in plan.units:
        yield from _node_clues(reader, unit.node)
        yield from alternatives(reader, unit, _node(reader, unit.node).idf)
    yield from (paired(reader, pair) for pair in plan.pairs)


def _node_clues(reader: PostingsReader, node: Node) -> Iterator[Clues]:
    if isinstance(node, Not):
        return
    if isinstance(node, Must):
        yield from _node_clues(reader, node.node)
    elif isinstance(node, And | Or):
        for inner in node.nodes:
            yield from _node_clues(reader, inner)
    else:
        yield from match(reader, node).clues
