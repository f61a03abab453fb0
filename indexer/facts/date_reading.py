"""From a text to its date expressions and the dates that they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date, time
from typing import NamedTuple

from indexer.facts.clock_grammar import Hours, is_midnight, parse_hours
from indexer.facts.date_doubts import ENDS_BEFORE_IT_BEGINS, impossible, no_year, unlikely_year
from indexer.facts.date_grammar import Expression, parse_expressions
from indexer.facts.date_item import Item
from indexer.facts.date_spans import Span, bounds, spans
from indexer.facts.date_words import Token
from indexer.facts.date_years import (
    Years,
    from_day_of_writing,
    nearest_year,
    says_year,
    with_year,
    year_of_neighbours,
    years_said,
)
from indexer.model import Certainty, Doubt, EventDate

FROM_NEIGHBOUR = "autre date du champ"
OLDEST_EVENT = 1990
_LATEST_REFERENCE = 2100
_LEAP_YEAR = 2000


class Found(NamedTuple):
    """An expression with the dates it means, and what it says that is no date."""

    expression: Expression
    dates: tuple[EventDate, ...]
    doubts: tuple[Doubt, ...] = ()


class _Complete(NamedTuple):
    """Items with their years, and what these were inferred from ("": they are said)."""

    items: Sequence[Item]
    basis: str


class _Apart(NamedTuple):
    """Hours that stand apart from their days, and where."""

    hours: Hours
    start: int
    end: int


def read_expressions(
    text: str, words: list[Token], reference: date | None, *, neighbours: bool, is_aside: Callable[[Expression], bool]
) -> list[Found]:
    """The expressions of a text whose tokens are `words`; with `neighbours`, these are the first to give a missing year.

    Asides are found without dates: the hours that follow one may still be those of the date before it.
    """
    every = parse_expressions(words)
    asides = [expression for expression in every if is_aside(expression)]
    expressions = [expression for expression in every if expression not in asides]
    taken = {at for aside in asides for at in _own_hours(words, aside)}
    years = years_said([each.items for each in expressions]) if neighbours else Years({}, None)
    if reference is not None and not OLDEST_EVENT <= reference.year <= _LATEST_REFERENCE:
        reference = None
    found = [Found(aside, ()) for aside in asides]
    for at, expression in enumerate(expressions):
        source = text[words[expression.first].start : words[expression.last - 1].end]
        complete = _complete(expression.items, at, years, reference)
        if complete is None:
            found.append(Found(expression, (), _without_year(expression, source)))
            continue
        doubts = tuple(impossible(item, source) for item in complete.items if bounds(item) is None)
        apart = _hours_apart(words, expressions, at, taken)
        dates = _event_dates(text, spans(complete.items), apart, source, complete.basis, reference)
        found.append(Found(expression, dates, tuple(dict.fromkeys(doubts))))
    return found


def _complete(items: Sequence[Item], at: int, years: Years, reference: date | None) -> _Complete | None:
    """The items of expression number `at` with their years; None when nothing tells these."""
    if says_year(items):
        return _Complete(with_year(items), "")
    from_now = any(item.from_now for item in items)
    if not any(item.relative or item.near for item in items) and (filled := year_of_neighbours(items, at, years)):
        return _Complete(filled, FROM_NEIGHBOUR)
    if reference is None:
        return None
    filled = from_day_of_writing(items, reference) if from_now else nearest_year(items, reference)
    return _Complete(filled, f"date de publication {reference.isoformat()}")


def _without_year(expression: Expression, source: str) -> tuple[Doubt, ...]:
    """A date that no year makes possible is that, else its year is not known."""
    filled = with_year(expression.items, _LEAP_YEAR)
    return tuple(impossible(item, source) for item in filled if item.day and bounds(item) is None) or (no_year(source),)


def _own_hours(words: list[Token], aside: Expression) -> Iterator[int]:
    """The hours of an aside that nothing parts from its day: "inscription avant le 12 mai à midi"."""
    for at in range(aside.first, min(aside.last + 2, len(words))):
        if words[at].kind in ("comma", "close", "dash"):
            return
        if words[at].kind == "clock":
            yield at


def _hours_apart(words: list[Token], expressions: Sequence[Expression], at: int, taken: Set[int]) -> _Apart | None:
    """The first hours between an expression and the next, or before the only one: "le 9 mars à Lille, de 9h à 12h"."""
    until = expressions[at + 1].first if at + 1 < len(expressions) else len(words)
    apart = _first_hours(words, expressions[at].last, until, taken)
    return _first_hours(words, 0, expressions[at].first, taken) if apart is None and len(expressions) == 1 else apart


def _first_hours(words: list[Token], since: int, until: int, taken: Set[int]) -> _Apart | None:
    at = next((at for at in range(since, until) if words[at].kind == "clock" and at not in taken), None)
    if at is None:
        return None
    if at >= since + 2 and words[at - 2].kind == "number":
        at -= 2
    parsed = parse_hours(words[:until], at)
    return _Apart(parsed[0], words[at].start, words[parsed[1] - 1].end) if parsed else None


def _event_dates(
    text: str, found: list[Span], apart: _Apart | None, source: str, basis: str, reference: date | None
) -> tuple[EventDate, ...]:
    """The event dates of one expression: hours said once, behind the last day, are those of every day."""
    said = [(_real(span.first_hours, span.start), _real(span.last_hours, span.end)) for span in found]
    with_hours = [at for at, hours in enumerate(said) if any(hours)]
    shared = said[-1][1] if with_hours == [len(said) - 1] else None
    if not with_hours and found and apart and found[0].precision == "day" and (shared := _real(apart.hours, found[0].start)):
        source = f"{source} … {text[apart.start : apart.end]}"
    hours_of = [hours if any(hours) else (shared, shared) for hours in said]
    return tuple(_event_date(span, *hours, source, basis, reference) for span, hours in zip(found, hours_of, strict=True))


def _real(hours: Hours | None, day: date) -> Hours | None:
    return None if hours is None or is_midnight(hours, day) else hours


def _event_date(
    span: Span, first: Hours | None, last: Hours | None, source: str, basis: str, reference: date | None
) -> EventDate:
    hours = first or last
    start = _time(hours.start) if hours else None
    end = _time(hours.end) if hours and hours.end is not None else None
    of_two_days = first is not None and last is not None and last != first
    if of_two_days and last is not None:
        end = _time(last.end if last.end is not None else last.start)
    backwards = ENDS_BEFORE_IT_BEGINS if start and end and end < start and not (of_two_days or _is_night(start, end)) else ""
    doubts = (span.doubt, unlikely_year((span.start.year, span.end.year), reference), backwards)
    certainty: Certainty = "inferred" if basis else "stated"
    return EventDate(span.start, span.end, span.precision, start, end, certainty, source, basis, " ".join(filter(None, doubts)))


def _is_night(start: time, end: time) -> bool:
    """Whether an evening ends in the small hours of the next day: "20h à 2h"."""
    return start >= time(18) and end <= time(6)


def _time(minutes: int) -> time:
    return time(23, 59) if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)
