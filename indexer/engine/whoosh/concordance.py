"""Where an expression stands, occurrence by occurrence, by the positions of the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from indexer.engine.contract import Line, LineOrder
from indexer.engine.document import Record
from indexer.engine.lines import line, place_key, ranks, sort_key
from indexer.engine.occurrences import Ints, Occurrences, gathered, sought
from indexer.engine.standing import TextReader
from indexer.engine.whoosh.evidence import places
from indexer.engine.whoosh.ordering import by_date
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.plan import Plan


def occurrences(snapshot: Snapshot, plan: Plan, docs: Ints) -> Occurrences:
    """Where the words of a plan stand in the texts of `docs` (ascending), each place once."""
    leaves = sought(plan)
    each = [places(snapshot.postings, leaf, docs) for leaf in leaves]
    found = gathered([(place.docs, place.positions) for place in each], leaves)
    return found.taken(np.flatnonzero(found.positions >= snapshot.columns.head.take(found.docs)))


def in_order(snapshot: Snapshot, found: Occurrences, order: LineOrder, read: TextReader) -> Ints:
    """The places of the occurrences in that order; those that it does not tell apart as by "document"."""
    today = date.today().toordinal()
    by_day = by_date(snapshot.columns, "date-croissante" if order == "date" else "date", today)[found.docs]
    by_id = snapshot.id_ranks(found.docs, 0)
    keys: list[Ints] = [found.positions, by_id, by_day]
    if order == "lieu":
        docs, owner = np.unique(found.docs, return_inverse=True)
        keys.append(ranks([place_key(snapshot.card(doc)) for doc in docs.tolist()])[owner])
    elif order in ("gauche", "droite", "forme"):
        keys.append(ranks([sort_key(line, order) for line in lines(snapshot, found, read)]))
    return np.lexsort(keys)


def lines(snapshot: Snapshot, found: Occurrences, read: TextReader) -> Iterator[Line]:
    """The lines of the occurrences, in the order they are in."""
    known, record, card = -1, Record((), ()), None
    for doc, position, number in zip(found.docs.tolist(), found.positions.tolist(), found.numbers.tolist(), strict=True):
        if card is None or doc != known:
            known, record, card = doc, snapshot.record(doc), snapshot.card(doc)
        yield line(card, record, position, found.leaves[number], read)
