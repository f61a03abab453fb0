"""What a librarian asks of the corpus as plain JSON values: what a build would do, what is read of one file."""

from __future__ import annotations

from typing import Any

import msgspec

from indexer.build import Planned
from indexer.corpus import FileKind
from indexer.engine.contract import Fact
from indexer.model import PdfPage
from indexer.single import FileReading
from indexer.to_json import card_json

_READ_FACTS = (
    *("dates", "places", "themes", "organisations", "title", "title_derived", "type", "published", "modified", "source_url"),
    *("language", "links"),
)


def planned_json(planned: Planned) -> dict[str, Any]:
    """What a build would do: paths of files to open (`new`, `changed`, `reread`) and to forget (`removed`)."""
    changes = planned.changes
    return {
        "dry_run": True,
        "new": [file.path for file in changes.new],
        "changed": [file.path for file in changes.changed],
        "reread": [file.path for file in changes.reread],
        "removed": list(changes.removed),
        "full": planned.full,
        "refusal": planned.refusal,
    }


def facts_json(facts: list[Fact]) -> list[dict[str, Any]]:
    """What there is to know of a cluster, empty without one."""
    return [fact._asdict() for fact in facts]


def reading_json(reading: FileReading, page: int | None = None) -> dict[str, Any]:
    """What the readers make of one file; the text of `page` alone when it is given."""
    facts = card_json(reading.card) if reading.card else {name: [] for name in _READ_FACTS[:4]}
    return {
        "file": str(reading.path),
        "kind": reading.kind,
        **{name: facts[name] for name in _READ_FACTS if name in facts},
        "pages": [_read_page(found, reading.kind) for found in reading.pages if page in (None, found.number)],
        "outline": msgspec.to_builtins(reading.outline),
        "problems": msgspec.to_builtins(reading.problems),
    }


def _read_page(page: PdfPage, kind: FileKind) -> dict[str, Any]:
    """`label` is null where the page has no other printed number; `margins` are the headers and footers taken out."""
    return {
        "page": page.number,
        "label": page.label,
        "text": page.text,
        "state": page.state,
        "margins": list(page.margins),
        "reader": page.reader if kind == "pdf" else None,
    }
