"""The Whoosh schema: words come analysed, so that the one analyser of `indexer.analysis` is the only one.

Whoosh pickles its schema: these classes keep their names and places.
"""

from __future__ import annotations

from typing import Any

from whoosh.fields import ID, FieldType, Schema
from whoosh.formats import Frequency, Positions

from indexer.engine.whoosh.segment_builder import FIELDS, KEYS

VERSION = 9
"""Changes with the fields and their files: an index of another version is rebuilt."""


class Placed(FieldType):  # type: ignore[misc]
    """Words with their positions."""

    indexed, stored, scorable, multitoken_query, analyzer, vector, column_type = True, False, True, "phrase", None, None, None

    def __init__(self) -> None:
        self.format = Positions()


class Keys(Placed):
    """Words that are only there or not."""

    def __init__(self) -> None:
        self.format = Frequency()


def schema() -> Schema:
    """The schema of every index."""
    kinds: dict[str, Any] = {name: Keys() if name in KEYS else Placed() for name in FIELDS}
    return Schema(**kinds | {"id": ID(stored=True, unique=True)})
