"""Words that follow each other: found by their positions, among the documents that have them all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.analysis import Token
from indexer.engine.occurrences import KEY_BITS
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.posting_list import NONE, NOWHERE, Places, keyed
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.vectors import doc_set, intersection
from indexer.engine.words_sought import sequence
from indexer.query import Words

_FEWER = 16
"""Of so many times fewer places each is looked up among the others."""


def phrase_places(reader: PostingsReader, leaf: Words, field: str, docs: Ints | None = None) -> Places:
    """Where a phrase begins, in `docs` (ascending) or anywhere."""
    words = [(*_place(token, field), token.position) for token in sequence(leaf)]
    words.sort(key=lambda word: reader.df(*word[:2]))
    candidates = having(reader, [word[:2] for word in words[:2]]) if docs is None else docs
    near, first = candidates, sequence(leaf)[0].position
    starts: Ints | None = None
    for where, word, at in words:
        here = reader.keys(where, word, near) - (at - first)  # too near the beginning, it is where no word stands
        if starts is None:
            starts = here
        else:
            starts = common(starts, here)
            near = _distinct(starts >> KEY_BITS)
    return within(Places(*_parts(NONE if starts is None else starts)), candidates)


def having(reader: PostingsReader, words: Iterable[tuple[str, str]]) -> Ints:
    """The documents that have all of some words, given as (field, word)."""
    return intersection(doc_set(reader.postings(*word).ids, reader.size) for word in words).ids


def _distinct(ascending: Ints) -> Ints:
    return ascending.compress(np.diff(ascending, prepend=-1) > 0)


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


def merged(places: list[Places]) -> Places:
    """All places in order, each once."""
    if len(places) == 1:
        return places[0]
    keys = np.sort(np.concatenate([NONE, *map(keyed, places)]), kind="stable")
    return Places(*_parts(_distinct(keys)))


def common(one: Ints, other: Ints) -> Ints:
    """What two ascending arrays of keys have both. Of similar lengths they are merged, which a stable sort does in one pass."""
    if len(one) > len(other):
        one, other = other, one
    if _FEWER * len(one) < len(other):
        places = np.minimum(np.searchsorted(other, one), len(other) - 1)
        return one.compress(other.take(places) == one)
    together = np.sort(np.concatenate([one, other]), kind="stable")
    return together[1:].compress(together[1:] == together[:-1])


def _place(token: Token, field: str) -> tuple[str, str]:
    return ("stop", token.form) if token.stop and field == "text" else (field, token.term)


def _parts(keys: Ints) -> tuple[Ints, Ints]:
    return keys >> KEY_BITS, keys & (1 << KEY_BITS) - 1
