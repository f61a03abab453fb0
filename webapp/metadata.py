"""What a dossier's page tells programs: Highwire and Dublin Core tags, which Zotero reads, and schema.org in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from indexer.language import gettext
from indexer.model import Card, EventDate, Place
from webapp.reference import Reference

_ONLINE = "https://schema.org/OnlineEventAttendanceMode"
_OFFLINE = "https://schema.org/OfflineEventAttendanceMode"
_MIXED = "https://schema.org/MixedEventAttendanceMode"


def meta_tags(cited: Reference) -> Iterator[tuple[str, str]]:
    """Names and contents, those that have one."""
    issued = cited.issued
    tags = [
        ("citation_title", cited.title),
        *(("citation_author", author) for author in cited.authors),
        ("citation_publisher", cited.publisher),
        ("citation_publication_date", issued.strftime("%Y/%m/%d") if issued else ""),
        ("citation_language", cited.language),
        ("citation_keywords", "; ".join(cited.keywords)),
        ("citation_public_url", cited.address),
        *(("citation_pdf_url", file) for file in cited.files),
        ("DC.title", cited.title),
        *(("DC.creator", author) for author in cited.authors),
        ("DC.publisher", cited.publisher),
        ("DC.date", issued.isoformat() if issued else ""),
        ("DC.language", cited.language),
        ("DC.coverage", cited.place),
        *(("DC.subject", keyword) for keyword in cited.keywords),
        ("DC.identifier", cited.here),
        ("DC.source", cited.address if cited.address != cited.here else ""),
    ]
    return ((name, content) for name, content in tags if content)


def schema_org(card: Card, cited: Reference) -> dict[str, Any]:
    """An Event for what took place on days that are known, else a Report or a WebPage."""
    days = [when for when in card.dates if when.precision == "day"]
    common: dict[str, Any] = {
        "@context": "https://schema.org",
        "name": cited.title,
        "url": cited.here,
        "inLanguage": cited.language,
        "keywords": list(cited.keywords),
        **({"sameAs": cited.address} if cited.address != cited.here else {}),
    }
    if card.type not in ("annonce", "retour") or not days:
        kind = "Report" if cited.kind == "report" else "WebPage"
        issued = {"datePublished": cited.issued.isoformat()} if cited.issued else {}
        return common | {"@type": kind, "author": _bodies(cited), **issued}
    return common | {
        "@type": "Event",
        "startDate": _moment(days[0], first=True),
        "endDate": _moment(days[-1], first=False),
        "eventAttendanceMode": _mode(card),
        "location": [_place(place) for place in card.places if place.kind not in ("unknown", "hybrid")],
        "organizer": _bodies(cited),
    }


def _bodies(cited: Reference) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": name} for name in cited.authors or (cited.publisher,)]


def _moment(when: EventDate, *, first: bool) -> str:
    """A day, with its hour when that is known; in no time zone, as the page gives it."""
    day, hour = (when.start, when.start_time) if first else (when.end, when.end_time)
    return datetime.combine(day, hour).isoformat(timespec="minutes") if hour else day.isoformat()


def _mode(card: Card) -> str:
    kinds = {place.kind for place in card.places}
    if "hybrid" in kinds or ("online" in kinds and len(kinds) > 1):
        return _MIXED
    return _ONLINE if "online" in kinds else _OFFLINE


def _place(place: Place) -> dict[str, Any]:
    if place.kind == "online":
        return {"@type": "VirtualLocation", "name": gettext("En ligne")}
    address = {"addressLocality": place.commune, "postalCode": place.postcode, "addressRegion": place.region}
    told = {key: value for key, value in address.items() if value}
    name = place.commune or place.epci or place.departement or place.region or place.source
    return {"@type": "Place", "name": name, "address": {"@type": "PostalAddress", "addressCountry": "FR", **told}}
