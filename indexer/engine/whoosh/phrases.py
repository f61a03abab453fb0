"""Words that follow each other: found by their positions, among the documents that have them all."""

from __future__ import annotations

from functools import reduce

import numpy as np

from indexer.analysis import Token
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.postings import NONE, NOWHERE, Places, PostingsReader
from indexer.query import Words

_FAR = 1 << 40
"""More than any position: document × _FAR + position orders all places of an index."""


def sequence(leaf: Words) -> list[Token]:
    """The words of a leaf that must follow each other."""
    return [token for token in leaf.tokens if not token.variant]


def is_phrase(leaf: Words) -> bool:
    """Whether a leaf is found by positions: several words, of which a name of several words is but one."""
    plain = [token for token in sequence(leaf) if not token.stop]
    return len(plain) > 1 or (leaf.quoted and len(sequence(leaf)) > 1)


def phrase_places(reader: PostingsReader, leaf: Words, field: str, docs: Ints | None = None) -> Places:
    """Where a phrase begins, in `docs` (ascending) or anywhere."""
    words = [(*_place(token, field), token.position) for token in sequence(leaf)]
    having = [reader.postings(where, word).ids for where, word, _ in words]
    if docs is not None:
        having.append(docs)
    candidates = reduce(np.intersect1d, sorted(having, key=len))
    if not len(candidates):
        return NOWHERE
    first = words[0][2]
    found = reduce(np.intersect1d, (_starts(reader.places(where, word, candidates), at - first) for where, word, at in words))
    return Places(found // _FAR, found % _FAR)


def near_places(left: Places, right: Places, most: int) -> Places:
    """The places of `left` that one of `right` follows at most `most` words later."""
    if not (len(left.docs) and len(right.docs)):
        return NOWHERE
    ours, theirs = _keys(left), _keys(right)
    after = theirs[np.minimum(np.searchsorted(theirs, ours, "right"), len(theirs) - 1)]
    kept = (after > ours) & (after <= ours + most)
    return Places(left.docs[kept], left.positions[kept])


def merged(places: list[Places]) -> Places:
    """All places in order, each once."""
    keys = np.unique(np.concatenate([_keys(found) for found in places] or [NONE]))
    return Places(keys // _FAR, keys % _FAR)


def _place(token: Token, field: str) -> tuple[str, str]:
    return ("stop", token.form) if token.stop and field == "text" else (field, token.term)


def _starts(places: Places, distance: int) -> Ints:
    """Where a phrase would begin whose word at `distance` stands at these places."""
    near = places.positions >= distance
    return _keys(places)[near] - distance


def _keys(places: Places) -> Ints:
    return places.docs * _FAR + places.positions
