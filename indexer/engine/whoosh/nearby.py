"""What stands near the occurrences of an expression: so many words before and after each, in the same file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.engine.contract import NEAR
from indexer.engine.whoosh.concordance import Occurrences
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.posting_list import KEY_BITS
from indexer.engine.whoosh.segments import Placed
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.term_counts import Tokens, docs_in
from indexer.engine.words_sought import length


class Windows(NamedTuple):
    """Spans of places that do not overlap, ascending, as keys (document and position in one), in the documents `docs`."""

    docs: Ints
    firsts: Ints
    ends: Ints

    @property
    def words(self) -> int:
        """How many words the spans have together."""
        return int((self.ends - self.firsts).sum())

    def hold(self, keys: Ints) -> Ints:
        """Which of some places are in a span."""
        if not len(self.firsts):
            return np.empty(0, np.int64)
        at = np.searchsorted(self.firsts, keys, "right") - 1
        return np.flatnonzero((at >= 0) & (keys < self.ends[at]))


class Around(NamedTuple):
    """Of each occurrence its first place and its end (excluded), and those of what is near it, as keys."""

    firsts: Ints
    ends: Ints
    before: Ints
    after: Ints


def around(snapshot: Snapshot, found: Occurrences) -> Around:
    """What is near each of some occurrences."""
    firsts = found.docs << KEY_BITS | found.positions
    ends = firsts + np.array([length(leaf) for leaf in found.leaves], np.int64)[found.numbers]
    file_firsts, file_ends = _files(snapshot, np.unique(found.docs))
    of = np.searchsorted(file_firsts, firsts, "right") - 1
    return Around(firsts, ends, np.maximum(firsts - NEAR, file_firsts[of]), np.minimum(ends + NEAR, file_ends[of]))


def near(snapshot: Snapshot, found: Occurrences) -> Windows:
    """The places near any of the occurrences that are part of none."""
    here = around(snapshot, found)
    return Windows(np.unique(found.docs), *_without((here.before, here.after), (here.firsts, here.ends)))


def beside(snapshot: Snapshot, found: Occurrences, others: Occurrences) -> Occurrences:
    """Those of the occurrences that another expression begins near to."""
    here, keys = around(snapshot, found), others.docs << KEY_BITS | others.positions
    before, first, end, after = (np.searchsorted(keys, at) for at in (here.before, here.firsts, here.ends, here.after))
    return found.taken(np.flatnonzero((before < first) | (end < after)))


def words_near(snapshot: Snapshot, windows: Windows) -> Tokens:
    """The words in the windows."""

    def tokens(placed: Placed) -> Iterator[tuple[Ints, Ints]]:
        own = docs_in(placed, windows.docs)
        heads = snapshot.columns.head[own + placed.base]
        for lot in placed.segment.forward.lots(own):
            walked = np.cumsum(lot.gaps, dtype=np.int64)
            firsts = np.flatnonzero(np.diff(lot.owners, prepend=-1))
            before = np.repeat((walked - lot.gaps)[firsts], np.diff(firsts, append=len(walked)))
            positions = heads[lot.owners] + walked - before
            held = windows.hold((own[lot.owners] + placed.base) << KEY_BITS | positions)
            yield lot.owners[held], lot.terms[held]

    return tokens


def _files(snapshot: Snapshot, docs: Ints) -> tuple[Ints, Ints]:
    """Where each file of the documents begins, and where it ends (excluded), as keys."""
    begins, ends = [], []
    for doc, size in zip(docs.tolist(), snapshot.columns.words[docs].tolist(), strict=True):
        record = snapshot.record(doc)
        new = [0, *(i for i, (one, other) in enumerate(pairwise(record.parts), 1) if one.attachment != other.attachment)]
        key = doc << KEY_BITS
        begins += [key | record.starts[i] for i in new]
        ends += [*(key | record.starts[i] - 1 for i in new[1:]), key | size]
    return np.array(begins, np.int64), np.array(ends, np.int64)


def _without(wide: tuple[Ints, Ints], narrow: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """What some spans cover that others do not, as spans: both are given by their firsts and their ends."""
    keys = np.concatenate([*wide, *narrow])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    size = len(wide[0])
    covered, taken = (np.cumsum(np.repeat(steps, size)[order]) for steps in ((1, -1, 0, 0), (0, 0, 1, -1)))
    open_ = (covered > 0) & (taken == 0) & (np.diff(keys, append=keys[-1:]) > 0)
    return keys[open_], keys[1:][open_[:-1]]
