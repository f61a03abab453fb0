"""The grammar of one day, month, part of the year or year.

    item := lead* weekday? day month? when? hours?  |  month when?  |  part when?  |  year  |  weekday when  |  near hours?
    when := year | year "-" next year | "prochain" | "dernier" | "de l'année prochaine"

An item is left as it was written: what it lacks (month, year) is given by its neighbours in `date_years`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from indexer.facts.clock_grammar import parse_hours
from indexer.facts.date_item import Item, Relative
from indexer.facts.date_parts import near
from indexer.facts.date_words import MISTYPED_YEAR, Token, year_value

_LEADS = {
    *("le", "les", "ce", "cet", "cette", "ces", "du", "de", "des", "au", "en", "d", "l", "la", "entre", "mois", "annee"),
    *("debut", "mi", "fin", "courant", "semaine", "semaines", "week-end", "weekend", "week-ends"),
}
_MOST_LEADS = 8
_WEEKS = {"semaine": 0, "semaines": 0, "week-end": 5, "weekend": 5, "week-ends": 5}
"""What is said of a whole week or its end, and the weekday that this begins with."""
_LAST_DAY_OF_MONTH = 31
_LAST_WEEK = 52
_RELATIVE: dict[str, Relative] = {
    **dict.fromkeys(("prochain", "prochaine", "prochains", "prochaines"), "next"),
    **dict.fromkeys(("dernier", "derniere", "derniers", "dernieres", "passe", "passes", "ecoule"), "last"),
}
_LIKE_A_YEAR = re.compile(r"\d[\do]{2,}")
_BEHIND_A_YEAR = ("", "comma", "dash", "slash", "open", "close", "line", "mark", "clock")
_AUTUMN = 9


def parse_item(tokens: list[Token], at: int) -> tuple[Item, int] | None:
    """The item that begins at token `at`, and the token after it."""
    begin = at
    for token in tokens[begin : begin + _MOST_LEADS]:
        if token.word not in _LEADS and (at == begin or token.kind not in ("line", "dash")):
            break
        at += 1
    week = next((_WEEKS[token.word] for token in tokens[begin:at] if token.word in _WEEKS), None)
    weekday, after = _weekday(tokens, at)
    parsed = _day(tokens, after, weekday) if kind_at(tokens, after) == "number" else _wider(tokens, after, weekday)
    if at > begin and tokens[at - 1].word == "semaine":
        parsed = _numbered_week(tokens, at) or parsed
    if parsed is None:
        return None
    item, at = _weekday_behind(tokens, parsed[1], replace(parsed[0], week=week if parsed[0].day is not None else None))
    hours = parse_hours(tokens, at) if _may_have_hours(item, tokens, at) else None
    return (replace(item, hours=hours[0]), hours[1]) if hours else (item, at)


def _numbered_week(tokens: list[Token], at: int) -> tuple[Item, int] | None:
    """The Monday of an ISO 8601 week, "semaine 12 (2019)"."""
    year = _before_year(tokens, at + 1)
    if kind_at(tokens, at) != "number" or kind_at(tokens, year) != "year" or not 0 < tokens[at].value <= _LAST_WEEK:
        return None
    monday = date.fromisocalendar(tokens[year].value, tokens[at].value, 1)
    return Item(monday.day, monday.month, monday.year), year + 1


def kind_at(tokens: list[Token], at: int) -> str:
    """The kind of the token at `at`, "" behind the last one."""
    return tokens[at].kind if at < len(tokens) else ""


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].word if at < len(tokens) else ""


def _weekday(tokens: list[Token], at: int) -> tuple[int | None, int]:
    """The weekday at `at`, and the token after it ("jeudi", "jeudi,", "jeudi le", "jeudi (")."""
    if kind_at(tokens, at) != "weekday":
        return None, at
    between = kind_at(tokens, at + 1) in ("comma", "open", "close") or _word(tokens, at + 1) == "le"
    return tokens[at].value, at + 2 if between and kind_at(tokens, at + 2) == "number" else at + 1


def _weekday_behind(tokens: list[Token], at: int, item: Item) -> tuple[Item, int]:
    """The item with the weekday that stands behind it: "12 mars 2019 (mardi)", "12 mars 2019, mardi"."""
    first = at + (kind_at(tokens, at) in ("comma", "open"))
    ends = kind_at(tokens, first + 1) in ("", "close", "line")
    if item.month is None or item.day is None or item.weekday is not None or kind_at(tokens, first) != "weekday" or not ends:
        return item, at
    return replace(item, weekday=tokens[first].value), first + 1 + (kind_at(tokens, first + 1) == "close")


def _may_have_hours(item: Item, tokens: list[Token], at: int) -> bool:
    """Hours follow a day and its month; a day of a list has its own only between brackets."""
    if item.day is None:
        return item.level == "day"
    return item.month is not None or kind_at(tokens, at) == "open"


def _day(tokens: list[Token], at: int, weekday: int | None) -> tuple[Item, int] | None:
    item = Item(day=tokens[at].value, weekday=weekday)
    at += 1
    month = at + (_word(tokens, at) == "de" or kind_at(tokens, at) in ("dash", "slash"))
    if kind_at(tokens, month) == "month":
        return _when(tokens, month + 1, replace(item, month=tokens[month].value))
    return (item, at) if item.day is not None and item.day <= _LAST_DAY_OF_MONTH else None


def _wider(tokens: list[Token], at: int, weekday: int | None) -> tuple[Item, int] | None:
    """A month, a part of the year, a year, a weekday that is relative ("jeudi prochain"), or a time near the day of writing."""
    if weekday is not None:
        return _relative_weekday(tokens, at, weekday)
    kind = kind_at(tokens, at)
    if kind == "month":
        return _when(tokens, at + 1, Item(month=tokens[at].value))
    if kind == "part":
        first, last = divmod(tokens[at].value, 100)
        return _when(tokens, at + 1, Item(month=first, until=last))
    if kind == "year":
        return _year(tokens, at)
    return (Item(near=near(tokens[at].word)), at + 1) if kind == "near" else None


def _year(tokens: list[Token], at: int) -> tuple[Item, int]:
    """A year, and the part of it that stands behind it ("2021-T3")."""
    part = at + 1 + (kind_at(tokens, at + 1) == "dash")
    if kind_at(tokens, part) == "part" and kind_at(tokens, part + 1) != "year":
        first, last = divmod(tokens[part].value, 100)
        return Item(month=first, until=last, year=tokens[at].value), part + 1
    return Item(year=tokens[at].value), at + 1


def _relative_weekday(tokens: list[Token], at: int, weekday: int) -> tuple[Item, int] | None:
    """ "jeudi prochain", "mardi prochain 14 mars", "ce jeudi"."""
    relative = _RELATIVE.get(_word(tokens, at))
    if relative is None:
        said = at > 1 and tokens[at - 2].word == "ce" and tokens[at - 1].kind == "weekday"
        return (Item(weekday=weekday, relative="this"), at) if said else None
    if kind_at(tokens, at + 1) == "number" and kind_at(tokens, at + 2) == "month":
        return _when(tokens, at + 3, Item(tokens[at + 1].value, tokens[at + 2].value, None, weekday, relative=relative))
    return Item(weekday=weekday, relative=relative), at + 1


def _when(tokens: list[Token], at: int, item: Item) -> tuple[Item, int]:
    """What follows a month: its year, "prochain", "dernier", or "de l'année prochaine"."""
    if relative := _RELATIVE.get(_word(tokens, at)):
        return replace(item, relative=relative), at + 1
    if (mistyped := _year_of(tokens, at)) is not None:
        return replace(item, year=mistyped), at + 1
    first = _before_year(tokens, at)
    if kind_at(tokens, first) == "year":
        after = _second_year(tokens, first, item)
        closed = kind_at(tokens, at) == "open" and kind_at(tokens, after) == "close"
        return replace(item, year=tokens[first].value), after + closed
    if kind_at(tokens, first) == "near" and near(tokens[first].word).unit == "year":
        return replace(item, near=near(tokens[first].word)), first + 1
    return item, at


def _before_year(tokens: list[Token], at: int) -> int:
    """The token behind what may stand between a month and its year: "de", "de l'année", a comma, a dash, a bracket."""
    if kind_at(tokens, at) in ("comma", "dash", "slash", "open"):
        return at + 1
    for words in (("de",), ("l",), ("annee", "an")):
        at += _word(tokens, at) in words
    return at


def _year_of(tokens: list[Token], at: int) -> int | None:
    """The year that digits directly behind a month mean when they are no plain one: "12 mars 19", "2107", "20148", "2O19"."""
    word = _word(tokens, at)
    if kind_at(tokens, at) == "word" and _LIKE_A_YEAR.fullmatch(word):
        return year_value(word) if word.isdigit() else MISTYPED_YEAR
    if kind_at(tokens, at) != "number" or len(word) != 2 or parse_hours(tokens, at):
        return None
    alone = kind_at(tokens, at + 1) in _BEHIND_A_YEAR or _word(tokens, at + 1) in ("a", "au", "de", "et")
    return year_value(word) if alone else None


def _second_year(tokens: list[Token], at: int, item: Item) -> int:
    """The token behind a year, and behind the next year that a winter or a school year also has ("2020-2021", "2020-21")."""
    if item.until is not None and (item.month or 0) >= _AUTUMN and kind_at(tokens, at + 1) in ("dash", "slash"):
        second, following = _word(tokens, at + 2), tokens[at].value + 1
        if second in (str(following), f"{following % 100:02d}"):
            return at + 3
    return at + 1
