"""The fields of the search form: what was typed stays, right or wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engine.contract import FACETS, Request
from indexer.language import gettext
from webapp.links import args_of
from webapp.state import Problem, first_day_words, last_day_words


@dataclass(frozen=True, slots=True)
class DateField:
    """One end of the date filter. `problem` is said beside the field; empty when all is well."""

    name: str
    label: str
    value: str
    problem: str


def date_fields(request: Request, problems: Iterable[Problem]) -> tuple[DateField, DateField]:
    """The two ends, in the order a reader writes them (11/05/2017); a value that was refused as it was typed."""
    wrong = {problem.parameter: problem for problem in problems}
    since = french(first_day_words(request.since)) if request.since else ""
    until = french(last_day_words(request.until)) if request.until else ""
    return _field("du", gettext("Du"), since, wrong), _field("au", gettext("Au"), until, wrong)


def hidden_fields(request: Request) -> tuple[tuple[str, str], ...]:
    """The filters and the order, which a new search keeps; the page goes back to the first."""
    args = args_of(request)
    others = ((name, args[name]) for name in ("themes", "tri", "par") if name in args)
    return (*((name, key) for name in FACETS for key in request.filters.get(name, ())), *others)


def french(period: str) -> str:
    """ "2017-05-11" as "11/05/2017"."""
    return "/".join(reversed(period.split("-")))


def _field(name: str, label: str, value: str, wrong: dict[str, Problem]) -> DateField:
    problem = wrong.get(name)
    return DateField(name, label, problem.value, problem.message) if problem else DateField(name, label, value, "")
