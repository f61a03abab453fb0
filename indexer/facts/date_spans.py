"""The days that complete expressions mean, and what speaks against them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.facts.clock_grammar import Hours
from indexer.facts.date_doubts import not_that_weekday, runs_backwards
from indexer.facts.date_item import Item
from indexer.model import Precision


@dataclass(frozen=True, slots=True)
class Span:
    """The days that one item or one range means; hours as written with its first and last item."""

    start: date
    end: date
    precision: Precision
    first_hours: Hours | None
    last_hours: Hours | None
    doubt: str = ""


def spans(items: Sequence[Item]) -> list[Span]:
    """What complete items mean. A range with an impossible end is left out whole; one that runs backwards is two days."""
    groups: list[list[Item]] = []
    for item in items:
        if item.joins == "range" and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [span for group in groups for span in _span(group)]


def bounds(item: Item) -> tuple[date, date] | None:
    """The first and last day of a day, week, month, part of a year or year; None when there is no such day."""
    year, month = item.year, item.month
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if item.day is None:
            until = item.until or month
            last_year = year + (until < month)
            return date(year, month, 1), date(last_year, until, calendar.monthrange(last_year, until)[1])
        return date(year, month, item.day), date(year, month, item.day)
    except ValueError:
        return None


def _span(group: list[Item]) -> list[Span]:
    spells = len(group) > 1 and all(item.hours is not None and item.hours.end is not None for item in group)
    if spells or (len(group) > 2 and group[0].level == "day"):  # "12 mars 9h-12h - 13 mars 14h-17h", "12-13-14 mars" are lists
        return [span for item in group for span in _span([item])]
    first, last = bounds(group[0]), bounds(group[-1])
    if first is None or last is None:
        return []
    if first[0] > last[0]:
        doubt = runs_backwards(first[0], last[1])
        return [replace(span, doubt=f"{span.doubt} {doubt}".strip()) for item in group for span in _span([item])]
    start, end = first[0], last[1]
    if len(group) == 1 and group[0].week is not None and start.year < date.max.year:
        start, end = _week(start, group[0].week)
    precision: Precision = "day" if group[0].day is not None else "month" if group[0].month is not None else "year"
    doubts = dict.fromkeys(_weekday_doubt(item) for item in group)
    return [Span(start, end, precision, group[0].hours, group[-1].hours, " ".join(filter(None, doubts)))]


def _week(day: date, since: int) -> tuple[date, date]:
    """The days of the week of `day` from this weekday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(days=since), monday + timedelta(days=6)


def _weekday_doubt(item: Item) -> str:
    days = bounds(item)
    if item.weekday is None or days is None or days[0].weekday() == item.weekday:
        return ""
    return not_that_weekday(days[0], item.weekday)
