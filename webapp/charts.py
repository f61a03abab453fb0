"""Facets as pictures whose parts are links: dossiers by year as bars, by département as a map of tiles. Both have a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.engine.contract import Facet, FacetValue, Request
from indexer.facets import departement_values
from indexer.language import gettext
from webapp.labels import dossiers, value_label
from webapp.toggling import UrlOf, toggles

BAR, GAP, HEIGHT = 10, 2, 60
"""Sizes in units of the drawing."""
MOST_YEARS = 60
"""Of a longer span the latest years are drawn; the list below has them all."""
TILE = 20
SHADES = 4

_MAP = """
.. .. .. .. .. .. 80 62 59 .. .. ..
.. .. .. .. .. 76 95 60 02 08 55 57
.. .. .. 50 14 27 92 75 93 51 54 67
29 22 35 53 61 28 78 94 77 10 88 68
.. .. 56 44 72 41 91 45 89 52 70 90
.. .. .. 85 49 37 36 18 58 21 39 25
971 .. .. .. 79 86 23 03 42 71 01 74
972 .. .. 17 16 87 19 63 43 69 38 73
973 .. .. .. 33 24 46 15 48 07 26 05
974 .. .. 40 47 82 81 12 30 84 04 06
976 .. .. 64 65 32 31 11 34 13 83 2B
.. .. .. .. .. .. 09 66 .. .. .. 2A
"""
"""Each département on a tile near to it, no two on one: the least sum of squared distances between the middles of départements
and tiles. Corsica and the overseas ones stand apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or tile of a `value`, told by `words`: `url` toggles its filter, None where nothing is; `shade` from 0 to 4."""

    label: str
    value: str
    words: str
    count: int
    url: str | None
    selected: bool
    x: int
    y: int
    width: int
    height: int
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks in a drawing of `width` × `height`, one for each value `of` something; `wide_url` leads to a wider view."""

    kind: str
    title: str
    of: str
    width: int
    height: int
    marks: tuple[Mark, ...]
    wide_url: str | None = None

    @property
    def rows(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.count)


def chart(facet: Facet, request: Request) -> Chart | None:
    """The picture of a facet that has one, when there is something to compare."""
    if facet.name == "annee":
        return _years(facet, request)
    return _map(facet, request) if facet.name == "lieu" else None


def _years(facet: Facet, request: Request) -> Chart | None:
    values = {int(value.key): value for value in facet.values if value.key.isdecimal()}
    if len(values) < 2:
        return None
    last = max(values)
    years = range(max(min(values), last - MOST_YEARS + 1), last + 1)
    most = max(value.count for value in values.values()) or 1
    url_of = toggles(request, facet.name)
    marks = []
    for place, year in enumerate(years):
        value = values.get(year) or FacetValue(str(year), str(year), 0)
        height = -(-value.count * HEIGHT // most)
        marks.append(_mark(facet, value, url_of, value.label, place * (BAR + GAP), HEIGHT - height, BAR, height))
    return Chart("bars", gettext("Dossiers par année"), gettext("Année"), len(marks) * (BAR + GAP) - GAP, HEIGHT, tuple(marks))


def _map(facet: Facet, request: Request) -> Chart | None:
    counted = {value.key: value for value in facet.values}
    known = departement_values()
    if not any(value.key in counted for value in known.values()):
        return None
    most = max(counted[value.key].count for value in known.values() if value.key in counted) or 1
    url_of = toggles(request, facet.name)
    marks = []
    for code, (column, row) in _tiles().items():
        key, name = known[code]
        value = counted.get(key) or FacetValue(key, name, 0)
        shade = -(-value.count * SHADES // most)
        marks.append(_mark(facet, value, url_of, code, column * TILE, row * TILE, TILE - 1, TILE - 1, shade))
    return Chart("map", gettext("Dossiers par département"), gettext("Département"), 12 * TILE, 12 * TILE, tuple(marks))


def _mark(
    facet: Facet, value: FacetValue, url_of: UrlOf, label: str, x: int, y: int, width: int, height: int, shade: int = 0
) -> Mark:
    url = url_of(value) if value.count or value.selected else None
    name = value_label(facet.name, value)
    words = gettext("%(value)s : %(dossiers)s", value=name, dossiers=dossiers(value.count))
    return Mark(label, name, words, value.count, url, value.selected, x, y, width, height, shade)


@cache
def _tiles() -> dict[str, tuple[int, int]]:
    """By code of département, the column and row of its tile."""
    rows = [line.split() for line in _MAP.split("\n") if line]
    return {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code != ".."}
