"""The parameters of the API: one table, by which requests are read strictly and which the OpenAPI document shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, get_args

from werkzeug.datastructures import MultiDict

from indexer.engine.contract import ALL_WORDS, LINE_ORDERS, MOST_EXPRESSIONS, SOME_WORDS, SORTS, Every
from indexer.language import gettext
from indexer.periods import parse_period
from webapp.second import SECOND
from webapp.state import (
    ALL_THEMES,
    MAX_DIGITS,
    MAX_PAGE,
    MAX_QUERY,
    MAX_VALUES,
    NO_CORRECTION,
    SIZES,
    STATED_DATES,
    BadSearch,
    Problem,
)

_LONGEST_KEY = 300


class Parameter(NamedTuple):
    """`schema` says what a value is, and `valid` checks it. `many`: it may be given up to `most` times."""

    name: str
    words: str
    schema: dict[str, Any]
    valid: Callable[[str], bool]
    many: bool = False
    required: bool = False
    most: int = MAX_VALUES


def _text(name: str, words: str, most: int = MAX_QUERY, *, required: bool = False) -> Parameter:
    schema = {"type": "string", "maxLength": most}
    return Parameter(name, words, schema, lambda value: len(value) <= most, required=required)


def _choice(name: str, words: str, values: Iterable[str | int], *, many: bool = False) -> Parameter:
    known = list(values)
    kind = "integer" if all(isinstance(value, int) for value in known) else "string"
    return Parameter(name, words, {"type": kind, "enum": known}, lambda value: value in map(str, known), many)


def _keys(name: str, words: str) -> Parameter:
    return Parameter(
        name, words, {"type": "string", "maxLength": _LONGEST_KEY}, lambda value: len(value) <= _LONGEST_KEY, many=True
    )


def _date(name: str, words: str) -> Parameter:
    forms = [{"format": "date"}, {"pattern": r"^[1-9]\d{3}-(0[1-9]|1[0-2])$"}, {"pattern": r"^[1-9]\d{3}$"}]
    return Parameter(name, words, {"type": "string", "anyOf": forms}, lambda value: parse_period(value) is not None)


def _page(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= len(str(MAX_PAGE)) and 1 <= int(value) <= MAX_PAGE


QUERY = _text("q", "The words sought, in the language of the search box.")
FILTERS = (
    QUERY,
    _choice("correction", "By which words are searched as they are typed.", [NO_CORRECTION]),
    _choice("mots", "Dossiers with all the words, or with some.", [ALL_WORDS, SOME_WORDS], many=True),
    _keys("theme", "Keys of themes, any of which will do."),
    _choice("themes", "By which themes found in the text count with those that pages state.", [ALL_THEMES]),
    _keys("lieu", "Keys of places, any of which will do."),
    _date("du", "The first day, month or year of the events."),
    _date("au", "The last day, month or year of the events."),
    _keys("annee", "Years, any of which will do."),
    _keys("type", "Types of page, any of which will do."),
    _keys("organisme", "Keys of organisations, any of which will do."),
    _keys("fichier", "Kinds of file, any of which will do."),
)
_IN_TEXTS = tuple(parameter for parameter in FILTERS if parameter.name not in ("correction", "mots"))
_NUMBER = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}
LEAST = Parameter("minimum", "How often a word must stand there.", _NUMBER, _page)
GENERATION = Parameter(
    "generation",
    "The generation of the index that the figures must be of: when it is not in use, there is no answer.",
    {"type": "integer", "minimum": 1, "maximum": 10**MAX_DIGITS - 1},
    lambda value: value.isascii() and value.isdecimal() and len(value) <= MAX_DIGITS and int(value) > 0,
)
CURSOR = _text("cursor", "The `next` of an answer to the same search: gives the hits that follow.", 100)
DOSSIER = _text("id", "The identifier of a dossier.", required=True)


def line_parameters() -> tuple[Parameter, ...]:
    """Those of a concordance, of which `q` is the expression."""
    return (
        *_IN_TEXTS,
        _text("avec", "Only the lines near which this other expression stands."),
        _choice("ordre", "The order of the lines.", LINE_ORDERS),
        Parameter("page", "The page.", _NUMBER, _page),
        GENERATION,
    )


def trend_parameters() -> tuple[Parameter, ...]:
    """Those of a trend: the expressions, and a search that keeps to some dossiers."""
    return (
        _text("mot", "An expression to follow.", required=True)._replace(many=True, most=MOST_EXPRESSIONS),
        *FILTERS,
        _choice("periode", "The length of the periods.", get_args(Every)),
        _choice("dates", "By which only stated dates count.", [STATED_DATES]),
        GENERATION,
    )


def keyword_parameters() -> tuple[Parameter, ...]:
    """Those of characteristic words: a search, and another to compare it with."""
    second = [
        one._replace(name=f"{SECOND}_{one.name}", words=f"Of the other search. {one.words}") for one in FILTERS if one.name != "q"
    ]
    words = "The words of another search, or its address, to compare with in place of all the rest."
    return (*FILTERS, _text(SECOND, words), *second, LEAST, GENERATION)


def collocate_parameters() -> tuple[Parameter, ...]:
    """Those of the words near an expression, which is `q`."""
    return (*_IN_TEXTS, LEAST, GENERATION)


def search_parameters(size: int) -> tuple[Parameter, ...]:
    """Those of a search on a site that shows `size` hits a page."""
    return (
        *FILTERS,
        _choice("tri", "The order; by default relevance for words, else the latest first.", SORTS),
        _choice("par", "Hits a page.", sorted({*SIZES, size})),
        Parameter("page", "The page, counted from 1; for more pages, use cursors.", _NUMBER, _page),
    )


def check(args: MultiDict[str, str], parameters: Iterable[Parameter]) -> None:
    """Raises `BadSearch` naming each parameter that is unknown, lacking, given too often or of a wrong value."""
    known = {parameter.name: parameter for parameter in parameters}
    problems = [_unknown(name, args[name]) for name in args if name not in known]
    problems += [problem for parameter in known.values() for problem in _wrong(parameter, args.getlist(parameter.name))]
    if problems:
        raise BadSearch(" ".join(problem.message for problem in problems), problems)


def _unknown(name: str, value: str) -> Problem:
    return Problem(name, value, gettext("« %(name)s » n’est pas un paramètre de cette adresse.", name=name))


def _wrong(parameter: Parameter, values: list[str]) -> Iterable[Problem]:
    name = parameter.name
    if parameter.required and not values:
        yield Problem(name, "", gettext("« %(name)s » manque.", name=name))
    if len(values) > (parameter.most if parameter.many else 1):
        yield Problem(name, values[-1], gettext("« %(name)s » est donné trop de fois.", name=name))
    for value in values:
        if not parameter.valid(value):
            yield Problem(name, value, gettext("« %(value)s » n’est pas une valeur de « %(name)s ».", value=value, name=name))
