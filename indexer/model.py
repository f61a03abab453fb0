"""The values that pass between the rooms: frozen, without I/O, without behaviour beyond what they say of themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year"]
Certainty = Literal["stated", "inferred"]
PlaceKind = Literal["commune", "epci", "departement", "region", "online", "hybrid", "abroad", "ambiguous", "unknown"]
PageType = Literal["annonce", "retour", "actualite", "ressource", "structure", "document"]
AttachmentStatus = Literal["available", "missing", "unreadable"]
OrganisationRole = Literal["organiser", "participant", "partner", "structure"]
PdfPageState = Literal["text", "ocr", "scan", "blank", "unreadable", "slow"]
PdfState = Literal["read", "partly", "needs_ocr"]
PdfReader = Literal["pdfminer", "pdfium", "tesseract"]


@dataclass(frozen=True, slots=True)
class EventDate:
    """One date or range of an event, both ends included. Never moved by a time zone.

    `start` and `end` are the first and last day covered at the given precision ("mai 2019" is 1 to 31 May, "month").
    Hours only when the page gives them. `source` holds the words it was read from; `basis` says what an inferred
    date was inferred from. `doubt` is a sentence when the words contradict themselves or are unlikely (a weekday that is
    not the date's, the year 2107): the date is then as it was written, never repaired.
    """

    start: date
    end: date
    precision: Precision = "day"
    start_time: time | None = None
    end_time: time | None = None
    certainty: Certainty = "stated"
    source: str = ""
    basis: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a page says and that cannot be a fact: `source` as it was written, `message` what is wrong with it."""

    kind: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of an event. `departement` and `region` are names; `source` holds the words it was read from.

    "hybrid" stands beside the place of an event that can also be followed online. "ambiguous" is a name that several communes
    bear: `candidates` are these ("Saint-Denis (93)"), and nothing else is said. `basis` says what an inferred place was
    inferred from (a known venue, another place of the page, the network's territory).
    """

    kind: PlaceKind
    source: str = ""
    commune: str | None = None
    insee: str | None = None
    postcode: str | None = None
    epci: str | None = None
    departement: str | None = None
    departement_code: str | None = None
    region: str | None = None
    certainty: Certainty = "stated"
    basis: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of the vocabulary: `key` is stable and stands in URLs, `label` is shown, `parent` is the key of its first level.

    "stated" by the page's address, breadcrumb or tags; "inferred" from its text. `source` says where, or the evidence.
    """

    key: str
    label: str
    certainty: Certainty = "stated"
    source: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that a page names under a label, as it writes it."""

    name: str
    role: OrganisationRole = "organiser"


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym that a text introduces: "CLSM", "conseil local de santé mentale"."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its address (absolute where the page allows it) and its words."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one page file says, before any decision: strings as found, addresses as given.

    `text` is the article only, paragraphs separated by a blank line. `addresses` are the URLs at which the page says it
    lives, the "URL de la source" or canonical one first. `dates`, `places`: the values of its date and place labels.
    `language` is a code of two letters ("fr") when it can be told.
    """

    text: str
    title: str | None = None
    links: tuple[Link, ...] = ()
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: date | None = None
    modified: datetime | None = None
    addresses: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page of a PDF: `number` counts from 1, `label` is the page's printed label when it has another one.

    `margins` are the running headers, footers and page numbers that were taken out of `text`. `state`: "text" as the file
    gives it, "ocr" recognised from the image, "scan" an image whose text is not recognised, "blank", "unreadable", "slow" given
    up. `reader` is what the text comes from.
    """

    number: int
    text: str
    label: str | None = None
    state: PdfPageState = "text"
    margins: tuple[str, ...] = ()
    reader: PdfReader = "pdfminer"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of a PDF's outline: `level` from 0, `page` from 1 (None when it leads nowhere)."""

    level: int
    title: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PdfText:
    """What one PDF says, page by page. `state` follows from the pages' states; `language` is the tagged one ("fr")."""

    pages: tuple[PdfPage, ...]
    title: str | None = None
    state: PdfState = "read"
    outline: tuple[OutlineEntry, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page file as read: `page.text` is left in the store under (`key`, 0). `sketch` tells near copies (see `similar`)."""

    path: str
    key: str
    page: Page
    sketch: bytes = b""


class PdfFilePage(NamedTuple):
    """A page of a PDF without its text."""

    number: int
    label: str | None = None
    state: PdfPageState = "text"


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF file as read, its text left in the store. `pages` is empty, with `problem` said, when it could not be read."""

    path: str
    key: str
    size: int
    pages: tuple[PdfFilePage, ...] = ()
    title: str | None = None
    language: str | None = None
    outline: tuple[OutlineEntry, ...] = ()
    problem: str | None = None
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF of a dossier. `path` is relative to the corpus; `text_key` names its extracted text in the store.

    `recognised` counts the pages whose text was recognised from an image. `same_as` is the name of an earlier attachment of the
    dossier with the same content. `outline` holds the PDF's main headings.
    """

    name: str
    status: AttachmentStatus
    url: str | None = None
    path: str | None = None
    text_key: str | None = None
    pages: int = 0
    size: int = 0
    problem: str | None = None
    recognised: int = 0
    same_as: str | None = None
    outline: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a dossier's text: the event page (`attachment` None) or one page of one attachment.

    `attachment` is an index into `Dossier.attachments`; (`text_key`, `page`) names the text in the store, where page 0 is
    the body of an event page and PDF pages count from 1. `recognised`: the text was recognised from an image.
    """

    text_key: str
    page: int
    attachment: int | None = None
    label: str | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Similar:
    """Another dossier that says nearly the same: a page posted again ("page"), or the same PDF attached ("pdf", its `name`)."""

    dossier: str
    kind: Literal["page", "pdf"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A dossier without its text: what a list of results and the facts of a dossier page show.

    `themes` are those stated and, after them, those found in the text (certainty "inferred"). `changed` is when a build first met
    the dossier as it is (UTC); of those met by the first build of all, when their newest file was last written.
    """

    id: str
    slug: str
    title: str
    title_derived: bool
    type: PageType
    dates: tuple[EventDate, ...] = ()
    places: tuple[Place, ...] = ()
    themes: tuple[Theme, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    published: date | None = None
    modified: datetime | None = None
    source_url: str | None = None
    path: str = ""
    links: tuple[Link, ...] = ()
    language: str | None = None
    doubts: tuple[Doubt, ...] = ()
    similar: tuple[Similar, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """An event page with its attached PDFs (or a PDF that no page links to): one thing, found once, counted once.

    `texts[i]` is the text of `parts[i]`; the page's body comes first, then the attachments page by page.
    """

    card: Card
    parts: tuple[Part, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something of the corpus that a reader will not find, why, since when (ISO date and time) and what can be done.

    `reason` is "missing" for a linked PDF that is not there; any other is a file or folder that could not be read. `page` is
    the PDF page concerned, 0 for the whole file.
    """

    path: str
    reason: str
    message: str
    advice: str
    since: str = ""
    page: int = 0

    @property
    def since_day(self) -> date | None:
        """The day on which it was first seen."""
        return datetime.fromisoformat(self.since).date() if self.since else None


MarkKind = Literal["address", "path", "content"]
MARK_KINDS: tuple[MarkKind, ...] = ("address", "path", "content")
"""From the strongest sign that one dossier stands for another to the weakest."""


class Mark(NamedTuple):
    """What a dossier can be recognised by under another identifier: a canonical address, a file's path or its content."""

    kind: MarkKind
    value: str


class Portrait(NamedTuple):
    """What is kept of a dossier for when it leaves the index."""

    title: str
    source_url: str | None
    marks: frozenset[Mark]


class Heir(NamedTuple):
    """A dossier of the index that has a mark of one that left; `why` is the strongest kind that they share."""

    dossier: str
    why: MarkKind


@dataclass(frozen=True, slots=True)
class Departed:
    """A dossier that was in the index and no longer is, `since` when (local time), and its heirs, the likeliest first.

    `title` is empty and there are no heirs when it had been indexed by a version that did not note these.
    """

    id: str
    title: str
    source_url: str | None
    since: datetime
    heirs: tuple[Heir, ...] = ()


PartReader = Callable[[str, int], str]
"""(text key, page) → the extracted text of that part."""
