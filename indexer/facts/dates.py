"""When? The dates of a field, of prose and of file names. A date is a day: no time zone ever moves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from indexer.facts.date_context import is_aside, is_to_come, reads_as_event, sentences
from indexer.facts.date_doubts import impossible_hour, no_date
from indexer.facts.date_grammar import Expression
from indexer.facts.date_item import Item
from indexer.facts.date_reading import OLDEST_EVENT, read_expressions
from indexer.facts.date_words import tokens
from indexer.facts.plain import plain, tidy
from indexer.model import Doubt, EventDate

FROM_TEXT = "texte de la page"
FROM_FILE_NAME = "nom du fichier"
_MAX_FIELD = 5_000
"""Characters of a date field that are read: a longer one is prose gone astray."""
_HISTORY = 10
_MAX_SOURCE = 120
"""Characters of a field without dates that its doubt shows."""


class DateReading(NamedTuple):
    """The dates that a field gives, and what in it looks like a date or an hour and is none."""

    dates: tuple[EventDate, ...]
    doubts: tuple[Doubt, ...]


def read_dates(text: str, reference: date | None = None) -> DateReading:
    """The dates of the value of a date field, in the order in which it gives them, without doubles.

    Certainty is "stated" when day, month and year (of a month: month and year) are in the field. A date without a year is
    "inferred" from another date of the field, else from `reference` (the page's publication date). Deadlines ("inscription
    avant le…") and dates of laws are passed over. A month counts where it holds no day that is given, a year only alone.

    Kinds of doubts: "impossible_date", "mistyped_year", "impossible_hour", "no_year" (without a reference), "no_date".
    """
    return _read(tidy(text)[:_MAX_FIELD], reference, is_aside)


def _read(text: str, reference: date | None, is_aside: Callable[[str, int, int], bool]) -> DateReading:
    words, folded = tokens(text), plain(text)
    doubts = [impossible_hour(text[word.start : word.end]) for word in words if word.kind == "misclock"]
    dates: list[EventDate] = []

    def passed_over(expression: Expression) -> bool:
        return is_aside(folded, words[expression.first].start, words[expression.last - 1].end)

    found = read_expressions(text, words, reference, neighbours=True, is_aside=passed_over)
    for each in found:
        dates.extend(each.dates)
        doubts.extend(each.doubts)
    if not (found or doubts or is_to_come(folded)):
        doubts.append(no_date(text[:_MAX_SOURCE]))
    return DateReading(_distinct(_finest(dates)), tuple(dict.fromkeys(doubts)))


def find_dates(text: str, reference: date | None = None) -> tuple[EventDate, ...]:
    """The days in prose (a title or a body) that read like an event's, all "inferred", in order, without doubles.

    Dates of laws, publications, deadlines, streets and references are not events. `basis` says whether the year was in
    the text or comes from `reference`.
    """
    dates: list[EventDate] = []
    for sentence in sentences(tidy(text)):
        words, folded = tokens(sentence), plain(sentence)
        for each in read_expressions(sentence, words, reference, neighbours=False, is_aside=lambda _: False):
            items, first, last = each.expression.items, words[each.expression.first], words[each.expression.last - 1]
            if reads_as_event(folded, first.start, last.end, marked=_is_marked(items)) and not items[0].near:
                dates.extend(when for when in each.dates if when.precision == "day" and _is_of_the_page(when, reference))
    return _distinct(replace(when, certainty="inferred", basis=when.basis or FROM_TEXT) for when in dates)


def _is_of_the_page(when: EventDate, reference: date | None) -> bool:
    """Prose also tells history: what is ten years away from the page is not what it announces or reports."""
    near = reference is None or abs(when.start.year - reference.year) < _HISTORY
    return when.start.year >= OLDEST_EVENT and near


def dates_in_file_name(name: str) -> tuple[EventDate, ...]:
    """The dates that a file name carries ("…_au_11_mai_2017.pdf", "20180406_…"), "inferred"; years alone are none."""
    stem = tidy(PurePosixPath(unquote(name)).stem)
    spaced = re.sub(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0\d|1[0-2])[-_.]?([0-3]\d)(?!\d)", r" \3/\2/\1 ", stem)
    spaced = re.sub(r"(?<!\d)([0-3]\d)(0\d|1[0-2])((?:19|20)\d\d)(?!\d)", r" \1/\2/\3 ", spaced)
    spaced = re.sub(r"(?<!\d)(\d\d?)[-_.](\d\d?)[-_.]((?:19|20)\d\d)(?!\d)", r" \1/\2/\3 ", spaced)
    spaced = re.sub(r"(?<!\d)((?:19|20)\d\d)[-_.](0\d|1[0-2])(?!\d)", r" \2/\1 ", spaced)
    named = tidy(re.sub(r"[_\s]+|(?<!\d)-|-(?!\d)", " ", spaced))
    dates, _ = _read(named, None, lambda *_: False)  # "compte-rendu_12_mars_2019" is of that day
    return tuple(
        replace(when, certainty="inferred", basis=FROM_FILE_NAME, source=name) for when in dates if when.precision != "year"
    )


def _finest(dates: list[EventDate]) -> list[EventDate]:
    """Days, then the months in which none of them lies; years only where there is nothing else."""
    days = [when for when in dates if when.precision == "day"]
    kept = [when for when in dates if when.precision == "month" and not any(_holds(when, day) for day in days)]
    return [when for when in dates if when in days or when in kept] or dates


def _holds(month: EventDate, day: EventDate) -> bool:
    return month.start <= day.start and day.end <= month.end


def _distinct(dates: Iterable[EventDate]) -> tuple[EventDate, ...]:
    """Each day and hour once, as it was read first."""
    seen: dict[object, EventDate] = {}
    for when in dates:
        seen.setdefault((when.start, when.end, when.start_time, when.end_time), when)
    return tuple(seen.values())


def _is_marked(items: tuple[Item, ...]) -> bool:
    return len(items) > 1 or any(item.weekday is not None or item.hours or item.relative for item in items)
