"""A dossier as a bibliography knows it: what citations, exports and embedded metadata are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.model import Card, EventDate
from indexer.wording import date_words, place_words
from webapp.links import absolute, dossier_url, pdf_url, web_address
from webapp.opening import settings

Kind = Literal["report", "webpage"]


@dataclass(frozen=True, slots=True)
class Reference:
    """`issued` is the day of publication, else that of the event; `event` and `place` say in words when and where it was.

    `address` is where the document was published, else where it stands here (`here`). `files` are the addresses of its PDFs.
    """

    id: str
    kind: Kind
    title: str
    authors: tuple[str, ...]
    publisher: str
    issued: date | None
    event: str
    place: str
    keywords: tuple[str, ...]
    language: str
    address: str
    here: str
    files: tuple[str, ...]
    doubtful: bool


def reference(card: Card) -> Reference:
    """What is to be cited of a dossier."""
    when = next(iter(card.dates), None)
    here = absolute(dossier_url(card))
    return Reference(
        id=card.id,
        kind="report" if card.type in ("document", "ressource") else "webpage",
        title=card.title,
        authors=tuple(body.name for body in card.organisations if body.role == "organiser"),
        publisher=settings().site_name,
        issued=_issued(card, when),
        event=date_words(when) if when else "",
        place=", ".join(place_words(place) for place in card.places if place.kind not in ("unknown", "ambiguous")),
        keywords=tuple(theme.label for theme in card.themes),
        language=card.language or "fr",
        address=web_address(card.source_url) or here,
        here=here,
        files=tuple(absolute(url) for index in range(len(card.attachments)) if (url := pdf_url(card, index))),
        doubtful=when is not None and (when.certainty == "inferred" or bool(when.doubt)),
    )


def _issued(card: Card, when: EventDate | None) -> date | None:
    return card.published or (when.start if when else None)
