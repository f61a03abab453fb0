"""Of a leaf of a query, the words that are to be found, and how: the same for every engine."""

from __future__ import annotations

from indexer.analysis import Token
from indexer.plan import plain_tokens
from indexer.query import Leaf, Prefix, Words


def sequence(leaf: Words) -> list[Token]:
    """The words of a leaf that must follow each other."""
    return [token for token in leaf.tokens if not token.variant]


def is_phrase(leaf: Words) -> bool:
    """Whether a leaf is found by positions: several words, of which a name of several words is but one."""
    return len(plain_tokens(leaf)) > 1 or (leaf.quoted and len(sequence(leaf)) > 1)


def length(leaf: Leaf) -> int:
    """How many positions a leaf takes."""
    return 1 if isinstance(leaf, Prefix) else leaf.tokens[-1].position - leaf.tokens[0].position + 1


def singles(leaf: Words) -> list[Token]:
    """The one word that counts of a leaf: its only one that is no stop word, or a stop word asked for by itself."""
    return plain_tokens(leaf) or sequence(leaf)
