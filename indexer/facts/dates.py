"""When? The dates of a field, of prose and of file names. A date is a day: no time zone ever moves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from indexer.facts.clock_grammar import Hours, is_midnight, parse_hours
from indexer.facts.date_context import is_deadline, reads_as_event, sentences
from indexer.facts.date_grammar import Expression, Item, parse_expressions
from indexer.facts.date_words import Token, tokens
from indexer.facts.date_years import Span, nearest_year, says_year, spans, weekday_near, with_year
from indexer.facts.plain import plain, tidy
from indexer.model import EventDate

FROM_TEXT = "texte de la page"
FROM_FILE_NAME = "nom du fichier"
FROM_NEIGHBOUR = "autre date du champ"
_OLDEST_EVENT = 1990
_LATEST_REFERENCE = 2100
_MAX_FIELD = 5_000
"""Characters of a date field that are read: a longer one is prose gone astray."""


class _Found(NamedTuple):
    """An expression with the dates it means."""

    expression: Expression
    dates: tuple[EventDate, ...]


class _Apart(NamedTuple):
    """Hours that stand apart from their days, and where."""

    hours: Hours
    start: int
    end: int


def parse_dates(text: str, reference: date | None = None) -> tuple[EventDate, ...]:
    """The dates of the value of a date field, in the order in which it gives them, without doubles.

    Certainty is "stated" when day, month and year (of a month: month and year) are in the field. A date without a year is
    "inferred" from another date of the field, else from `reference` (the page's publication date), else left out, as
    impossible dates and deadlines ("inscription avant le…") are. Months and years alone count only where no day is given.
    """
    text = tidy(text)[:_MAX_FIELD]
    words, folded = tokens(text), plain(text)
    found = [
        each for each in _found(text, reference, neighbours=True) if not is_deadline(folded, words[each.expression.first].start)
    ]
    for precision in ("day", "month", "year"):
        dates = [when for each in found for when in each.dates if when.precision == precision]
        if dates:
            return tuple(dict.fromkeys(dates))
    return ()


def find_dates(text: str, reference: date | None = None) -> tuple[EventDate, ...]:
    """The days in prose (a title or a body) that read like an event's, all "inferred", in order, without doubles.

    Dates of laws, publications, deadlines, streets and references are not events. `basis` says whether the year was in
    the text or comes from `reference`.
    """
    dates: list[EventDate] = []
    for sentence in sentences(tidy(text)):
        words, folded = tokens(sentence), plain(sentence)
        for each in _found(sentence, reference, neighbours=False):
            items, first, last = each.expression.items, words[each.expression.first], words[each.expression.last - 1]
            if reads_as_event(folded, first.start, last.end, marked=_is_marked(items)):
                dates.extend(when for when in each.dates if when.precision == "day" and when.start.year >= _OLDEST_EVENT)
    return tuple(dict.fromkeys(replace(when, certainty="inferred", basis=when.basis or FROM_TEXT) for when in dates))


def dates_in_file_name(name: str) -> tuple[EventDate, ...]:
    """The dates that a file name carries ("…_au_11_mai_2017.pdf", "20180406_…"), "inferred"; years alone are none."""
    stem = tidy(PurePosixPath(unquote(name)).stem)
    spaced = re.sub(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0\d|1[0-2])[-_.]?([0-3]\d)(?!\d)", r" \3/\2/\1 ", stem)
    spaced = re.sub(r"(?<!\d)([0-3]\d)(0\d|1[0-2])((?:19|20)\d\d)(?!\d)", r" \1/\2/\3 ", spaced)
    spaced = re.sub(r"(?<!\d)(\d\d?)[-_.](\d\d?)[-_.]((?:19|20)\d\d)(?!\d)", r" \1/\2/\3 ", spaced)
    spaced = re.sub(r"(?<!\d)((?:19|20)\d\d)[-_.](0\d|1[0-2])(?!\d)", r" \2/\1 ", spaced)
    dates = parse_dates(re.sub(r"[_\s]+|(?<!\d)-|-(?!\d)", " ", spaced))
    return tuple(
        replace(when, certainty="inferred", basis=FROM_FILE_NAME, source=name) for when in dates if when.precision != "year"
    )


def _found(text: str, reference: date | None, *, neighbours: bool) -> list[_Found]:
    words = tokens(text)
    expressions = parse_expressions(words)
    found = []
    for at, expression in enumerate(expressions):
        year = _neighbour_year(expressions, at) if neighbours else None
        items, basis = _complete(expression.items, reference, year)
        until = expressions[at + 1].first if at + 1 < len(expressions) else len(words)
        source = text[words[expression.first].start : words[expression.last - 1].end]
        apart = _first_hours(words, expression.last, until)
        if apart is None and len(expressions) == 1:
            apart = _first_hours(words, 0, expression.first)
        found.append(_Found(expression, _event_dates(text, spans(items), apart, source, basis)))
    return found


def _complete(items: Sequence[Item], reference: date | None, neighbour_year: int | None) -> tuple[list[Item], str]:
    """The items with their years, and what these were inferred from."""
    if says_year(items):
        return with_year(items), ""
    relative = any(item.relative for item in items)
    if neighbour_year is not None and not relative:
        return with_year(items, neighbour_year), FROM_NEIGHBOUR
    if reference is None or not _OLDEST_EVENT <= reference.year <= _LATEST_REFERENCE:
        return [], ""
    basis = f"date de publication {reference.isoformat()}"
    if items[-1].day is None and items[-1].weekday is not None:
        day = weekday_near(items[-1], reference)
        return [replace(items[-1], day=day.day, month=day.month, year=day.year, joins=None)], basis
    return nearest_year(items, reference), basis


def _neighbour_year(expressions: list[Expression], at: int) -> int | None:
    """The year said next, else last, by another expression of the field that has days or months."""
    others = expressions[at + 1 :] + expressions[:at][::-1]
    years = [next((item.year for item in other.items if item.year and item.month), None) for other in others]
    return next((year for year in years if year), None)


def _first_hours(words: list[Token], since: int, until: int) -> _Apart | None:
    """The first hours between two dates: "le 9 mars à Lille, de 9h à 12h"."""
    at = next((at for at in range(since, until) if words[at].kind == "clock"), None)
    if at is None:
        return None
    if at >= since + 2 and words[at - 2].kind == "number":
        at -= 2
    parsed = parse_hours(words[:until], at)
    return _Apart(parsed[0], words[at].start, words[parsed[1] - 1].end) if parsed else None


def _event_dates(text: str, found: list[Span], apart: _Apart | None, source: str, basis: str) -> tuple[EventDate, ...]:
    """The event dates of one expression: hours said once, behind the last day, are those of every day."""
    said = [(_real(span.first_hours, span.start), _real(span.last_hours, span.end)) for span in found]
    with_hours = [at for at, hours in enumerate(said) if any(hours)]
    shared = said[-1][1] if with_hours == [len(said) - 1] else None
    if not with_hours and found and apart and (shared := _real(apart.hours, found[0].start)):
        source = f"{source} … {text[apart.start : apart.end]}"
    hours_of = [hours if any(hours) else (shared, shared) for hours in said]
    return tuple(_event_date(span, *hours, source, basis) for span, hours in zip(found, hours_of, strict=True))


def _real(hours: Hours | None, day: date) -> Hours | None:
    return None if hours is None or is_midnight(hours, day) else hours


def _event_date(span: Span, first: Hours | None, last: Hours | None, source: str, basis: str) -> EventDate:
    hours = first or last
    start = _time(hours.start) if hours else None
    end = None
    if first and last and first is not last and last != first:
        end = _time(last.end if last.end is not None else last.start)
    elif hours and hours.end is not None:
        end = _time(hours.end)
    return EventDate(span.start, span.end, span.precision, start, end, "inferred" if basis else "stated", source, basis)


def _time(minutes: int) -> time:
    return time(23, 59) if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)


def _is_marked(items: tuple[Item, ...]) -> bool:
    return len(items) > 1 or any(item.weekday is not None or item.hours or item.relative for item in items)
