"""The seam between ChercheVille and whatever holds its index.

`Reader` is what the site and the command line ask; `Engine` adds the writing side, used by `build` alone. The facet manners
are part of the contract: values of one facet are OR-ed, facets are AND-ed, each facet is counted without its own filter, and a
chosen value stays visible at zero. `tests/contract/` runs on every engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from indexer.model import Card, Dossier
from indexer.notices import Notice

Sort = Literal["pertinence", "date", "date-croissante", "a-venir", "passes", "nouveautes"]
FacetName = Literal["mots", "theme", "lieu", "annee", "type", "organisme", "fichier"]
FACETS: tuple[FacetName, ...] = ("mots", "theme", "lieu", "annee", "type", "organisme", "fichier")
SORTS: tuple[Sort, ...] = ("pertinence", "date", "date-croissante", "a-venir", "passes", "nouveautes")
"""By event date but for the first and the last: "nouveautes" are the dossiers that came or changed last."""


def default_sort(query: str) -> Sort:
    """Relevance for words; without words nothing is more relevant, so the latest first."""
    return "pertinence" if query else "date"


UNKNOWN = "inconnu"
"""Facet key of the dossiers that have no value in a facet."""

ALL_WORDS, SOME_WORDS = "tous", "partie"
"""Keys of the facet "mots": the dossiers that have every word of the query, and those that lack some."""


@dataclass(frozen=True, slots=True)
class Request:
    """A search as a value. `filters` maps a facet to its chosen keys; `since`/`until` bound the event dates, inclusive.

    `page` counts from 1. An empty query matches every dossier. `passages` is the most passages wanted for each hit.
    `found_themes`: the themes found in the text count in the facet and its filter too, not only those stated.
    `correct`: words that the index does not have are replaced by the nearest that it has. `today` divides upcoming events from
    past ones in the sorts that need it (the machine's own date when None).
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
    correct: bool = True
    today: date | None = None


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
    """One dossier found. `lacks` are the words of the query that it does not have, as they were typed."""

    card: Card
    score: float
    passages: tuple[Passage, ...] = ()
    lacks: tuple[str, ...] = ()


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
class Correction:
    """A query with the words that the index does not have replaced: `words` are (typed, instead).

    `applied`: the answer is that of `query`; else it is that of the query as typed, and this one is offered.
    """

    query: str
    words: tuple[tuple[str, str], ...]
    applied: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    """Other words searched beside those typed: "QPV" → "quartier prioritaire de la politique de la ville".

    `learnt`: from a dossier that introduces the acronym, not from the list of synonyms.
    """

    typed: str
    other: str
    learnt: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A body of the query has another name since `year`: `query` searches that one ("CGET" → "ANCT", 2020)."""

    typed: str
    other: str
    year: int
    query: str


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a `Request`. `request` is the request as understood (filters in canonical keys). `total` is exact.

    `only_all_words`: without a choice in the facet "mots", the answer was kept to the dossiers that have every word.
    """

    request: Request
    total: int
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    notices: tuple[Notice, ...] = ()
    only_all_words: bool = False
    correction: Correction | None = None
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A whole dossier: every part of its text in full, in order, with the words of a query marked."""

    card: Card
    parts: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed: a title, a theme, a place, a frequent word or phrase; `count` dossiers have it."""

    text: str
    kind: Literal["titre", "theme", "lieu", "mot", "expression"]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another dossier about the same things: `words` are those that tell most that it is, as they stand in texts."""

    card: Card
    score: float
    words: tuple[str, ...]


LineOrder = Literal["document", "date", "lieu", "gauche", "droite", "forme"]
LINES_A_PAGE = 50
NEAR = 10
"""Words before and after an expression that count as near it."""
MOST_PERIODS = 600
MOST_EXPRESSIONS = 5
"""Followed together in a trend."""
LINE_ORDERS: tuple[LineOrder, ...] = ("document", "date", "lieu", "gauche", "droite", "forme")
"""Orders of the lines of a concordance: by dossier, the latest first; by date, the earliest first; by place; by the words to the
left, nearest first; by those to the right; by the form itself. Accents and case count last."""


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence of an expression in a text, with what stands around it, each on one line; where as in `Passage`."""

    card: Card
    left: str
    form: str
    right: str
    attachment: int | None = None
    page: int = 0
    label: str | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Concordance:
    """The occurrences of an expression in the texts of the dossiers that pass a search's filters: `total` of them in `dossiers`.

    `lines` are those asked for, read as they are taken, from one generation of the index.
    """

    total: int
    dossiers: int
    lines: Iterator[Line]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """How an expression is written: `form` as it mostly is, `occurrences` of it in `dossiers`, case and accents indifferent."""

    form: str
    occurrences: int
    dossiers: int


Every = Literal["annee", "mois"]
"""The length of the periods of a trend."""


@dataclass(frozen=True, slots=True)
class Series:
    """By period, how many dossiers have an expression in their texts and how often it stands there."""

    expression: str
    dossiers: tuple[int, ...]
    occurrences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Expressions over time among the dossiers that a search finds: `total` of them, of which `undated` have no date that counts.

    `periods` are the first days of following years or months; `dossiers` and `words` are all that there is in each. A dossier
    counts once in every period that one of its dates touches.
    """

    periods: tuple[date, ...]
    dossiers: tuple[int, ...]
    words: tuple[int, ...]
    series: tuple[Series, ...]
    total: int
    undated: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word characteristic of a selection, as it is mostly written: `here` times in `dossiers` of it, `there` in the others.

    `score` is G² (Dunning 1993), `ratio` the base-2 logarithm of how many times more frequent the word is here.
    """

    word: str
    here: int
    there: int
    dossiers: int
    score: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Keywords:
    """The characteristic words of a selection, best first; how many dossiers and words of text it and the others have."""

    dossiers_here: int
    dossiers_there: int
    words_here: int
    words_there: int
    keywords: tuple[Keyword, ...]


Evidence = Literal["texte", "titre", "mot exact", "racine", "paire", "thème", "lieu", "date", "passage", "couverture"]
"""What a clue lies in. "racine": words that begin alike; "couverture": what having a share of the words adds to the rest."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A summand of a score: `words` found in `evidence` add `score` = weight × idf × saturation (BM25).

    `frequency` is how often they stand there, `documents` how many dossiers have them there, `weight` what the evidence (and
    a synonym or correction) counts for. `typed` is the word of the query, empty for what the words add together.
    """

    typed: str
    words: str
    evidence: Evidence
    score: float
    weight: float
    idf: float
    frequency: float
    documents: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a dossier has its score for a query: `score` is the sum of the clues, equal to that of the hit.

    `passage` is the best one, `lacks` the words not found; `matches` is False when the query does not find the dossier at all.
    """

    card: Card
    query: str
    score: float
    clues: tuple[Clue, ...]
    passage: Passage | None
    lacks: tuple[str, ...]
    matches: bool


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


class CheckedFile(NamedTuple):
    """A file of the index: its length in bytes, and what is wrong with it with the way out, None for nothing."""

    path: Path
    bytes: int
    fault: str | None


class Fact(NamedTuple):
    """Something to know of a cluster: its name ("health"), its value, and what is wrong with it with the way out."""

    name: Literal["cluster", "version", "nodes", "health", "alias", "shards", "dossiers"]
    value: str
    fault: str | None = None


class Reader(Protocol):
    """The reading side. Safe to share between threads; follows new generations by itself."""

    def search(self, request: Request) -> Result:
        """Answer a search. Never raises for a query, whatever it holds: what is not understood is said in `notices`."""

    def every(self, request: Request) -> Iterator[Card]:
        """The facts of all that a search finds, in its order, whatever the page, from one generation however long it takes."""

    def card(self, dossier_id: str) -> Card:
        """The facts of a dossier, without its text. Raises `UnknownDossier`."""

    def get(self, dossier_id: str, query: str = "") -> View:
        """A whole dossier, the query's words marked. Raises `UnknownDossier`."""

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of `prefix`, accents and case indifferent, best first."""

    def more_like(self, dossier_id: str, limit: int = 5) -> tuple[Neighbour, ...]:
        """The dossiers nearest to one by their words, best first. Raises `UnknownDossier`."""

    def explain(self, query: str, dossier_id: str) -> Explanation:
        """The score of a dossier for a query, summand by summand. Raises `UnknownDossier`."""

    def concordance(
        self, request: Request, order: LineOrder = "document", first: int = 0, most: int | None = None, beside: str = ""
    ) -> Concordance:
        """Where the expression `request.query` stands in the texts of the dossiers that pass the filters.

        At most `most` lines, from the line `first` on, counted from 0. Words without a sign are a phrase. What stands in the text
        of pages and PDFs counts, as it was typed, without synonyms or correction. With `beside`, an expression too, only where
        that stands within `NEAR` words in the same file.
        """

    def forms(self, request: Request, beside: str = "") -> tuple[Form, ...]:
        """The lines of that concordance grouped by form, in the order "forme"."""

    def trend(self, request: Request, expressions: Sequence[str], every: Every = "annee", *, inferred: bool = True) -> Trend:
        """The expressions over time among the dossiers that `request` finds; without `inferred`, by the stated dates alone.

        By month, dates of which only the year is known do not count. Of more than `MOST_PERIODS` the last are given.
        """

    def keywords(self, request: Request, against: Request | None = None, most: int = 100, least: int = 5) -> Keywords:
        """The words most characteristic of the dossiers that `request` finds, stop words left out.

        Against the rest, or against those that `against` finds and `request` does not. At most `most` words, each standing at
        least `least` times in the selection.
        """

    def collocates(self, request: Request, most: int = 100, least: int = 5) -> Keywords:
        """The words most characteristic of what stands near `request.query`, understood as in a concordance, stop words left out.

        Near are the `NEAR` words before and after each occurrence in the same file. `here` is what stands near any occurrence,
        each word once; `there` is the rest of the texts of the dossiers that pass the filters.
        """

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

    def tidy(self) -> None:
        """Clear what writings that were killed have left, as the next writing would."""
