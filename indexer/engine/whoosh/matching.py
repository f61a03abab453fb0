"""What a plan finds in one opened index, and what each document's words are worth. Passages come later, for the first of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engine.whoosh.evidence import Clues, Label, Match, clues, match
from indexer.engine.whoosh.postings import Floats, Ints, PostingsReader
from indexer.plan import Alternative, Pair, Plan, Unit
from indexer.query import And, Leaf, Must, Node, Not, Or

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """The documents found, ascending. `having[u]` tells which documents of the index have unit u of the plan.

    `base` is the sum of the clues of every document of the index, `coverage` the share of the query's idf that it has.
    """

    ids: Ints
    having: tuple[Mask, ...]
    clues: tuple[Clues, ...]
    base: Floats
    coverage: Floats

    def complete(self) -> Mask:
        """Which of `ids` have every unit."""
        return reduce(np.logical_and, self.having, np.ones(len(self.base), bool))[self.ids]

    def factor(self) -> Floats:
        """What the coverage multiplies a score by."""
        return 1 + ranking.COVERAGE * self.coverage


def find(reader: PostingsReader, plan: Plan) -> Found:
    """Everything that the plan finds."""
    units = [_unit(reader, unit) for unit in plan.units]
    having = tuple(mask for mask, _ in units)
    found = _found(reader, plan, having)
    for node in plan.excluded:
        found &= ~_node(reader, node)[0]
    summands = [clue for _, unit in units for clue in unit] + [_pair(reader, pair) for pair in plan.pairs]
    base = np.zeros(reader.size)
    for clue in summands:
        base[clue.ids] += clue.scores
    return Found(np.flatnonzero(found), having, tuple(summands), base, _coverage(reader, having))


def _found(reader: PostingsReader, plan: Plan, having: tuple[Mask, ...]) -> Mask:
    required = [mask for mask, unit in zip(having, plan.units, strict=True) if unit.required]
    if required:
        return reduce(np.logical_and, required) & reader.live
    return reduce(np.logical_or, having) & reader.live if having else reader.live.copy()


def _coverage(reader: PostingsReader, having: Iterable[Mask]) -> Floats:
    share, whole = np.zeros(reader.size), 0.0
    for mask in having:
        idf = ranking.idf(reader.documents, int(mask.sum()))
        share[mask] += idf
        whole += idf
    return share / whole if whole else share


def _unit(reader: PostingsReader, unit: Unit) -> tuple[Mask, list[Clues]]:
    mask, found = _node(reader, unit.node)
    rarity = max((clue.idf for clue in found if clue.evidence == "texte" and len(clue.ids)), default=None)
    for alternative in unit.alternatives:
        other = match(reader, alternative.leaf)
        mask[other.ids] = True
        found.extend(_weaker(clue, unit, alternative, rarity) for clue in other.clues if clue.evidence == "texte")
    return mask, found


def _weaker(clue: Clues, unit: Unit, alternative: Alternative, rarity: float | None) -> Clues:
    """An alternative's clue: never rarer than the word typed, and weighed down, so that it ranks below it."""
    idf = clue.idf if rarity is None else min(clue.idf, rarity)
    scores = clue.scores * alternative.weight * (idf / clue.idf if clue.idf else 0.0)
    return clue._replace(typed=unit.text, weight=clue.weight * alternative.weight, idf=idf, scores=scores)


def _node(reader: PostingsReader, node: Node) -> tuple[Mask, list[Clues]]:
    if isinstance(node, Not):
        return ~_node(reader, node.node)[0] & reader.live, []
    if isinstance(node, Must):
        return _node(reader, node.node)
    if isinstance(node, And | Or):
        below = [_node(reader, inner) for inner in node.nodes]
        join = np.logical_and if isinstance(node, And) else np.logical_or
        return reduce(join, (mask for mask, _ in below)), [clue for _, found in below for clue in found]
    return _leaf(reader, node)


def _leaf(reader: PostingsReader, leaf: Leaf) -> tuple[Mask, list[Clues]]:
    found: Match = match(reader, leaf)
    mask = np.zeros(reader.size, bool)
    mask[found.ids] = True
    return mask, list(found.clues)


def _pair(reader: PostingsReader, pair: Pair) -> Clues:
    word = f"{pair.left.term} {pair.right.term}"
    return clues(reader, "pair", word, Label(pair.text, pair.text, "paire", ranking.PAIR))
