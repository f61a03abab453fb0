"""The dossiers around one: at the same place, on the same theme, just before and after it in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from indexer.engine.contract import Request
from indexer.facets import place_values, theme_value
from indexer.language import gettext
from indexer.model import Card
from webapp.links import dossier_url, new_search, search_url
from webapp.opening import reader
from webapp.results import Fact, date_facts
from webapp.state import with_value

FEW = 4
"""Dossiers named in each group; a link leads to all of them."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another dossier: when it was."""

    title: str
    url: str
    dates: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A group of dossiers that have something in common with one: `all_url` finds them all, None for a group that is whole."""

    id: str
    title: str
    others: tuple[Other, ...]
    all_url: str | None


def around(card: Card) -> Iterator[Around]:
    """The groups that have a dossier."""
    groups = (*_same_place(card), *_same_theme(card), _in_time(card))
    return (group for group in groups if group.others)


def _same_place(card: Card) -> Iterator[Around]:
    for place in card.places:
        values = place_values(place)
        if place.kind == "commune" and values:
            yield _group(
                card,
                "lieu",
                gettext("À %(place)s", place=values[-1].label),
                with_value(new_search(sort="date"), "lieu", values[-1].key),
            )
            return


def _same_theme(card: Card) -> Iterator[Around]:
    """Of the theme that tells most: the deepest stated one."""
    stated = [theme for theme in card.themes if theme.certainty == "stated"]
    if stated:
        value = theme_value(max(stated, key=lambda theme: theme.parent is not None))
        yield _group(
            card,
            "theme",
            gettext("Thème « %(theme)s »", theme=value.label),
            with_value(new_search(sort="date"), "theme", value.key),
        )


def _group(card: Card, kind: str, title: str, request: Request) -> Around:
    others = _others(card, request, FEW)
    return Around(f"autour-{kind}", title, others, search_url(request))


def _in_time(card: Card) -> Around:
    """The last one that ended before it began, the first one that begins after its end."""
    if not card.dates:
        return Around("autour-temps", "", (), None)
    first, last = min(when.start for when in card.dates), max(when.end for when in card.dates)
    before = _others(card, replace(new_search(sort="date"), until=first - timedelta(days=1)), 1)
    after = _others(card, replace(new_search(sort="date-croissante"), since=last + timedelta(days=1)), 1)
    return Around("autour-temps", gettext("Juste avant et juste après"), (*before, *after), None)


def _others(card: Card, request: Request, most: int) -> tuple[Other, ...]:
    hits = reader().search(replace(request, size=most + 1, passages=0)).hits
    cards = [hit.card for hit in hits if hit.card.id != card.id][:most]
    return tuple(Other(other.title, dossier_url(other), date_facts(other)) for other in cards)
