"""Words that follow each other: found by their positions, among the documents that have them all."""

from __future__ import annotations

import numpy as np

from indexer.analysis import Token
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.postings import KEY_BITS, NONE, NOWHERE, Places, PostingsReader
from indexer.plan import plain_tokens
from indexer.query import Words

_FEWER = 16
"""Of so many times fewer places each is looked up among the others."""


def sequence(leaf: Words) -> list[Token]:
    """The words of a leaf that must follow each other."""
    return [token for token in leaf.tokens if not token.variant]


def is_phrase(leaf: Words) -> bool:
    """Whether a leaf is found by positions: several words, of which a name of several words is but one."""
    return len(plain_tokens(leaf)) > 1 or (leaf.quoted and len(sequence(leaf)) > 1)


def phrase_places(reader: PostingsReader, leaf: Words, field: str, docs: Ints | None = None) -> Places:
    """Where a phrase begins, in `docs` (ascending) or anywhere."""
    words = [(*_place(token, field), token.position) for token in sequence(leaf)]
    words.sort(key=lambda word: len(reader.postings(*word[:2]).ids))
    candidates = docs
    for where, word, _ in words:
        ids = reader.postings(where, word).ids
        candidates = ids if candidates is None else common(candidates, ids)
    if candidates is None or not len(candidates):
        return NOWHERE
    first = sequence(leaf)[0].position
    starts: Ints | None = None
    for where, word, at in words:
        here = _starts(reader.keys(where, word, candidates), at - first)
        starts = here if starts is None else common(starts, here)
    return within(Places(*_parts(NONE if starts is None else starts)), candidates)


def near_places(ours: Ints, theirs: Ints, most: int) -> Places:
    """The places of one word that another follows at most `most` words later; both as keys."""
    if not (len(ours) and len(theirs)):
        return NOWHERE
    after = theirs[np.minimum(np.searchsorted(theirs, ours, "right"), len(theirs) - 1)]
    return Places(*_parts(ours[(after > ours) & (after <= ours + most)]))


def within(places: Places, docs: Ints) -> Places:
    """The places in `docs` (ascending)."""
    if not len(docs):
        return NOWHERE
    kept = docs[np.minimum(np.searchsorted(docs, places.docs), len(docs) - 1)] == places.docs
    return Places(places.docs[kept], places.positions[kept])


def keyed(places: Places) -> Ints:
    """Places as numbers, document and position in one."""
    return places.docs << KEY_BITS | places.positions


def merged(places: list[Places]) -> Places:
    """All places in order, each once."""
    if len(places) == 1:
        return places[0]
    keys = np.sort(np.concatenate([NONE, *map(keyed, places)]), kind="stable")
    return Places(*_parts(keys[np.diff(keys, prepend=-1) > 0]))


def common(one: Ints, other: Ints) -> Ints:
    """What two ascending arrays have both. Of similar lengths they are merged, which a stable sort does in one pass."""
    if len(one) > len(other):
        one, other = other, one
    if _FEWER * len(one) < len(other):
        places = np.minimum(np.searchsorted(other, one), len(other) - 1)
        both: Ints = one[other[places] == one]
    else:
        together = np.sort(np.concatenate([one, other]), kind="stable")
        both = together[1:][together[1:] == together[:-1]]
    return both


def _place(token: Token, field: str) -> tuple[str, str]:
    return ("stop", token.form) if token.stop and field == "text" else (field, token.term)


def _starts(keys: Ints, distance: int) -> Ints:
    """Where a phrase would begin whose word at `distance` stands at these keys."""
    if not distance:
        return keys
    starts: Ints = keys[keys & (1 << KEY_BITS) - 1 >= distance] - distance
    return starts


def _parts(keys: Ints) -> tuple[Ints, Ints]:
    return keys >> KEY_BITS, keys & (1 << KEY_BITS) - 1
