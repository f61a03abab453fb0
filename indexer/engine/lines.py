"""Occurrences as lines of text, what lines are sorted by, and the forms they show: the same for every engine."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from indexer.engine.contract import Form, Line, LineOrder
from indexer.engine.document import Record
from indexer.engine.occurrences import Ints
from indexer.engine.standing import TextReader
from indexer.engine.words_sought import length
from indexer.folding import fold
from indexer.highlight import Place, Text, spans_of
from indexer.model import Card
from indexer.query import Leaf
from indexer.wording import place_words

AROUND = 80
"""Characters shown on each side."""
_SORTED_BY = 60
"""Characters of what a line is sorted by."""


def line(card: Card, record: Record, position: int, leaf: Leaf, read: TextReader) -> Line:
    """The line of the occurrence of a leaf that begins at a position of a dossier."""
    at = bisect_right(record.starts, position) - 1
    part = record.parts[at]
    left, form, right = _cut(read(part), position - record.starts[at], leaf)
    if len(left) < AROUND and _goes_on(record, at - 1):
        left = _one_line(f"{_end(read(record.parts[at - 1]).text, AROUND - len(left))} {left}")
    if len(right) < AROUND and _goes_on(record, at):
        right = _one_line(f"{right} {_beginning(read(record.parts[at + 1]).text, AROUND - len(right))}")
    return Line(card, left, form, right, part.attachment, part.page, part.label, part.recognised)


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


def sort_key(line: Line, order: LineOrder) -> str:
    """What a line is sorted by in the orders by its words."""
    if order == "gauche":
        words = re.findall(r"\w+", fold(line.left))
        return " ".join(reversed(words))[:_SORTED_BY]
    words = re.findall(r"\w+", fold(line.right if order == "droite" else line.form))
    return " ".join(words)[:_SORTED_BY]


def place_key(card: Card) -> str:
    """Of a dossier the first place, folded; those without one come last."""
    return fold(place_words(card.places[0])) if card.places else "\uffff"


def ranks(keys: list[str]) -> Ints:
    """Numbers in the order of the keys, equal keys having the same."""
    known = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.fromiter((known[key] for key in keys), np.int64, len(keys))


def forms(lines: Iterable[Line]) -> tuple[Form, ...]:
    """Lines grouped by their forms."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    dossiers: defaultdict[str, set[str]] = defaultdict(set)
    for one in lines:
        key = sort_key(one, "forme")
        written[key][one.form] += 1
        dossiers[key].add(one.card.id)
    return tuple(Form(usual(counts), counts.total(), len(dossiers[key])) for key, counts in sorted(written.items()))


def usual(counts: Counter[str], otherwise: str = "") -> str:
    """The form met most often; of equals one in small letters."""
    return max(counts, key=lambda form: (counts[form], form.islower()), default=otherwise)
