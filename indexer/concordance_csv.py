"""A concordance as a table: a row an occurrence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.engine.contract import Line
from indexer.wording import date_words, part_words, place_words

COLUMNS = ("gauche", "forme", "droite", "dossier", "identifiant", "date", "lieu", "partie", "source")


def concordance_rows(lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """The head of the table, then its rows."""
    yield COLUMNS
    yield from map(row, lines)


def row(line: Line) -> tuple[str, ...]:
    """The values of a line, in the order of the columns."""
    card = line.card
    attachment = None if line.attachment is None else card.attachments[line.attachment]
    return (
        line.left,
        line.form,
        line.right,
        card.title,
        card.id,
        " ; ".join(date_words(when) for when in card.dates),
        " ; ".join(place_words(place) for place in card.places),
        part_words(attachment, line.page, line.label, recognised=line.recognised),
        card.source_url or "",
    )
