"""The query tree as a Whoosh query. What matches is decided by one field; the others only add to the score.

Weights follow the measured recipe: all text stemmed ×1, title ×0.5, unstemmed words ×0.5, themes ×0.3.
"""

from __future__ import annotations

from whoosh import query as wq

from indexer.query import And, Clause, Leaf, Not, Or, Words

_FIELDS = {"texte": "text", "theme": "theme", "lieu": "place", "titre": "title", "date": "day"}
TITLE, FORM, THEME = 0.5, 0.5, 0.3


def translate(tree: And) -> wq.Query:
    """The Whoosh query that finds what `tree` asks for."""
    nodes = [_clause(node) for node in tree.nodes]
    if all(isinstance(node, Not) for node in tree.nodes):
        nodes.insert(0, wq.Every())
    return wq.And(nodes) if len(nodes) > 1 else nodes[0]


def _clause(node: Clause) -> wq.Query:
    if isinstance(node, Or):
        return wq.Or([wq.And([wq.Every(), _clause(part)]) if isinstance(part, Not) else _leaf(part) for part in node.nodes])
    return wq.Not(_leaf(node.node)) if isinstance(node, Not) else _leaf(node)


def _leaf(leaf: Leaf) -> wq.Query:
    if not isinstance(leaf, Words):
        return wq.Prefix("form" if leaf.field == "texte" else _FIELDS[leaf.field], leaf.form)
    if len(leaf.terms) > 1:
        return wq.Phrase(_FIELDS[leaf.field], list(leaf.terms))
    term = wq.Term(_FIELDS[leaf.field], leaf.terms[0])
    return wq.AndMaybe(term, _bonus(leaf)) if leaf.field == "texte" else term


def _bonus(leaf: Words) -> wq.Query:
    term, form = leaf.terms[0], leaf.forms[0]
    return wq.Or([wq.Term("title", term, boost=TITLE), wq.Term("form", form, boost=FORM), wq.Term("theme", term, boost=THEME)])
