"""The answers of the API as types: what `api.py` sends is made into these first, and the OpenAPI document is made from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from indexer.engine.contract import (
    Clue,
    Correction,
    Expansion,
    FacetName,
    FacetValue,
    Form,
    Keyword,
    Offer,
    Series,
    Sort,
    Suggestion,
)
from indexer.model import (
    Acronym,
    AttachmentStatus,
    Certainty,
    Doubt,
    Link,
    Organisation,
    OutlineEntry,
    PageType,
    Place,
    Precision,
    Similar,
    Theme,
)

HourMinute = Annotated[str, Meta(pattern=r"^\d{2}:\d{2}$")]
LocalTime = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")]
Keys = list[str] | UnsetType


class Answer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A JSON object with these keys and no others."""


class EventDate(Answer, frozen=True, kw_only=True):
    """A date or range of an event, both ends included, at the given precision; hours only where the page gives them."""

    start: date
    end: date
    precision: Precision
    start_time: HourMinute | None
    end_time: HourMinute | None
    certainty: Certainty
    source: str
    basis: str
    doubt: str


class Attachment(Answer, frozen=True, kw_only=True):
    """A PDF: `url` opens it on this site (null when it is not there), `source_url` is where it was published, `path` its file in
    the corpus, `size` in bytes. `recognised` counts the pages whose text was recognised from an image."""

    name: str
    status: AttachmentStatus
    url: str | None
    source_url: str | None
    path: str | None
    pages: int
    size: int
    problem: str | None
    recognised: int
    same_as: str | None
    outline: list[OutlineEntry]


class Card(Answer, frozen=True, kw_only=True):
    """The facts of a dossier; `url` is its page on this site."""

    id: str
    slug: str
    title: str
    title_derived: bool
    type: PageType
    dates: list[EventDate]
    places: list[Place]
    themes: list[Theme]
    organisations: list[Organisation]
    attachments: list[Attachment]
    published: date | None
    modified: LocalTime | None
    source_url: str | None
    path: str
    links: list[Link]
    language: str | None
    doubts: list[Doubt]
    similar: list[Similar]
    acronyms: list[Acronym]
    changed: datetime | None
    url: str


class Passage(Answer, frozen=True, kw_only=True):
    """A stretch of text as (words, is a match); `attachment` and `page` are null for the event page itself."""

    text: str
    segments: list[tuple[str, bool]]
    attachment: str | None
    page: int | None
    label: str | None
    recognised: bool
    url: str


class Hit(Card, frozen=True, kw_only=True):
    """A dossier found; `lacks` are the words of the search that it does not have."""

    score: float
    lacks: list[str]
    passages: list[Passage]


class Asked(Answer, frozen=True, kw_only=True):
    """The search as it was understood, its filters by their keys."""

    q: str
    mots: Keys = UNSET
    theme: Keys = UNSET
    lieu: Keys = UNSET
    annee: Keys = UNSET
    type: Keys = UNSET
    organisme: Keys = UNSET
    fichier: Keys = UNSET
    du: date | None
    au: date | None
    tri: Sort
    correction: bool


class Facet(Answer, frozen=True, kw_only=True):
    """The values of a facet, counted without the facet's own filter."""

    name: FacetName
    values: list[FacetValue]


class Notice(Answer, frozen=True, kw_only=True):
    """Something of the query that was ignored or changed, in words too."""

    code: str
    words: list[str]
    message: str


class Ignored(Answer, frozen=True, kw_only=True):
    """A parameter that is wrong, and why."""

    parameter: str
    value: str
    message: str


class SearchAnswer(Answer, frozen=True, kw_only=True):
    """A page of hits with the facets. `next` is the cursor of the following hits, null at the end. `problems` is always empty:
    what is wrong in a request is refused."""

    request: Asked
    total: int
    page: int
    size: int
    pages: int
    hits: list[Hit]
    facets: list[Facet]
    notices: list[Notice]
    only_all_words: bool
    correction: Correction | None
    expansions: list[Expansion]
    offers: list[Offer]
    problems: list[Ignored]
    next: str | None


class FacetsAnswer(Answer, frozen=True, kw_only=True):
    """The facets of a search, without its hits."""

    request: Asked
    total: int
    facets: list[Facet]
    problems: list[Ignored]


class Neighbour(Answer, frozen=True, kw_only=True):
    """Another dossier about the same things, and the words that tell so."""

    id: str
    slug: str
    title: str
    type: PageType
    dates: list[EventDate]
    score: float
    words: list[str]
    url: str


class DossierAnswer(Card, frozen=True, kw_only=True):
    """A dossier with its whole text, and those about the same things."""

    parts: list[Passage]
    neighbours: list[Neighbour]


class ExplainAnswer(Answer, frozen=True, kw_only=True):
    """Why a dossier has its score: the clues add up to it."""

    id: str
    title: str
    url: str
    query: str
    score: float
    matches: bool
    lacks: list[str]
    clues: list[Clue]
    passage: Passage | None


class Line(Answer, frozen=True, kw_only=True):
    """An occurrence between what stands before and after it; `id` to `places` are of its dossier, `url` opens it where it is."""

    id: str
    title: str
    dates: list[EventDate]
    places: list[Place]
    left: str
    form: str
    right: str
    attachment: str | None
    page: int | None
    label: str | None
    recognised: bool
    url: str


class ConcordanceAnswer(Answer, frozen=True, kw_only=True):
    """A page of the occurrences of an expression: `total` of them in `dossiers`. `forms` with the order "forme" alone."""

    total: int
    dossiers: int
    page: int
    pages: int
    lines: list[Line]
    forms: list[Form]
    notices: list[Notice]
    generation: int
    built_at: datetime


class TrendAnswer(Answer, frozen=True, kw_only=True):
    """Expressions over time. `periods` are years or months; `dossiers` and `words` are what there is in each, and the lists of
    `series` how many dossiers have an expression and how often it stands there. `undated` of the `total` have no such date."""

    total: int
    undated: int
    periods: list[str]
    dossiers: list[int]
    words: list[int]
    series: list[Series]
    generation: int
    built_at: datetime


class KeywordsAnswer(Answer, frozen=True, kw_only=True):
    """The words characteristic of some text against other text, by G²; how much of both there is."""

    dossiers_here: int
    dossiers_there: int
    words_here: int
    words_there: int
    keywords: list[Keyword]
    generation: int
    built_at: datetime


class SuggestAnswer(Answer, frozen=True, kw_only=True):
    """Completions, best first."""

    suggestions: list[Suggestion]


class StatusAnswer(Answer, frozen=True, kw_only=True):
    """The state of the index; `waiting` files of the corpus changed since."""

    engine: str
    generation: int
    built_at: datetime
    dossiers: int
    attachments: int
    pages: int
    unreadable: int
    missing: int
    waiting: int


class Replacement(Answer, frozen=True, kw_only=True):
    """A dossier that stands for one that left, and by what."""

    id: str
    title: str
    url: str
    why: Literal["address", "path", "content", "title"]


class Gone(Answer, frozen=True, kw_only=True):
    """A dossier that left the index, and when."""

    id: str
    title: str
    source_url: str | None
    gone: datetime


class Problem(Answer, frozen=True, kw_only=True):
    """An error (RFC 9457); `errors` names the parameters that are wrong, `replaced_by` what stands for a dossier that left."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Ignored] | UnsetType = UNSET
    dossier: Gone | UnsetType = UNSET
    replaced_by: list[Replacement] | UnsetType = UNSET


def encoded(values: dict[str, Any], form: type[Answer]) -> bytes:
    """The values as JSON of that form. Raises `msgspec.ValidationError` for any other."""
    return msgspec.json.encode(msgspec.convert(values, form))
