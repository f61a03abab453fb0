"""The words near the occurrences of an expression, of the forward index."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.engine.nearby import Files, Windows, files
from indexer.engine.occurrences import KEY_BITS, Ints
from indexer.engine.whoosh.segments import Placed
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.term_counts import Tokens, docs_in


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


def files_of(snapshot: Snapshot, docs: Ints) -> Files:
    """The files of `docs`."""
    known = np.unique(docs)
    sizes = snapshot.columns.words[known].tolist()
    return files((doc, snapshot.record(doc), size) for doc, size in zip(known.tolist(), sizes, strict=True))
