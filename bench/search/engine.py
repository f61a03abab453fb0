"""The job that every engine of the benchmark does, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

FACETS = ("themes", "place", "type", "year")


class Doc(NamedTuple):
    """A dossier as it is indexed; `title` and `text` are French text, or stems parted by blanks. `shown` is the title stored."""

    id: int
    title: str
    text: str
    shown: str
    themes: list[str]
    day: int
    place: str
    type: str

    @property
    def year(self) -> int:
        return self.day // 10_000


class Docs:
    """The dossiers of a work folder, as raw text or as stems; the share of each of `parts` processes."""

    def __init__(self, folder: Path, *, raw: bool) -> None:
        self._path = folder / ("raw.jsonl" if raw else "stems.jsonl")

    def __iter__(self) -> Iterator[Doc]:
        return self.share(0, 1)

    def share(self, part: int, parts: int) -> Iterator[Doc]:
        """Every `parts`th dossier from `part` on."""
        with self._path.open(encoding="utf-8") as lines:
            yield from (Doc(*json.loads(line)) for line in islice(lines, part, None, parts))


class Query(NamedTuple):
    """`terms` are stems; `typed` is what a person would type. Days are numbers like 20170511.

    `kind`: and, or, phrase, filtered, browse.
    """

    id: int
    kind: str
    terms: list[str]
    typed: str
    theme: str = ""
    first: int = 0
    last: int = 0


class Answer(NamedTuple):
    """Exact total, ids of the first ten hits, counts of the values of each facet."""

    total: int
    ids: list[int]
    facets: dict[str, dict[str, int]]


class Engine(Protocol):
    """A search engine under test."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        """Index everything: raw text with the engine's own French analysis, or stems parted by blanks."""

    def open(self, folder: Path) -> None:
        """Open the index."""

    def answer(self, query: Query) -> Answer:
        """First ten hits by BM25, the title weighing 2, with their stored titles; exact total; counts of four facets."""

    def forget(self) -> None:
        """Empty the engine's own caches."""


def read_queries(folder: Path) -> list[Query]:
    """The queries of a work folder."""
    return [Query(*fields) for fields in json.loads((folder / "queries.json").read_text(encoding="utf-8"))]
