"""A query tree as text that parses back to the same tree."""

from __future__ import annotations

from itertools import groupby

from indexer.folding import fold
from indexer.query import FIELDS, And, Leaf, Must, Node, Not, Or, Prefix, Words
from indexer.query_lexer import OPERATORS
from indexer.query_words import cut


def print_query(tree: And) -> str:
    """The query that `tree` is the tree of (which may be longer than what is read of one)."""
    return _side_by_side(tree.nodes)


def _side_by_side(nodes: tuple[Node, ...]) -> str:
    """Nodes parted by blanks, or by commas where words would be analysed with others that they were not typed with."""
    text, open_end = "", False
    for run, group in groupby(nodes, _is_plain):
        side = tuple(group)
        pieces = [(_run(side), True)] if run else [(_printed(node), isinstance(node, Or)) for node in side]
        for piece, open_now in pieces:
            text += (", " if open_end and open_now else " " if text else "") + piece
            open_end = open_now
    return text


def _is_plain(node: Node) -> bool:
    return isinstance(node, Words) and not node.quoted and node.field == "texte"


def _run(words: tuple[Node, ...]) -> str:
    """Plain words as one run if the analyser sees the same words in it."""
    texts = [_printed(word) for word in words]
    together = " ".join(texts)
    return together if cut(together) == words else ", ".join(texts)


def _guarded(text: str) -> str:
    """A word that would be read as an operator or a field has an apostrophe before it."""
    name, colon, value = text.partition(":")
    like_a_field = colon and (fold(name) in FIELDS or value[:1].isalpha())
    return f"’{text}" if like_a_field or text in OPERATORS else text


def _printed(node: Node) -> str:
    if isinstance(node, Not):
        return f"-{_operand(node.node)}"
    if isinstance(node, Must):
        return f"+{_operand(node.node)}"
    if isinstance(node, Or):
        return " OR ".join(_printed(below) for below in node.nodes)
    if isinstance(node, And):
        return f"({_side_by_side(node.nodes)})"
    return _leaf(node)


def _operand(node: Node) -> str:
    """What a sign stands before."""
    several = isinstance(node, Or) or (isinstance(node, Words) and _is_plain(node) and " " in node.text)
    return f"({_printed(node)})" if several else _printed(node)


def _leaf(leaf: Leaf) -> str:
    field = "" if leaf.field == "texte" else f"{leaf.field}:"
    if isinstance(leaf, Prefix):
        return field + leaf.text
    if leaf.quoted:
        return f'{field}"{leaf.text}"'
    if field:
        return f"{field}({leaf.text})" if " " in leaf.text else field + leaf.text
    return _guarded(leaf.text)
