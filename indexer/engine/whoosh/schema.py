"""The Whoosh fields of a dossier, and the making of their values.

Text fields are given as words already analysed, joined by spaces, so that the one analyser of `indexer.analysis` is the only one.
`text` (stems) and `form` (folded words) go in parallel: the same word has the same position in both. Between the page and each
PDF stands a `BOUNDARY`, so that no phrase runs from one file into the next.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from indexer.analysis import terms, tokens
from indexer.engine.contract import FacetName
from indexer.facets import Value, facet_values
from indexer.facts.themes import Vocabulary, search_words
from indexer.model import Card, Dossier, EventDate, Part

VERSION = 2
"""Changes with the fields: an index of another version is rebuilt."""

BOUNDARY = "¶"
"""A word that no text has."""

_LONGEST_SPELL_OF_DAYS = 366
_spaces = RegexTokenizer(r"[^ ]+")


class Record(msgspec.Struct, frozen=True):
    """What is stored of a dossier beside its card: where its parts begin, and what facets and filters need.

    `starts[i]` is the position in `text` of the first word of `parts[i]`. `spans` are the event dates as day numbers
    (date.toordinal()), first and last included.
    """

    parts: tuple[Part, ...]
    starts: tuple[int, ...]


class FacetRecord(msgspec.Struct, frozen=True, array_like=True):
    """What facets, filters, sorting, suggestions and status need of a dossier, small enough to be held for all of them.

    `found_themes` are the values of the theme facet, those found in the text with those stated.
    """

    id: str
    title: str
    values: dict[FacetName, tuple[Value, ...]]
    found_themes: tuple[Value, ...]
    spans: tuple[tuple[int, int], ...]
    attachments: int
    pages: int


def schema() -> Schema:
    """The Whoosh schema; words are separated by spaces in every indexed field."""
    return Schema(
        id=ID(stored=True, unique=True),
        text=TEXT(analyzer=_spaces),
        form=TEXT(analyzer=_spaces),
        title=TEXT(analyzer=_spaces),
        theme=TEXT(analyzer=_spaces),
        place=TEXT(analyzer=_spaces),
        day=KEYWORD(),
        card=STORED(),
        record=STORED(),
        facets=STORED(),
    )


def document(dossier: Dossier, vocabulary: Vocabulary) -> dict[str, Any]:
    """The Whoosh document of a dossier."""
    card = dossier.card
    themes, places = _theme_words(card, vocabulary), _place_words(card)
    text, form, starts = _running_text(dossier, themes, places)
    return {
        "id": card.id,
        "text": " ".join(text),
        "form": " ".join(form),
        "title": " ".join(terms(card.title)),
        "theme": " ".join(terms(themes)),
        "place": " ".join(terms(places)),
        "day": " ".join(sorted(day_words(card.dates))),
        "card": msgspec.json.encode(card),
        "record": msgspec.json.encode(Record(dossier.parts, starts)),
        "facets": msgspec.json.encode(_facet_record(card)),
    }


def day_words(dates: tuple[EventDate, ...]) -> set[str]:
    """The words by which `date:` finds an event: its years and months, and its days where they are known."""
    words: set[str] = set()
    for when in dates:
        size = 10 if when.precision == "day" else 7 if when.precision == "month" else 4
        days = min((when.end - when.start).days, _LONGEST_SPELL_OF_DAYS)
        for day in (when.start + timedelta(days=n) for n in range(days + 1)):
            words.update(iso for length in (4, 7, 10) if length <= size and (iso := day.isoformat()[:length]))
    return words


def _running_text(dossier: Dossier, themes: str, places: str) -> tuple[list[str], list[str], tuple[int, ...]]:
    """The words of a dossier: its title and facts, then every part; and the position at which each part begins."""
    card = dossier.card
    bodies = " ".join(body.name for body in card.organisations)
    names = " ".join(attachment.name.replace("_", " ") for attachment in card.attachments)
    text: list[str] = []
    form: list[str] = []
    starts: list[int] = []
    _append(f"{card.title}\n{themes}\n{places}\n{bodies}\n{names}", text, form)
    before: int | None = -1
    for part, words in zip(dossier.parts, dossier.texts, strict=True):
        if part.attachment != before:
            text.append(BOUNDARY)
            form.append(BOUNDARY)
            before = part.attachment
        starts.append(len(text))
        _append(words, text, form)
    return text, form, tuple(starts)


def _append(words: str, text: list[str], form: list[str]) -> None:
    for token in tokens(words):
        text.append(token.term)
        form.append(token.form)


def _theme_words(card: Card, vocabulary: Vocabulary) -> str:
    return " ".join(search_words(vocabulary, theme.key) for theme in card.themes if theme.certainty == "stated")


def _place_words(card: Card) -> str:
    names = [
        name
        for place in card.places
        for name in (place.source, place.commune, place.departement, place.region, place.epci, place.postcode)
    ]
    return " ".join(name for name in names if name)


def _facet_record(card: Card) -> FacetRecord:
    available = [attachment for attachment in card.attachments if attachment.status == "available"]
    return FacetRecord(
        card.id,
        card.title,
        facet_values(card),
        facet_values(card, found_themes=True)["theme"],
        tuple((when.start.toordinal(), when.end.toordinal()) for when in card.dates),
        len(available),
        sum(attachment.pages for attachment in available),
    )
