"""Expressions over time as a drawing: a curve each, points that lead to their dossiers, and behind them all that there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from indexer.engine.contract import Every, Series, Trend
from indexer.language import NBSP, gettext, gettext_noop, locale
from indexer.trend_table import FEW, frequency, share

WIDTH, HEIGHT, MARGIN = 640, 240, 8
"""Sizes in units of the drawing."""

Measure = Literal["part", "frequence", "dossiers", "occurrences"]
MEASURES: dict[Measure, str] = {
    "part": gettext_noop("Part des dossiers"),
    "frequence": gettext_noop("Pour 10 000 mots"),
    "dossiers": gettext_noop("Dossiers"),
    "occurrences": gettext_noop("Occurrences"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A period of an expression: where it lies, what it says, where it leads."""

    x: float
    y: float
    words: str
    value: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Curve:
    """An expression as points; `path` joins them."""

    expression: str
    number: int
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """All the dossiers of a period; `few` when they are too few for a share to mean much."""

    name: str
    count: int
    few: bool
    x: float
    y: float
    width: float
    height: float


def behind(found: Trend, every: Every) -> tuple[Behind, ...]:
    """What there is in each period, drawn behind the curves."""
    most = max(found.dossiers, default=0) or 1
    step = WIDTH / max(len(found.periods), 1)
    bars = []
    for place, (first, count) in enumerate(zip(found.periods, found.dossiers, strict=True)):
        height = HEIGHT * count / most
        bars.append(Behind(_name(first, every), count, count < FEW, place * step, HEIGHT - height, step, height))
    return tuple(bars)


def curves(found: Trend, every: Every, measure: Measure, url_of: Callable[[str, date], str]) -> tuple[Curve, ...]:
    """A curve for each expression; `url_of` an expression and a period is where its point leads."""
    values = [[_measured(found, one, place, measure) for place in range(len(found.periods))] for one in found.series]
    most = max((value for one in values for value in one), default=0.0) or 1.0
    drawn = []
    for number, (series, one) in enumerate(zip(found.series, values, strict=True), 1):
        points = [
            _point(found, series, place, value / most, _said(value, measure), every, url_of) for place, value in enumerate(one)
        ]
        drawn.append(_curve(number, series, points))
    return tuple(drawn)


def _curve(number: int, series: Series, points: list[Point]) -> Curve:
    path = " ".join(f"{'L' if place else 'M'}{point.x} {point.y}" for place, point in enumerate(points))
    return Curve(series.expression, number, path, tuple(points))


def _point(
    found: Trend, series: Series, place: int, height: float, said: str, every: Every, url_of: Callable[[str, date], str]
) -> Point:
    first, expression = found.periods[place], series.expression
    words = gettext("%(expression)s, %(period)s : %(value)s", expression=expression, period=_name(first, every), value=said)
    x, y = WIDTH * (place + 0.5) / len(found.periods), HEIGHT - (HEIGHT - MARGIN) * height
    return Point(round(x, 1), round(y, 1), words, said, url_of(expression, first) if series.dossiers[place] else None)


def _measured(found: Trend, one: Series, place: int, measure: Measure) -> float:
    if measure == "part":
        return share(one.dossiers[place], found.dossiers[place])
    if measure == "frequence":
        return frequency(one.occurrences[place], found.words[place])
    return (one.dossiers if measure == "dossiers" else one.occurrences)[place]


def _said(value: float, measure: Measure) -> str:
    number = format_decimal(round(value, 1), locale=locale())
    return f"{number}{NBSP}%" if measure == "part" else number


def _name(first: date, every: Every) -> str:
    return str(first.year) if every == "annee" else format_skeleton("yMMM", first, locale=locale())
