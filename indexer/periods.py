"""Days, months and years as people type them in a date filter: 2017, 2017-05, 2017-05-11, 05/2017, 11/05/2017."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_FRENCH = re.compile(r"(?:(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/)?(?P<year>\d{4})")


class Period(NamedTuple):
    """The first and last day of a day, a month or a year."""

    first: date
    last: date


def parse_period(text: str) -> Period | None:
    """The period that `text` names, or None when it names none (2017-02-30, "hier")."""
    match = _ISO.fullmatch(text.strip()) or _FRENCH.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Period(first, first)
    last_month = month or 12
    return Period(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
