"""A query as a small tree: what any engine is asked, whatever its own syntax."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.analysis import Token
from indexer.notices import Notice

Field = Literal["texte", "theme", "lieu", "titre", "date"]
FIELDS: dict[str, Field] = {"theme": "theme", "lieu": "lieu", "titre": "titre", "date": "date"}


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that must follow each other (a "phrase", Mons-en-Barœul), as typed in `text`.

    `tokens` are those of the analyser, from the first that counts to the last, stop words between them included (at both
    ends too in a phrase). In the field "date" there are none: `text` is a year, month or day in ISO form.
    `quoted`: exactly these words, without synonym or correction; the dossier must have them.
    """

    text: str
    tokens: tuple[Token, ...] = ()
    field: Field = "texte"
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word whose folded form begins with `form`."""

    text: str
    form: str
    field: Field = "texte"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: Node


@dataclass(frozen=True, slots=True)
class Must:
    """What must be there (+word)."""

    node: Node


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    """At the top: what is looked for, each node one piece of evidence. Below, between parentheses: all of the nodes."""

    nodes: tuple[Node, ...] = ()


Leaf = Words | Prefix
Node = Leaf | Not | Must | Or | And


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood, and what there is to say of it."""

    tree: And
    notices: tuple[Notice, ...] = ()


def leaves(node: Node) -> Iterator[Leaf]:
    """The words, phrases and prefixes that a document may be found by (those negated left out)."""
    if isinstance(node, Words | Prefix):
        yield node
    elif isinstance(node, Must):
        yield from leaves(node.node)
    elif isinstance(node, And | Or):
        for below in node.nodes:
            yield from leaves(below)
