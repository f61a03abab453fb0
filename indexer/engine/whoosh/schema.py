"""The Whoosh fields of a dossier, and the making of their values.

Words are given to Whoosh already analysed, so that the one analyser of `indexer.analysis` is the only one. `text` (stems), `form`
(folded words) and `stop` (stop words) share one numbering of the positions: the same word stands at the same position in each,
and a phrase is found across them. Between the page and each PDF a position is left out, so that no phrase runs from one file
into the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from whoosh.fields import ID, KEYWORD, STORED, Schema

from indexer import ranking
from indexer.analysis import Token, tokens
from indexer.engine.contract import FacetName
from indexer.engine.whoosh.fields import Bag, Placed
from indexer.engine.whoosh.running import Running, Signature
from indexer.facets import Value, facet_values
from indexer.facts.themes import Vocabulary, search_words
from indexer.model import Card, Dossier, EventDate, Part

VERSION = 3
"""Changes with the fields: an index of another version is rebuilt."""

_LONGEST_SPELL_OF_DAYS = 366
_SIGNATURE = 100
"""Words kept of each dossier to find its neighbours by."""
_EXPRESSIONS = 20
"""Expressions kept of each dossier to be suggested."""


class Record(msgspec.Struct, frozen=True):
    """What is stored of a dossier beside its card: where its parts begin, and what facets and filters need.

    `starts[i]` is the position of the first word of `parts[i]`. `signature` holds the words it has most of: stem, the word
    as most often written, count; `expressions` those of two words, likewise.
    """

    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    signature: Signature
    expressions: Signature


class FacetRecord(msgspec.Struct, frozen=True, array_like=True):
    """What facets, filters, sorting, suggestions and status need of a dossier, small enough to be held for all of them.

    `found_themes` are the values of the theme facet, those found in the text with those stated. `spans` are the event dates as
    day numbers (date.toordinal()), first and last included. `words` is the length of the running text, stop words included.
    `acronyms` are those that the dossier introduces, (short, long).
    """

    id: str
    title: str
    values: dict[FacetName, tuple[Value, ...]]
    found_themes: tuple[Value, ...]
    spans: tuple[tuple[int, int], ...]
    attachments: int
    pages: int
    words: int
    acronyms: tuple[tuple[str, str], ...]


def schema() -> Schema:
    """The Whoosh schema."""
    return Schema(
        id=ID(stored=True, unique=True),
        text=Placed(),
        form=Placed(),
        stop=Placed(),
        root=Bag(),
        pair=Bag(),
        title=Placed(),
        theme=Placed(),
        place=Placed(),
        day=KEYWORD(),
        card=STORED(),
        record=STORED(),
        facets=STORED(),
    )


def document(dossier: Dossier, vocabulary: Vocabulary) -> dict[str, Any]:
    """The Whoosh document of a dossier."""
    card = dossier.card
    themes, places = _theme_words(card, vocabulary), _place_words(card)
    running = Running()
    running.add(_facts(card, places))
    starts = _add_parts(running, dossier)
    found = running.tokens
    plain = [token for token in found if not (token.stop or token.variant)]
    return {
        "id": card.id,
        "text": [(token.term, token.position) for token in found if not token.stop],
        "form": [(token.form, token.position) for token in found if not token.stop],
        "stop": [(token.form, token.position) for token in found if token.stop],
        "root": [ranking.root(token.form) for token in plain],
        "pair": list(ranking.pairs([token.term for token in plain])),
        "title": _placed(tokens(card.title)),
        "theme": _placed(tokens(themes)),
        "place": _placed(tokens(places)),
        "day": " ".join(sorted(day_words(card.dates))),
        "card": msgspec.json.encode(card),
        "record": msgspec.json.encode(_record(dossier, running, starts)),
        "facets": msgspec.json.encode(_facet_record(card, running.length)),
    }


def _record(dossier: Dossier, running: Running, starts: tuple[int, ...]) -> Record:
    return Record(dossier.parts, starts, running.signature(_SIGNATURE), running.expressions(_EXPRESSIONS))


def _placed(found: Iterable[Token]) -> list[tuple[str, int]]:
    return [(token.term, token.position) for token in found]


def _facts(card: Card, places: str) -> str:
    """What is found of a dossier beside its text, as text."""
    themes = " ".join(theme.label for theme in card.themes if theme.certainty == "stated")
    bodies = " ".join(body.name for body in card.organisations)
    names = " ".join(attachment.name.replace("_", " ") for attachment in card.attachments)
    return f"{card.title}\n{themes}\n{places}\n{bodies}\n{names}"


def _add_parts(running: Running, dossier: Dossier) -> tuple[int, ...]:
    """Every part after the facts; the position at which each begins."""
    starts: list[int] = []
    before: int | None = -1
    for part, words in zip(dossier.parts, dossier.texts, strict=True):
        if part.attachment != before:
            running.skip()
            before = part.attachment
        starts.append(running.length)
        running.add(words)
    return tuple(starts)


def day_words(dates: tuple[EventDate, ...]) -> set[str]:
    """The words by which `date:` finds an event: its years and months, and its days where they are known."""
    words: set[str] = set()
    for when in dates:
        size = 10 if when.precision == "day" else 7 if when.precision == "month" else 4
        days = min((when.end - when.start).days, _LONGEST_SPELL_OF_DAYS)
        for day in (when.start + timedelta(days=n) for n in range(days + 1)):
            words.update(iso for length in (4, 7, 10) if length <= size and (iso := day.isoformat()[:length]))
    return words


def _theme_words(card: Card, vocabulary: Vocabulary) -> str:
    return " ".join(search_words(vocabulary, theme.key) for theme in card.themes if theme.certainty == "stated")


def _place_words(card: Card) -> str:
    names = [
        name
        for place in card.places
        for name in (place.source, place.commune, place.departement, place.region, place.epci, place.postcode)
    ]
    return " ".join(name for name in names if name)


def _facet_record(card: Card, words: int) -> FacetRecord:
    available = [attachment for attachment in card.attachments if attachment.status == "available"]
    return FacetRecord(
        card.id,
        card.title,
        facet_values(card),
        facet_values(card, found_themes=True)["theme"],
        tuple((when.start.toordinal(), when.end.toordinal()) for when in card.dates),
        len(available),
        sum(attachment.pages for attachment in available),
        words,
        tuple((acronym.short, acronym.long) for acronym in card.acronyms),
    )
