"""Whoosh fields whose words come already analysed. Whoosh pickles its schema: these classes keep their names and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.fields import FieldType
from whoosh.formats import Frequency, Positions

Posting = tuple[bytes, int, float, bytes]
"""What Whoosh takes of a word: the word, how often, the weight, the value to store."""


class Placed(FieldType):  # type: ignore[misc]
    """Words with their positions, given as (word, position)."""

    indexed, stored, scorable, multitoken_query = True, False, True, "phrase"

    def __init__(self) -> None:
        self.format = Positions()

    def index(self, value: Iterable[tuple[str, int]], **_: Any) -> Iterator[Posting]:
        places: dict[str, list[int]] = defaultdict(list)
        for word, position in value:
            if position not in places[word][-1:]:  # another spelling may have the same stem
                places[word].append(position)
        for word, positions in places.items():
            yield word.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class Bag(FieldType):  # type: ignore[misc]
    """Words that are only counted."""

    indexed, stored, scorable = True, False, True

    def __init__(self) -> None:
        self.format = Frequency()

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        for word, count in Counter(value).items():
            yield word.encode(), count, float(count), count.to_bytes(4, "big")
