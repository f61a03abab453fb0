"""Where an expression stands, occurrence by occurrence: from positions to lines of text, which are read as they are taken."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from indexer.engine.contract import Form, Line, LineOrder
from indexer.engine.document import Record
from indexer.engine.whoosh.evidence import places
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.ordering import by_date
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.words_sought import length
from indexer.folding import fold
from indexer.highlight import Place, Text, spans_of
from indexer.model import Part
from indexer.plan import Plan
from indexer.query import Leaf, leaves
from indexer.wording import place_words

AROUND = 80
"""Characters shown on each side."""
_SORTED_BY = 60
"""Characters of what a line is sorted by."""

TextReader = Callable[[Part], Text]


class Occurrences(NamedTuple):
    """Places in texts, ascending: the document, the position, and which leaf of the expression begins there."""

    docs: Ints
    positions: Ints
    numbers: Ints
    leaves: list[Leaf]

    def taken(self, at: Ints) -> Occurrences:
        return self._replace(docs=self.docs[at], positions=self.positions[at], numbers=self.numbers[at])


def occurrences(snapshot: Snapshot, plan: Plan, docs: Ints) -> Occurrences:
    """Where the words of a plan stand in the texts of `docs` (ascending), each place once."""
    sought = [leaf for unit in plan.units for leaf in leaves(unit.node) if leaf.field == "texte"]
    found = [places(snapshot.postings, leaf, docs) for leaf in sought]
    empty = np.empty(0, np.int64)
    owners = np.concatenate([empty, *(place.docs for place in found)])
    positions = np.concatenate([empty, *(place.positions for place in found)])
    numbers = np.repeat(np.arange(len(found)), [len(place.docs) for place in found])
    kept = positions >= snapshot.columns.head.take(owners)
    if len(found) > 1:  # else they are in order, each once
        order = np.lexsort((numbers, positions, owners))
        owners, positions, numbers, kept = owners[order], positions[order], numbers[order], kept[order]
        kept[1:] &= (np.diff(owners) != 0) | (np.diff(positions) != 0)
    return Occurrences(owners.compress(kept), positions.compress(kept), numbers.compress(kept), sought)


def in_order(snapshot: Snapshot, found: Occurrences, order: LineOrder, read: TextReader) -> Ints:
    """The places of the occurrences in that order; those that it does not tell apart as by "document"."""
    today = date.today().toordinal()
    by_day = by_date(snapshot.columns, "date-croissante" if order == "date" else "date", today)[found.docs]
    by_id = snapshot.id_ranks(found.docs, 0)
    keys: list[Ints] = [found.positions, by_id, by_day]
    if order == "lieu":
        docs, owner = np.unique(found.docs, return_inverse=True)
        keys.append(_ranks([_place(snapshot, doc) for doc in docs.tolist()])[owner])
    elif order in ("gauche", "droite", "forme"):
        keys.append(_ranks([_sort_key(line, order) for line in lines(snapshot, found, read)]))
    return np.lexsort(keys)


def forms(snapshot: Snapshot, found: Occurrences, read: TextReader) -> tuple[Form, ...]:
    """The occurrences by their forms."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    dossiers: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines(snapshot, found, read):
        key = _sort_key(line, "forme")
        written[key][line.form] += 1
        dossiers[key].add(line.card.id)
    return tuple(
        Form(max(counts, key=lambda form: (counts[form], form.islower())), counts.total(), len(dossiers[key]))
        for key, counts in sorted(written.items())
    )


def lines(snapshot: Snapshot, found: Occurrences, read: TextReader) -> Iterator[Line]:
    """The lines of the occurrences, in the order they are in."""
    known, record, card = -1, Record((), ()), None
    for doc, position, number in zip(found.docs.tolist(), found.positions.tolist(), found.numbers.tolist(), strict=True):
        if doc != known:
            known, record, card = doc, snapshot.record(doc), snapshot.card(doc)
        at = int(np.searchsorted(record.starts, position, "right")) - 1
        part = record.parts[at]
        left, form, right = _cut(read(part), position - record.starts[at], found.leaves[number])
        if len(left) < AROUND and _goes_on(record, at - 1):
            left = _one_line(f"{_end(read(record.parts[at - 1]).text, AROUND - len(left))} {left}")
        if len(right) < AROUND and _goes_on(record, at):
            right = _one_line(f"{right} {_beginning(read(record.parts[at + 1]).text, AROUND - len(right))}")
        yield Line(card, left, form, right, part.attachment, part.page, part.label, part.recognised)  # type: ignore[arg-type]


def _cut(divided: Text, first: int, leaf: Leaf) -> tuple[str, str, str]:
    """The occurrence that begins at a word of a text, and what stands on both sides, cut between words."""
    start, end = spans_of(divided, Place(first, length(leaf), leaf))
    text = divided.text
    return _one_line(_end(text[:start], AROUND)), _one_line(text[start:end]), _one_line(_beginning(text[end:], AROUND))


def _goes_on(record: Record, at: int) -> bool:
    """Whether the text of a part goes on in the next: two pages of a PDF."""
    if not 0 <= at < len(record.parts) - 1:
        return False
    one, other = record.parts[at], record.parts[at + 1]
    return one.attachment is not None and one.attachment == other.attachment


def _end(text: str, most: int) -> str:
    """The last characters of a text, cut between words."""
    return text if len(text) <= most else text[-most:][text[-most:].find(" ") + 1 :]


def _beginning(text: str, most: int) -> str:
    """The first characters of a text, cut between words."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _sort_key(line: Line, order: LineOrder) -> str:
    if order == "gauche":
        words = re.findall(r"\w+", fold(line.left))
        return " ".join(reversed(words))[:_SORTED_BY]
    words = re.findall(r"\w+", fold(line.right if order == "droite" else line.form))
    return " ".join(words)[:_SORTED_BY]


def _place(snapshot: Snapshot, doc: int) -> str:
    """Of a dossier the first place, folded; those without one come last."""
    known = snapshot.card(doc).places
    return fold(place_words(known[0])) if known else "\uffff"


def _ranks(keys: list[str]) -> Ints:
    """Numbers in the order of the keys, equal keys having the same."""
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.fromiter((ranks[key] for key in keys), np.int64, len(keys))
