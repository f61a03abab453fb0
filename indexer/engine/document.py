"""A dossier as an index holds it: the words of its fields, by number, and the columns of its facts.

`text` (stems), `form` (folded words) and `stop` (stop words) share one numbering of the positions: the same word stands at the
same position in each, and a phrase is found across them. Between the page and each PDF a position is left out, so that no phrase
runs from one file into the next.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import msgspec
import numpy as np

from indexer.engine.contract import FacetName
from indexer.facets import Value, facet_values
from indexer.facts.themes import Vocabulary as Themes
from indexer.facts.themes import search_words
from indexer.model import Card, Dossier, EventDate, Part, Precision
from indexer.stream import STOP, Numbers, Stream, Vocabulary

_LONGEST_SPELL_OF_DAYS = 366
PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")
INFERRED = 4

Combination = tuple[Value, ...]


class Row(NamedTuple):
    """The columns of one document: `words` of its running text, of which the first `head` are facts and not text and `tokens` are
    words of the text (files are a position apart), when it was
    `changed` (seconds since 1970, 0 if not known), the acronyms that it introduces (short, long)."""

    id: str
    card: bytes
    record: bytes
    words: int
    head: int
    tokens: int
    attachments: int
    pages: int
    changed: int
    values: dict[FacetName, Combination]
    found_themes: Combination
    spans: tuple[tuple[int, int, int], ...]
    acronyms: tuple[tuple[str, str], ...]


class Record(msgspec.Struct, frozen=True):
    """Where the parts of a dossier stand: `starts[i]` is the position of the first word of `parts[i]`."""

    parts: tuple[Part, ...]
    starts: tuple[int, ...]


class Document(NamedTuple):
    """A dossier ready for the index: its running text, the words of its other fields, its columns."""

    running: Stream
    title: Stream
    theme: Stream
    place: Stream
    days: tuple[str, ...]
    row: Row


def document(dossier: Dossier, themes: Themes, words: Vocabulary) -> Document:
    """The document of a dossier, its words numbered by `words`."""
    card = dossier.card
    theme_words, places = _theme_words(card, themes), _place_words(card)
    running, starts, tokens = _running(words, _facts(card, places), dossier)
    return Document(
        running,
        words.stream(card.title),
        words.stream(theme_words),
        words.stream(places),
        tuple(sorted(day_words(card.dates))),
        _row(dossier, running.length, starts, tokens),
    )


def _running(words: Vocabulary, facts: str, dossier: Dossier) -> tuple[Stream, tuple[int, ...], int]:
    """The facts and every part under one numbering of positions; where each part begins; how many words the parts have."""
    streams = [words.stream(facts)]
    offsets, starts = [0], []
    length, before = streams[0].length, -1
    for part, text in zip(dossier.parts, dossier.texts, strict=True):
        attachment = -2 if part.attachment is None else part.attachment
        length += attachment != before  # a position left out between files
        before = attachment
        starts.append(length)
        offsets.append(length)
        streams.append(words.stream(text))
        length += streams[-1].length
    forms, kinds = (np.concatenate([getattr(stream, name) for stream in streams]) for name in ("forms", "kinds"))
    positions = np.concatenate([stream.positions + np.int32(at) for stream, at in zip(streams, offsets, strict=True)])
    return Stream(forms, positions, kinds, length), tuple(starts), sum(stream.length for stream in streams[1:])


def split_kinds(stream: Stream) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """(forms, positions) of the words that tell something, other spellings included, and of the stop words."""
    stop = stream.kinds == STOP
    return (stream.forms[~stop], stream.positions[~stop]), (stream.forms[stop], stream.positions[stop])


def _facts(card: Card, places: str) -> str:
    """What is found of a dossier beside its text, as text."""
    themes = " ".join(theme.label for theme in card.themes if theme.certainty == "stated")
    bodies = " ".join(body.name for body in card.organisations)
    names = " ".join(attachment.name.replace("_", " ") for attachment in card.attachments)
    return f"{card.title}\n{themes}\n{places}\n{bodies}\n{names}"


def span_kind(when: EventDate) -> int:
    """How a date is known, as a number: how precisely, and whether it is inferred."""
    return PRECISIONS.index(when.precision) + (INFERRED if when.certainty == "inferred" else 0)


def day_words(dates: tuple[EventDate, ...]) -> set[str]:
    """The words by which `date:` finds an event: its years and months, and its days where they are known."""
    words: set[str] = set()
    for when in dates:
        size = 10 if when.precision == "day" else 7 if when.precision == "month" else 4
        days = min((when.end - when.start).days, _LONGEST_SPELL_OF_DAYS)
        for day in (when.start + timedelta(days=n) for n in range(days + 1)):
            words.update(iso for length in (4, 7, 10) if length <= size and (iso := day.isoformat()[:length]))
    return words


def _theme_words(card: Card, themes: Themes) -> str:
    return " ".join(search_words(themes, theme.key) for theme in card.themes if theme.certainty == "stated")


def _place_words(card: Card) -> str:
    names = [
        name
        for place in card.places
        for name in (place.source, place.commune, place.departement, place.region, place.epci, place.postcode)
    ]
    return " ".join(name for name in names if name)


def _row(dossier: Dossier, words: int, starts: tuple[int, ...], tokens: int) -> Row:
    card = dossier.card
    available = [attachment for attachment in card.attachments if attachment.status == "available"]
    return Row(
        card.id,
        msgspec.json.encode(card),
        msgspec.json.encode(Record(dossier.parts, starts)),
        words,
        starts[0] if starts else words,
        tokens,
        len(available),
        sum(attachment.pages for attachment in available),
        int(card.changed.timestamp()) if card.changed else 0,
        facet_values(card),
        facet_values(card, found_themes=True)["theme"],
        tuple((when.start.toordinal(), when.end.toordinal(), span_kind(when)) for when in card.dates),
        tuple((acronym.short, acronym.long) for acronym in card.acronyms),
    )
