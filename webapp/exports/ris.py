"""RIS, the tagged format that Zotero, EndNote and Mendeley read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rispy.writer import RisWriter

from indexer.language import gettext
from indexer.model import Card
from webapp.reference import Reference, reference

_TYPES = {"report": "RPRT", "webpage": "ELEC"}


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """An entry a dossier."""
    for card in cards:
        yield _Writer().formats([_entry(reference(card))]).lstrip() + "\n\n"


class _Writer(RisWriter):  # type: ignore[misc]
    """Without the numbers that its base puts before entries: the format has none."""

    def set_header(self, count: int) -> str:
        return ""


def _entry(cited: Reference) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type_of_reference": _TYPES[cited.kind],
        "id": cited.id,
        "title": cited.title,
        "authors": list(cited.authors),
        "publisher": cited.publisher,
        "place_published": cited.place,
        "year": str(cited.issued.year) if cited.issued else "",
        "date": cited.issued.strftime("%Y/%m/%d") if cited.issued else "",
        "keywords": list(cited.keywords),
        "language": cited.language,
        "urls": [cited.address],
        "file_attachments1": list(cited.files),
        "notes": _notes(cited),
    }
    return {key: _one_line(value) for key, value in entry.items() if value}


def _notes(cited: Reference) -> list[str]:
    held = gettext("%(event)s (date déduite)", event=cited.event) if cited.doubtful else cited.event
    event = gettext("Événement : %(event)s", event=held) if cited.event else ""
    here = gettext("Dossier : %(address)s", address=cited.here) if cited.here != cited.address else ""
    return [note for note in (event, here) if note]


def _one_line(value: Any) -> Any:
    """RIS has no way to break a line in a value."""
    return [_one_line(one) for one in value] if isinstance(value, list) else " ".join(value.split())
