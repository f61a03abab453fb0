"""When, where, about what, by whom: the facts of one page, from its labels first, else from its text and then said inferred."""

from __future__ import annotations

from typing import NamedTuple

from indexer.facts.dates import DateReading, find_dates, read_dates
from indexer.facts.organisations import split_organisations
from indexer.facts.places import find_places, parse_places
from indexer.facts.themes import Vocabulary, find_themes, stated_themes
from indexer.model import Doubt, EventDate, Organisation, Page, Place, Theme
from indexer.rules import Rules

_OPENING = 1_500
"""Characters of a page in which its event's date and place are looked for when no label states them."""


class PageFacts(NamedTuple):
    """`doubts` are what the page says of them that cannot be true."""

    dates: tuple[EventDate, ...]
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    organisations: tuple[Organisation, ...]
    doubts: tuple[Doubt, ...]


def page_facts(page: Page, title: str, rules: Rules) -> PageFacts:
    """The facts of a page, its text included in `page`."""
    dates, doubts = _event_dates(page)
    places = _places(page, title, rules)
    return PageFacts(dates, places, all_themes(page, title, rules.vocabulary), _organisations(page), doubts)


def all_themes(page: Page, title: str, vocabulary: Vocabulary) -> tuple[Theme, ...]:
    """The themes that the page states and, after them, those that its text is found to be about."""
    stated = stated_themes(vocabulary, page.addresses, page.breadcrumb, page.tags)
    known = {theme.key for theme in stated}
    return stated + tuple(theme for theme in find_themes(vocabulary, title, page.text) if theme.key not in known)


def _event_dates(page: Page) -> DateReading:
    """The dates that the page's labels state; failing these, those its title or first words give, marked inferred."""
    reference = page.published or (page.modified.date() if page.modified else None)
    readings = [read_dates(value, reference) for value in page.dates]
    doubts = tuple(dict.fromkeys(doubt for reading in readings for doubt in reading.doubts))
    stated = tuple(dict.fromkeys(when for reading in readings for when in reading.dates))
    if stated:
        return DateReading(stated, doubts)
    found = find_dates(page.title or "", reference) or find_dates(page.text[:_OPENING], reference)
    return DateReading(tuple(when for when in found if when.source == found[0].source), doubts)


def _places(page: Page, title: str, rules: Rules) -> tuple[Place, ...]:
    if page.places:
        return parse_places(page.places, rules.places, f"{title}\n{page.text}")
    return find_places(f"{title}\n{page.text[:_OPENING]}", rules.places)


def _organisations(page: Page) -> tuple[Organisation, ...]:
    bodies = (Organisation(name, said.role) for said in page.organisations for name in split_organisations(said.name))
    return tuple(dict.fromkeys(bodies))
