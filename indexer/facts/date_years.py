"""The months and years that dates leave unsaid, taken from their neighbours or from the day of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from indexer.facts.date_item import Item
from indexer.facts.date_spans import bounds

_REACH = 6
"""Years around the reference within which a weekday is made true: it comes back after 5, 6 or 11 years."""
_HALF_YEAR = 6
_SLIP = 2
"""Months that a range of days goes back when one of them was typed wrong: it would be ten months long."""
_SHORT_RANGE = 15
"""Days: "du 30 au 2 octobre" begins in September; "du 16 au 14 octobre", a month long, is rather a slip."""


def says_year(items: Sequence[Item]) -> bool:
    """Whether the expression gives a year itself."""
    return any(item.year is not None for item in items)


def with_year(items: Sequence[Item], year: int | None = None) -> list[Item]:
    """The items with months and years filled in from their neighbours; `year` is the last one's when none is said."""
    filled = with_months(items)
    if year is not None and not says_year(filled):
        filled[-1] = replace(filled[-1], year=year)
    for at in range(len(filled) - 2, -1, -1):
        after = filled[at + 1]
        if filled[at].year is None and after.year is not None:
            filled[at] = replace(filled[at], year=after.year - _crosses(filled[at], after))
    for at in range(1, len(filled)):
        before = filled[at - 1]
        if filled[at].year is None and before.year is not None:
            filled[at] = replace(filled[at], year=before.year + _crosses(before, filled[at]))
    return filled


def with_months(items: Sequence[Item]) -> list[Item]:
    """Days without a month take that of the next one ("du 30 au 2 octobre" begins in September), else of the one before."""
    filled = list(items)
    for at in range(len(filled) - 2, -1, -1):
        item, after = filled[at], filled[at + 1]
        if item.day is not None and item.month is None and after.month is not None:
            earlier = after.joins == "range" and after.day is not None and item.day - after.day > 30 - _SHORT_RANGE
            filled[at] = replace(item, month=(after.month - 2) % 12 + 1 if earlier else after.month)
    for at in range(1, len(filled)):
        if filled[at].day is not None and filled[at].month is None:
            filled[at] = replace(filled[at], month=filled[at - 1].month)
    return filled


class Years(NamedTuple):
    """The expressions of a field that may lend their year: where those are that have a month, and the year that stands alone."""

    dated: dict[int, list[Item]]
    alone: int | None


def years_said(expressions: Sequence[Sequence[Item]]) -> Years:
    """What the expressions of a field can lend to those that lack a year."""
    dated = {at: with_year(items) for at, items in enumerate(expressions) if says_year(items) and items[-1].month}
    alone = (items[0].year for items in expressions if len(items) == 1 and items[0].level == "year" and items[0].year)
    return Years({at: items for at, items in dated.items() if items[0].year and items[-1].year}, next(alone, None))


def year_of_neighbours(items: Sequence[Item], at: int, years: Years) -> list[Item] | None:
    """Expression number `at` in the year of the next one that says a year and a month, else the last, else the lone year."""
    items = with_months(items)
    after = next((each for each in years.dated if each > at), None)
    before = next((each for each in reversed(years.dated) if each < at), None)
    if after is not None:
        return with_year((*items, replace(years.dated[after][0], joins="list")))[:-1]
    if before is not None:
        return with_year((years.dated[before][-1], replace(items[0], joins="list"), *items[1:]))[1:]
    return with_year(items, years.alone) if years.alone else None


def nearest_year(items: Sequence[Item], reference: date) -> list[Item]:
    """The items in the year nearest to the reference that makes their weekdays true ("prochain": after it, "dernier": before)."""
    relative = next((item.relative for item in items if item.relative), None)
    best: tuple[tuple[bool, bool, int, bool], list[Item]] | None = None
    for year in range(reference.year - _REACH, reference.year + _REACH + 1):
        filled = with_year(items, year)
        first = next((days for item in filled if (days := bounds(item))), None)
        if first is None:
            continue
        away = (first[0] - reference).days
        wrong_side = (relative == "next" and away <= 0) or (relative == "last" and away >= 0)
        rank = (wrong_side, relative is None and not _weekdays_agree(filled), abs(away), away < 0)
        if best is None or rank < best[0]:
            best = rank, filled
    return best[1] if best else with_year(items, reference.year)


def from_day_of_writing(items: Sequence[Item], reference: date) -> list[Item]:
    """The items that "hier", "la semaine prochaine", "jeudi prochain" mean."""
    return with_year([_settled(item, reference) for item in items], reference.year)


def _settled(item: Item, reference: date) -> Item:
    if item.near is None:
        return _on(item, _weekday_near(item, reference))
    unit, offset = item.near
    if unit == "day":
        return _on(item, reference + timedelta(days=offset))
    if unit == "week":
        return replace(_on(item, reference + timedelta(weeks=offset)), week=0)
    if unit == "month":
        years, month = divmod(reference.month - 1 + offset, 12)
        return replace(item, month=month + 1, year=reference.year + years, near=None)
    return replace(item, year=reference.year + offset, near=None)


def _on(item: Item, day: date) -> Item:
    return replace(item, day=day.day, month=day.month, year=day.year, near=None, relative=None)


def _weekday_near(item: Item, reference: date) -> date:
    """The day of "jeudi prochain", "jeudi dernier" or "ce jeudi", the nearest one."""
    weekday = item.weekday or 0
    if item.relative == "this":
        return reference + timedelta(days=(weekday - reference.weekday() + 3) % 7 - 3)
    if item.relative == "next":
        return reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1)
    return reference - timedelta(days=(reference.weekday() - weekday - 1) % 7 + 1)


def _crosses(before: Item, after: Item) -> int:
    """1 when the turn of the year lies between two items: a range runs forward, a list does not go back half a year.

    What stands behind a school year or a winter lies in it; "du 5 avril au 2 mars", a year long, is rather a slip.
    """
    if before.month is None or after.month is None:
        return 0
    if after.joins == "range" or (before.until or 12) < before.month:
        return int(before.month - after.month > (_SLIP if before.day is not None else 0))
    return int(before.month - after.month >= _HALF_YEAR)


def _weekdays_agree(items: Sequence[Item]) -> bool:
    said = [(item.weekday, days) for item in items if item.weekday is not None and (days := bounds(item))]
    return all(days[0].weekday() == weekday for weekday, days in said)
