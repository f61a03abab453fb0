"""iCalendar (RFC 5545): the events whose days are known. Hours are those of the place, in no time zone, as pages give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from indexer.language import gettext
from indexer.model import Card, EventDate
from indexer.wording import date_words
from webapp.reference import Reference, reference


def lines(cards: Iterable[Card], built_at: datetime) -> Iterator[str]:
    """A calendar; a dossier has an event for each of its dates. `built_at` stamps them."""
    calendar = Calendar()
    calendar.add("prodid", "-//ChercheVille//FR")
    calendar.add("version", "2.0")
    head, _, foot = calendar.to_ical().decode().partition("END:VCALENDAR")
    yield head
    for card in cards:
        for number, when in enumerate(card.dates):
            if when.precision == "day":
                yield _event(reference(card), when, number, built_at).to_ical().decode()
    yield f"END:VCALENDAR{foot}"


def _event(cited: Reference, when: EventDate, number: int, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{cited.id}-{number}@chercheville")
    event.add("dtstamp", stamp)
    event.add("summary", cited.title)
    first, last = _span(when)
    event.add("dtstart", first)
    event.add("dtend", last)
    if cited.place:
        event.add("location", cited.place)
    if cited.keywords:
        event.add("categories", list(cited.keywords))
    event.add("description", _told(when))
    event.add("url", cited.here)
    return event


def _span(when: EventDate) -> tuple[datetime, datetime] | tuple[object, object]:
    """A day with its hours, else whole days, the end excluded (RFC 5545, 3.6.1)."""
    if when.start == when.end and when.start_time and when.end_time and when.end_time > when.start_time:
        return datetime.combine(when.start, when.start_time), datetime.combine(when.end, when.end_time)
    if when.start == when.end and when.start_time and not when.end_time:
        begin = datetime.combine(when.start, when.start_time)
        return begin, begin + timedelta(hours=1)
    return when.start, when.end + timedelta(days=1)


def _told(when: EventDate) -> str:
    notes = [date_words(when)]
    if when.certainty == "inferred":
        notes.append(gettext("date déduite de : %(basis)s", basis=when.basis) if when.basis else gettext("date déduite"))
    if when.doubt:
        notes.append(gettext("à vérifier : %(doubt)s", doubt=when.doubt))
    return "\n".join(notes)
