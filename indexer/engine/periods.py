"""Years and months as numbers since 1970, by which trends are counted: the same for every engine."""

from __future__ import annotations

from datetime import date

from indexer.engine.contract import Every

EPOCH = 1970


def month_number(day: date) -> int:
    """The month of a day."""
    return 12 * (day.year - EPOCH) + day.month - 1


def first_day(number: int, every: Every) -> date:
    """The first day of a period."""
    months = number if every == "mois" else 12 * number
    return date(EPOCH + months // 12, months % 12 + 1, 1)
