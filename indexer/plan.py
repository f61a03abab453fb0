"""What a query asks of an engine: units of evidence, what must not be there, and the words that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.analysis import Token
from indexer.query import And, Leaf, Must, Node, Not, Words, leaves


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words that stand for a unit, counting for less than those typed."""

    leaf: Leaf
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that the query asks for. `required`: a document without it is not found."""

    node: Node
    text: str
    required: bool = False
    alternatives: tuple[Alternative, ...] = ()

    def leaves(self) -> Iterator[Leaf]:
        """What a document may have it by, as typed and otherwise."""
        yield from leaves(self.node)
        yield from (alternative.leaf for alternative in self.alternatives)

    def weighed_leaves(self) -> Iterator[tuple[Leaf, float]]:
        """The same, each with what it counts for against a word as typed."""
        yield from ((leaf, 1.0) for leaf in leaves(self.node))
        yield from ((alternative.leaf, alternative.weight) for alternative in self.alternatives)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of the query that follow each other, stop words left out."""

    left: Token
    right: Token
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as units. A document is found by any unit when none is required, else by all that are."""

    units: tuple[Unit, ...]
    excluded: tuple[Node, ...]
    pairs: tuple[Pair, ...]

    def leaves(self) -> list[Leaf]:
        """Everything that is to be marked in a text."""
        return [leaf for unit in self.units for leaf in unit.leaves()]

    def with_alternatives(self, found: dict[int, tuple[Alternative, ...]]) -> Plan:
        """The plan with more alternatives, by the number of the unit."""
        units = tuple(replace(u, alternatives=u.alternatives + found.get(i, ())) for i, u in enumerate(self.units))
        return replace(self, units=units)


def plan(tree: And) -> Plan:
    """The plan of a query's tree."""
    units = tuple(_unit(node) for node in tree.nodes if not isinstance(node, Not))
    excluded = tuple(node.node for node in tree.nodes if isinstance(node, Not))
    return Plan(units, excluded, tuple(_pairs(tree)))


def is_plain(node: Node) -> bool:
    """Whether a node is a word of the text as typed: it may be corrected, and other words may stand for it."""
    return isinstance(node, Words) and node.field == "texte" and not node.quoted


def plain_tokens(words: Words) -> list[Token]:
    """The words of a leaf that tell something, as typed."""
    return [token for token in words.tokens if not (token.stop or token.variant)]


def _unit(node: Node) -> Unit:
    required, inner = (True, node.node) if isinstance(node, Must) else (False, node)
    sharp = isinstance(inner, Words) and inner.quoted
    elsewhere = all(leaf.field != "texte" for leaf in leaves(inner))
    return Unit(inner, " ".join(leaf.text for leaf in leaves(inner)), required or sharp or elsewhere)


def _pairs(tree: And) -> Iterator[Pair]:
    run = [node if isinstance(node, Words) and is_plain(node) else None for node in map(_inside, tree.nodes)]
    found = [(token, words) for words in run for token in (plain_tokens(words) if words else [None])]
    for (left, one), (right, other) in pairwise(found):
        if left and right and one and other:
            text = one.text if one is other else f"{one.text} {other.text}"
            yield Pair(left, right, text)


def _inside(node: Node) -> Node:
    return node.node if isinstance(node, Must) else node
