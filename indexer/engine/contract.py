"""The seam between ChercheVille and whatever holds its index.

`Reader` is what the site and the command line ask; `Engine` adds the writing side, used by `build` alone. The facet manners
are part of the contract: values of one facet are OR-ed, facets are AND-ed, each facet is counted without its own filter, and a
chosen value stays visible at zero. `tests/contract/` runs on every engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from indexer.model import Card, Dossier
from indexer.notices import Notice

Sort = Literal["pertinence", "date", "date-croissante"]
FacetName = Literal["theme", "lieu", "annee", "type"]
FACETS: tuple[FacetName, ...] = ("theme", "lieu", "annee", "type")
SORTS: tuple[Sort, ...] = ("pertinence", "date", "date-croissante")


def default_sort(query: str) -> Sort:
    """Relevance for words; without words nothing is more relevant, so the latest first."""
    return "pertinence" if query else "date"


UNKNOWN = "inconnu"
"""Facet key of the dossiers that have no value in a facet."""


@dataclass(frozen=True, slots=True)
class Request:
    """A search as a value. `filters` maps a facet to its chosen keys; `since`/`until` bound the event dates, inclusive.

    `page` counts from 1. An empty query matches every dossier. `passages` is the most passages wanted for each hit.
    `found_themes`: the themes found in the text count in the facet and its filter too, not only those stated.
    """

    query: str = ""
    filters: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort = "pertinence"
    page: int = 1
    size: int = 10
    passages: int = 3
    found_themes: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt: `segments` are (text, is a match) in reading order. `attachment` indexes the hit's attachments.

    `attachment` None is the event page itself; else `page` counts from 1 in that PDF and `label` is its printed label.
    `recognised`: the text was recognised from an image.
    """

    segments: tuple[tuple[str, bool], ...]
    attachment: int | None = None
    page: int = 0
    label: str | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One dossier found."""

    card: Card
    score: float
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet. `key` stands in URLs; `depth` is its level in a tree (values come in tree order)."""

    key: str
    label: str
    count: int
    selected: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet for a search, counted without the facet's own filter."""

    name: FacetName
    values: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a `Request`. `request` is the request as understood (filters in canonical keys). `total` is exact."""

    request: Request
    total: int
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A whole dossier: every part of its text in full, in order, with the words of a query marked."""

    card: Card
    parts: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed: a title, a theme or a place."""

    text: str
    kind: Literal["titre", "theme", "lieu"]


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the index that answers: `generation` grows with every change."""

    engine: str
    generation: int
    built_at: datetime
    dossiers: int
    attachments: int
    pages: int
    unreadable: int
    missing: int


class Reader(Protocol):
    """The reading side. Safe to share between threads; follows new generations by itself."""

    def search(self, request: Request) -> Result:
        """Answer a search. Never raises for a query, whatever it holds: what is not understood is said in `notices`."""

    def card(self, dossier_id: str) -> Card:
        """The facts of a dossier, without its text. Raises `UnknownDossier`."""

    def get(self, dossier_id: str, query: str = "") -> View:
        """A whole dossier, the query's words marked. Raises `UnknownDossier`."""

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of `prefix`, accents and case indifferent, best first."""

    def status(self) -> Status:
        """The state of the index in use."""

    def close(self) -> None:
        """Give back what the reader holds open."""


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """What a build knows of the corpus and the engine only keeps beside the index: counts of files that need care."""

    unreadable: int = 0
    missing: int = 0


class Engine(Reader, Protocol):
    """A reader that can also write. One writer at a time: `build` holds the lock."""

    def update(self, changed: Iterable[Dossier], removed: Iterable[str], facts: BuildFacts) -> None:
        """Add or replace dossiers and remove others in one atomic commit: readers see all of it or nothing."""

    def rebuild(self, dossiers: Iterable[Dossier], facts: BuildFacts) -> None:
        """Build a whole new index beside the one in use, then switch to it atomically."""
