"""The months and years that dates leave unsaid, and the days that expressions mean."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.facts.clock_grammar import Hours
from indexer.facts.date_grammar import Item
from indexer.model import Precision

_REACH = 6
"""Years around the reference within which a weekday is made true: it comes back after 5, 6 or 11 years."""
_HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class Span:
    """The days that one item or one range means; hours as written with its first and last item."""

    start: date
    end: date
    precision: Precision
    first_hours: Hours | None
    last_hours: Hours | None


def says_year(items: Sequence[Item]) -> bool:
    """Whether the expression gives a year itself."""
    return any(item.year is not None for item in items)


def with_year(items: Sequence[Item], year: int | None = None) -> list[Item]:
    """The items with months and years filled in from their neighbours; `year` is the last one's when none is said."""
    filled = _with_months(items)
    if year is not None and not says_year(filled):
        filled[-1] = replace(filled[-1], year=year)
    for at in range(len(filled) - 2, -1, -1):
        after = filled[at + 1]
        if filled[at].year is None and after.year is not None:
            filled[at] = replace(filled[at], year=after.year - _crosses(filled[at], after, after.joins == "range"))
    for at in range(1, len(filled)):
        before = filled[at - 1]
        if filled[at].year is None and before.year is not None:
            filled[at] = replace(filled[at], year=before.year + _crosses(before, filled[at], filled[at].joins == "range"))
    return filled


def nearest_year(items: Sequence[Item], reference: date) -> list[Item]:
    """The items in the year nearest to the reference that makes their weekdays true ("prochain": after it, "dernier": before)."""
    relative = next((item.relative for item in items if item.relative), None)
    best: tuple[tuple[bool, bool, int, bool], list[Item]] | None = None
    for year in range(reference.year - _REACH, reference.year + _REACH + 1):
        filled = with_year(items, year)
        first = _bounds(filled[0])
        if first is None:
            continue
        away = (first[0] - reference).days
        wrong_side = (relative == "next" and away <= 0) or (relative == "last" and away >= 0)
        weekdays_lie = relative is None and not _weekdays_agree(filled)
        rank = (wrong_side, weekdays_lie, abs(away), away < 0)
        if best is None or rank < best[0]:
            best = rank, filled
    return best[1] if best else []


def weekday_near(item: Item, reference: date) -> date:
    """The day of "jeudi prochain" or "jeudi dernier"."""
    weekday = item.weekday or 0
    if item.relative == "next":
        return reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    return reference - timedelta(days=(reference.weekday() - weekday - 1) % 7 + 1)


def spans(items: Sequence[Item]) -> list[Span]:
    """What complete items mean. A range with an impossible end is left out whole; one that runs backwards is two dates."""
    groups: list[list[Item]] = []
    for item in items:
        if item.joins == "range" and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [span for group in groups for span in _span(group)]


def _span(group: list[Item]) -> list[Span]:
    first, last = _bounds(group[0]), _bounds(group[-1])
    if first is None or last is None:
        return []
    if first[0] > last[0]:
        return [span for item in group for span in _span([item])]
    precision: Precision = "day" if group[0].day is not None else "month" if group[0].month is not None else "year"
    return [Span(first[0], last[1], precision, group[0].hours, group[-1].hours)]


def _bounds(item: Item) -> tuple[date, date] | None:
    """The first and last day of a day, month or year; None when there is no such day."""
    year, month = item.year, item.month
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if item.day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, item.day), date(year, month, item.day)
    except ValueError:
        return None


def _with_months(items: Sequence[Item]) -> list[Item]:
    """Days without a month take that of the next one ("du 30 au 2 octobre" begins in September)."""
    filled = list(items)
    for at in range(len(filled) - 2, -1, -1):
        item, after = filled[at], filled[at + 1]
        if item.day is not None and item.month is None and after.month is not None:
            earlier = after.joins == "range" and after.day is not None and item.day > after.day
            month = (after.month - 2) % 12 + 1 if earlier else after.month
            filled[at] = replace(item, month=month)
    return filled


def _crosses(before: Item, after: Item, is_range: bool) -> int:
    """1 when the turn of the year lies between two items: a range runs forward, a list does not go back half a year."""
    if before.month is None or after.month is None:
        return 0
    if is_range:
        return int((before.month, before.day or 0) > (after.month, after.day or 0))
    return int(before.month - after.month >= _HALF_YEAR)


def _weekdays_agree(items: Sequence[Item]) -> bool:
    said = [(item.weekday, bounds) for item in items if item.weekday is not None and (bounds := _bounds(item))]
    return all(bounds[0].weekday() == weekday for weekday, bounds in said)
