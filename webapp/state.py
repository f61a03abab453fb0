"""URL ↔ `Request`: a search is a value; every link is made from it, canonical and minimal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from indexer.engine.contract import ALL_WORDS, FACETS, SOME_WORDS, SORTS, FacetName, Request, Result, Sort, default_sort
from indexer.errors import ChercheVilleError
from indexer.language import gettext
from indexer.periods import Period, parse_period

MAX_QUERY = 2_000
"""Characters of a query that are kept: more than any engine reads, so that the engine says it was too long."""

MAX_VALUES = 50
"""Values kept of one facet: more than a person chooses, few enough to bound the work."""

MAX_PAGE = 10_000
MAX_DIGITS = 10

SIZES = (10, 20, 50, 100)
"""Hits a page that can be asked for, besides what the site is set to."""

ALL_THEMES = "tous"
"""The value of `themes` by which the themes found in the text count with those stated."""

STATED_DATES = "indiquees"
"""The value of `dates` by which inferred ones do not count in a trend."""

NO_CORRECTION = "non"
"""The value of `correction` by which words are searched as they were typed."""


class BadSearch(ChercheVilleError):
    """A search that cannot be answered as it was asked, and the parameters to blame."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class Contradiction(BadSearch):
    """Each parameter can be answered, but not together."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter of the URL that was ignored, and why (a sentence)."""

    parameter: str
    value: str
    message: str


def read_request(args: MultiDict[str, str], size: int) -> tuple[Request, tuple[Problem, ...]]:
    """The search that a query string names, and what in it was ignored. Empty parameters are as absent."""
    problems: list[Problem] = []
    query = query_of(args)
    since, until = _dates(args, problems)
    request = Request(
        query=query,
        filters={name: values for name in FACETS if (values := _keys(args, name, problems))},
        since=since,
        until=until,
        sort=_sort(_first(args, "tri"), query, problems),
        page=_page(_first(args, "page"), problems),
        size=_size(_first(args, "par"), size, problems),
        found_themes=_switch(args, "themes", ALL_THEMES, problems),
        correct=not _switch(args, "correction", NO_CORRECTION, problems),
    )
    return request, tuple(problems)


def page_of(args: MultiDict[str, str]) -> int:
    """The page asked for, the first when that is none."""
    return _page(_first(args, "page"), [])


def generation_of(args: MultiDict[str, str]) -> int | None:
    """The generation of the index whose figures are asked for, None for that in use. Raises `BadSearch`."""
    asked = args.get("generation", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= MAX_DIGITS):
        message = gettext("« %(value)s » n’est pas un état de l’index : c’est un nombre, comme 12.", value=asked)
        raise BadSearch(message, [Problem("generation", asked, message)])
    return int(asked) if asked else None


def refuse(problems: Iterable[Problem]) -> None:
    """On a page what was ignored is said; in a file nobody would see that it holds something else. Raises `BadSearch`."""
    wrong = [problem.message for problem in problems if problem.parameter != "page"]
    if wrong:
        raise BadSearch(" ".join(wrong))


def query_of(args: MultiDict[str, str]) -> str:
    """The words sought."""
    return _first(args, "q")[:MAX_QUERY]


def search_args(request: Request, size: int) -> dict[str, Any]:
    """The parameters that `read_request` reads back as this request: only those that differ from the defaults, in order.

    `size` is how many hits a page has by default.
    """
    args: dict[str, Any] = {
        "q": request.query,
        "correction": None if request.correct else NO_CORRECTION,
        "mots": request.filters.get("mots"),
        "theme": request.filters.get("theme"),
        "themes": ALL_THEMES if request.found_themes else None,
        "lieu": request.filters.get("lieu"),
        "du": request.since and first_day_words(request.since),
        "au": request.until and last_day_words(request.until),
        "annee": request.filters.get("annee"),
        "type": request.filters.get("type"),
        "organisme": request.filters.get("organisme"),
        "fichier": request.filters.get("fichier"),
        "tri": None if request.sort == default_sort(request.query) else request.sort,
        "par": request.size if request.size != size else None,
        "page": request.page if request.page > 1 else None,
    }
    return {name: value for name, value in args.items() if value}


def with_value(request: Request, facet: FacetName, key: str) -> Request:
    """The search with one more facet value, in place of the wider and narrower ones of its branch ("oise", "oise/noyon")."""
    kept = (other for other in request.filters.get(facet, ()) if not same_branch(key, other))
    return _with_filter(request, facet, (*kept, key))


def without_value(request: Request, facet: FacetName, key: str) -> Request:
    """The search without one facet value."""
    return _with_filter(request, facet, (other for other in request.filters.get(facet, ()) if other != key))


def same_branch(key: str, other: str) -> bool:
    """Whether one value is the other, or is below it ("oise", "oise/noyon")."""
    return f"{key}/".startswith(f"{other}/") or f"{other}/".startswith(f"{key}/")


def without_filters(request: Request) -> Request:
    """The words alone."""
    return replace(request, filters={}, since=None, until=None, page=1)


def without_dates(request: Request) -> Request:
    """The search at any date."""
    return replace(request, since=None, until=None, page=1)


def with_found_themes(request: Request, found: bool) -> Request:
    """The same search, the themes found in the text counted with those stated, or not."""
    return replace(request, found_themes=found, page=1)


def with_all_and_some(request: Request) -> Request:
    """The dossiers that have every word and those that have a part of them."""
    return _with_filter(request, "mots", (ALL_WORDS, SOME_WORDS))


def with_query(request: Request, query: str) -> Request:
    """Other words with the same filters, corrected again where need be."""
    return replace(request, query=query, correct=True, page=1)


def as_typed(request: Request) -> Request:
    """The same search without correction."""
    return replace(request, correct=False, page=1)


def answered(result: Result) -> Request:
    """The search that a result answers: with the words as they were corrected."""
    correction = result.correction
    return replace(result.request, query=correction.query) if correction and correction.applied else result.request


def sized(request: Request, size: int) -> Request:
    """The same search with so many hits a page, from the first."""
    return replace(request, size=size, page=1)


def sorted_by(request: Request, sort: Sort) -> Request:
    """The same dossiers in another order, from the first page."""
    return replace(request, sort=sort, page=1)


def first_day_words(day: date) -> str:
    """The shortest period that begins on this day: "2017", "2017-05", "2017-05-11"."""
    return next(words for words in _periods(day) if _period(words).first == day)


def last_day_words(day: date) -> str:
    """The shortest period that ends on this day."""
    return next(words for words in _periods(day) if _period(words).last == day)


def _periods(day: date) -> tuple[str, str, str]:
    iso = day.isoformat()
    return iso[:4], iso[:7], iso


def _period(words: str) -> Period:
    period = parse_period(words)
    if period is None:
        raise ValueError(words)
    return period


def _with_filter(request: Request, facet: FacetName, keys: Iterable[str]) -> Request:
    filters = {**request.filters, facet: tuple(keys)}
    return replace(request, filters={name: filters[name] for name in FACETS if filters.get(name)}, page=1)


def _first(args: MultiDict[str, str], name: str) -> str:
    """The first value that is not empty, its spaces made single."""
    return next((words for value in args.getlist(name) if (words := " ".join(value.split()))), "")


def _values(args: MultiDict[str, str], name: FacetName, problems: list[Problem]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in args.getlist(name) if value.strip()))
    if len(values) > MAX_VALUES:
        many = gettext("Trop de valeurs pour « %(name)s » : les %(number)s premières sont gardées.", name=name, number=MAX_VALUES)
        problems.append(Problem(name, values[MAX_VALUES], many))
    return values[:MAX_VALUES]


def _keys(args: MultiDict[str, str], name: FacetName, problems: list[Problem]) -> tuple[str, ...]:
    """The values of a facet; of "mots" all are known beforehand."""
    values = _values(args, name, problems)
    if name != "mots":
        return values
    for value in values:
        if value not in (ALL_WORDS, SOME_WORDS):
            problems.append(_only(name, value, (ALL_WORDS, SOME_WORDS)))
    return tuple(value for value in values if value in (ALL_WORDS, SOME_WORDS))


def _dates(args: MultiDict[str, str], problems: list[Problem]) -> tuple[date | None, date | None]:
    since, until = (_date(_first(args, name), name, problems) for name in ("du", "au"))
    if since and until and since.first > until.last:
        message = gettext("La date de début est après la date de fin : les deux sont ignorées.")
        problems.extend(Problem(name, _first(args, name), message) for name in ("du", "au"))
        return None, None
    return since and since.first, until and until.last


def _date(words: str, name: str, problems: list[Problem]) -> Period | None:
    period = parse_period(words) if words else None
    if words and period is None:
        message = gettext("« %(value)s » n’est pas une date : ignoré. Écrivez 2017, 05/2017 ou 11/05/2017.", value=words)
        problems.append(Problem(name, words, message))
    return period


def _size(words: str, default: int, problems: list[Problem]) -> int:
    if words in map(str, SIZES):
        return int(words)
    if words and words != str(default):
        problems.append(_only("par", words, map(str, SIZES)))
    return default


def _sort(words: str, query: str, problems: list[Problem]) -> Sort:
    known: dict[str, Sort] = {sort: sort for sort in SORTS}
    if words and words not in known:
        problems.append(Problem("tri", words, gettext("Ordre de tri inconnu, ignoré : « %(value)s ».", value=words)))
    return known.get(words, default_sort(query))


def _only(name: str, value: str, known: Iterable[str]) -> Problem:
    choices = ", ".join(known)
    message = gettext(
        "« %(name)s » ne peut être que : %(choices)s. « %(value)s » est ignoré.", name=name, choices=choices, value=value
    )
    return Problem(name, value, message)


def _switch(args: MultiDict[str, str], name: str, on: str, problems: list[Problem]) -> bool:
    """Whether a parameter that can only be `on` is there."""
    words = _first(args, name)
    if words not in ("", on):
        problems.append(_only(name, words, (on,)))
    return words == on


def _page(words: str, problems: list[Problem]) -> int:
    if not words:
        return 1
    if words.isdecimal() and len(words) <= len(str(MAX_PAGE)) and 1 <= int(words) <= MAX_PAGE:
        return int(words)
    problems.append(Problem("page", words, gettext("Il n’y a pas de page « %(value)s » : voici la première.", value=words)))
    return 1
