"""Which dossiers have a leaf, a node, a unit or all of a plan: clauses without scores."""

from __future__ import annotations

from indexer.analysis import Token
from indexer.engine.opensearch.shapes import Clause, Phrase, Shape, Starts, Term, all_of, any_of, word_of
from indexer.engine.words_sought import is_phrase, sequence, singles
from indexer.plan import Plan, Unit
from indexer.query import And, Field, Leaf, Must, Node, Not, Or, Prefix, Words

FIELDS: dict[Field, str] = {"texte": "text", "titre": "title", "theme": "theme", "lieu": "place"}


def shapes(leaf: Leaf, field: str) -> list[Shape]:
    """What a leaf is found by in a field: any of these, those of the words as typed first."""
    if isinstance(leaf, Prefix):
        return [Starts(field, leaf.form)]
    joined: list[Shape] = [Term(field, word_of(token)) for token in leaf.tokens if token.variant]
    if is_phrase(leaf):
        return [Phrase(field, _in_order(sequence(leaf))), *(joined if field == "text" else [])]
    return [*dict.fromkeys([*(Term(field, word_of(token)) for token in singles(leaf)), *joined])]


def _in_order(tokens: list[Token]) -> tuple[str, ...]:
    """The words of a phrase, one a position: a name of several words stands for its first."""
    at: dict[int, str] = {}
    for token in tokens:
        if token.position not in at or not token.stop:
            at[token.position] = word_of(token)
    return tuple(at[position] for position in sorted(at))


def matched(leaf: Leaf) -> Clause:
    """What has a leaf."""
    if isinstance(leaf, Words) and leaf.field == "date":
        return {"term": {"day": leaf.text}}
    return any_of([shape.clause() for shape in shapes(leaf, FIELDS[leaf.field])])


def having(node: Node) -> Clause:
    """What has a node."""
    if isinstance(node, Not):
        return all_of([], but=[having(node.node)])
    if isinstance(node, Must):
        return having(node.node)
    if isinstance(node, Or):
        return any_of([having(inner) for inner in node.nodes])
    if isinstance(node, And):
        return all_of([having(inner) for inner in node.nodes])
    return matched(node)


def having_unit(unit: Unit) -> Clause:
    """What has a unit, as typed or otherwise."""
    return any_of([having(unit.node), *(matched(alternative.leaf) for alternative in unit.alternatives)])


def found(plan: Plan) -> Clause:
    """Everything that a plan finds: any unit when none is required, else all that are."""
    required = [having_unit(unit) for unit in plan.units if unit.required]
    wanted = required or ([any_of([having_unit(unit) for unit in plan.units])] if plan.units else [])
    return all_of(wanted, but=[having(node) for node in plan.excluded])


def complete(plan: Plan) -> Clause:
    """What has every unit."""
    return all_of([having_unit(unit) for unit in plan.units])
