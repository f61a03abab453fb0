"""The years of a search seen nearer: its dossiers by month, when the search is kept to one year or to a part of it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from babel.dates import format_skeleton

from indexer.engine.contract import Request
from indexer.language import gettext, locale
from webapp.charts import BAR, GAP, HEIGHT, Chart, Mark
from webapp.labels import dossiers
from webapp.links import search_url
from webapp.opening import reader
from webapp.state import without_dates


def months(request: Request) -> Chart | None:
    """The months of the year that a search is kept to, by its years or its dates; None when it is kept to none.

    Each is counted by the very search that it leads to.
    """
    year = _year(request)
    if year is None:
        return None
    wide = without_dates(replace(request, filters={name: keys for name, keys in request.filters.items() if name != "annee"}))
    found = [_month(wide, request, year, month) for month in range(1, 13)]
    most = max(count for _, _, count in found) or 1
    marks = tuple(_mark(place, most, *one) for place, one in enumerate(found))
    title = gettext("Dossiers par mois, %(year)s", year=year)
    width = len(marks) * (BAR + GAP) - GAP
    return Chart("bars", title, gettext("Mois"), width, HEIGHT, marks, search_url(wide))


def _year(request: Request) -> int | None:
    years = request.filters.get("annee", ())
    if request.since and request.until:
        return request.since.year if request.since.year == request.until.year and not years else None
    if request.since or request.until or len(years) != 1 or not years[0].isdecimal():
        return None
    return int(years[0]) if len(years[0]) == 4 and int(years[0]) else None


def _month(wide: Request, request: Request, year: int, month: int) -> tuple[Request, bool, int]:
    """The search kept to a month, whether it is the one that is shown, and how many dossiers it finds."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    kept = replace(wide, since=first, until=last)
    total = reader().search(replace(kept, sort="date", size=1, passages=0)).total
    return kept, (request.since, request.until) == (first, last), total


def _mark(place: int, most: int, kept: Request, selected: bool, count: int) -> Mark:
    """A bar; the month that is shown leads back to its year."""
    first = kept.since or date.min
    name = format_skeleton("yMMMM", first, locale=locale())
    words = gettext("%(value)s : %(dossiers)s", value=name, dossiers=dossiers(count))
    year = replace(kept, since=date(first.year, 1, 1), until=date(first.year, 12, 31))
    url = search_url(year if selected else kept) if count or selected else None
    height = -(-count * HEIGHT // most)
    label = format_skeleton("yMMM", first, locale=locale())
    return Mark(label, name, words, count, url, selected, place * (BAR + GAP), HEIGHT - height, BAR, height)
