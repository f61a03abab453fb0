"""CSV: a row a dossier, UTF-8 with the mark that spreadsheets know it by; values of one cell parted by " ; "."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.csv_lines import csv_line
from indexer.facets import TYPE_LABELS
from indexer.language import gettext
from indexer.model import Card
from indexer.wording import date_words, place_words
from webapp.links import absolute, dossier_url, web_address

COLUMNS = (
    "identifiant", "titre", "titre_deduit", "type", "debut", "fin", "quand", "date_deduite", "lieux", "departements", "regions",
    "themes", "themes_deduits", "organisateurs", "fichiers", "pages", "publie_le", "modifie_le", "source", "adresse",
)  # fmt: skip


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """The table, a line at a time."""
    yield "\N{BOM}" + csv_line(COLUMNS)
    for card in cards:
        yield csv_line(_row(card))


def _row(card: Card) -> tuple[str, ...]:
    first, last = (min((when.start for when in card.dates), default=None), max((when.end for when in card.dates), default=None))
    inferred = [theme.label for theme in card.themes if theme.certainty == "inferred"]
    return (
        card.id,
        card.title,
        _yes(card.title_derived),
        gettext(TYPE_LABELS[card.type]),
        first.isoformat() if first else "",
        last.isoformat() if last else "",
        _joined(date_words(when) for when in card.dates),
        _yes(any(when.certainty == "inferred" for when in card.dates)),
        _joined(place_words(place) for place in card.places),
        _joined(place.departement for place in card.places),
        _joined(place.region for place in card.places),
        _joined(theme.label for theme in card.themes if theme.certainty == "stated"),
        _joined(inferred),
        _joined(body.name for body in card.organisations if body.role == "organiser"),
        _joined(attachment.name for attachment in card.attachments),
        str(sum(attachment.pages for attachment in card.attachments)),
        card.published.isoformat() if card.published else "",
        card.modified.isoformat() if card.modified else "",
        web_address(card.source_url) or "",
        absolute(dossier_url(card)),
    )


def _joined(values: Iterable[str | None]) -> str:
    return " ; ".join(dict.fromkeys(value for value in values if value))


def _yes(true: bool) -> str:
    return gettext("oui") if true else ""
