"""One shape for queries that mean the same: what a parsed query is brought to."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.query import And, Must, Node, Not, Or


def simple(node: Node) -> Node:
    """The same node without And in And, Or in Or, sign on sign, or + where everything is required anyway."""
    if isinstance(node, And):
        return _joined(And, tuple(_required(node)))
    if isinstance(node, Or):
        return _joined(Or, tuple(_either(node)))
    if isinstance(node, Must):
        below = _bare(node.node)
        return below if isinstance(below, Not) else Must(below)
    if isinstance(node, Not):
        below = _bare(node.node)
        return Must(below.node) if isinstance(below, Not) else Not(below)
    return node


def _bare(node: Node) -> Node:
    """A node below another, where + says nothing more."""
    below = simple(node)
    return below.node if isinstance(below, Must) else below


def _required(node: And) -> Iterator[Node]:
    for below in map(_bare, node.nodes):
        yield from below.nodes if isinstance(below, And) else (below,)


def _either(node: Or) -> Iterator[Node]:
    for below in map(_bare, node.nodes):
        yield from below.nodes if isinstance(below, Or) else (below,)


def _joined(kind: type[And | Or], nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else kind(nodes)
