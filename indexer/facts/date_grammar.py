"""The grammar of days: from tokens to expressions of days, months and years with their lists, ranges and hours.

    expression := item (connector item)*          connector := list ("," "et" "/"…) | range ("au", "à", "–"…)
    item       := lead* weekday? day month? when? hours?  |  month when?  |  year  |  weekday when
    when       := year | "prochain" | "dernier"

An expression is left as it was written: what its items lack (month, year) is given by their neighbours in `date_years`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from indexer.facts.clock_grammar import Hours, parse_hours
from indexer.facts.date_words import Token

Relative = Literal["next", "last"]

_LEADS = {
    "le",
    "les",
    "ce",
    "cet",
    "cette",
    "ces",
    "du",
    "de",
    "des",
    "au",
    "en",
    "d",
    "l",
    "la",
    "entre",
    "debut",
    "mi",
    "fin",
    "mois",
    "jour",
}
_LIST = {"et", "ou", "puis", "&"}
_RANGE = {"au", "aux", "a", "jusqu", "jusque"}
_RELATIVE: dict[str, Relative] = {
    **dict.fromkeys(("prochain", "prochaine", "prochains", "prochaines"), "next"),
    **dict.fromkeys(("dernier", "derniere", "derniers", "dernieres", "passe", "passes", "ecoule"), "last"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A day, month or year as written; what it does not say is None. `joins`: how it hangs on the item before it."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    relative: Relative | None = None
    hours: Hours | None = None
    joins: Literal["list", "range"] | None = None

    @property
    def complete(self) -> bool:
        return self.year is not None or (self.relative is not None and (self.day is None or self.month is not None))


@dataclass(frozen=True, slots=True)
class Expression:
    """Items that belong together, and the tokens that they span (`last` excluded)."""

    items: tuple[Item, ...]
    first: int
    last: int


def parse_expressions(tokens: list[Token]) -> list[Expression]:
    """Every date expression of the tokens, in order."""
    found: list[Expression] = []
    at = 0
    while at < len(tokens):
        expression = _expression(tokens, at)
        if expression is None:
            at += 1
        else:
            found.append(expression)
            at = expression.last
    return found


def _expression(tokens: list[Token], first: int) -> Expression | None:
    parsed = _item(tokens, first)
    if parsed is None:
        return None
    item, at = parsed
    items, begins, ends = [item], [first], [at]
    while (joined := _connector(tokens, at, items[-1])) and (parsed := _item(tokens, joined[1])):
        if _level(parsed[0]) != _level(item):
            break
        item, at = parsed
        items.append(replace(item, joins=joined[0]))
        begins.append(joined[1])
        ends.append(at)
    while items and not _anchored(items[-1]):
        items.pop()
    if tokens[first].word == "entre" and len(items) > 1:
        items[1] = replace(items[1], joins="range")
    stray = _stray_numbers(items, tokens, first)
    kept = (replace(items[stray], joins=None), *items[stray + 1 :]) if items else ()
    return Expression(kept, begins[stray], ends[len(items) - 1]) if kept else None


def _level(item: Item) -> str:
    return "day" if item.day is not None or item.weekday is not None else "month" if item.month is not None else "year"


def _anchored(item: Item) -> bool:
    """Whether an item can end an expression: a day needs its month."""
    return item.day is None or item.month is not None


def _stray_numbers(items: list[Item], tokens: list[Token], first: int) -> int:
    """How many first numbers belong to the word before them: "Salle 3, 5 mai" (but "Ateliers 3, 5 et 7 mai" are three days)."""
    before = tokens[first - 1] if first else None
    if before is None or tokens[first].kind != "number" or before.kind != "word" or before.word.endswith(("s", "x")):
        return 0
    return next((at for at, item in enumerate(items) if _anchored(item)), 0)


def _connector(tokens: list[Token], at: int, before: Item) -> tuple[Literal["list", "range"], int] | None:
    """What joins the item before `at` to the next one, and where that one begins."""
    kind: Literal["list", "range"] | None = None
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "line" and before.complete and kind is None:
            return None
        if token.word in _RANGE or (token.kind == "dash" and kind is None):
            kind = "range"
        elif token.kind in ("comma", "slash") or token.word in _LIST:
            kind = kind or "list"
        elif token.kind not in ("line", "dash"):
            break
        at += 1
    return (kind or "list", at) if kind or (at < len(tokens) and tokens[at - 1].kind == "line") else None


def _item(tokens: list[Token], at: int) -> tuple[Item, int] | None:
    begin = at
    while at < len(tokens) and (tokens[at].word in _LEADS or (at > begin and tokens[at].kind in ("line", "dash"))):
        at += 1
    weekday, at = _weekday(tokens, at)
    parsed = _day(tokens, at, weekday) if _kind(tokens, at) == "number" else _wider(tokens, at, weekday)
    if parsed is None:
        return None
    item, at = parsed
    if not _may_have_hours(item, tokens, at):
        return item, at
    hours = parse_hours(tokens, at)
    return (replace(item, hours=hours[0]), hours[1]) if hours else (item, at)


def _weekday(tokens: list[Token], at: int) -> tuple[int | None, int]:
    """The weekday at `at`, and the token after it ("jeudi", "jeudi,", "jeudi le")."""
    if _kind(tokens, at) != "weekday":
        return None, at
    between = _kind(tokens, at + 1) == "comma" or (at + 1 < len(tokens) and tokens[at + 1].word == "le")
    return tokens[at].value, at + 2 if between and _kind(tokens, at + 2) == "number" else at + 1


def _may_have_hours(item: Item, tokens: list[Token], at: int) -> bool:
    """Hours follow a day and its month; a day of a list has its own only between brackets."""
    if item.day is None:
        return item.weekday is not None
    return item.month is not None or _kind(tokens, at) == "open"


def _day(tokens: list[Token], at: int, weekday: int | None) -> tuple[Item, int] | None:
    item = Item(day=tokens[at].value, weekday=weekday)
    at += 1
    if _kind(tokens, at) != "month":
        return item, at
    item = replace(item, month=tokens[at].value)
    if _is_mistyped_year(tokens, at + 1):
        return None
    return _when(tokens, at + 1, item)


def _wider(tokens: list[Token], at: int, weekday: int | None) -> tuple[Item, int] | None:
    """A month, a year, or a weekday that is relative ("jeudi prochain")."""
    kind = _kind(tokens, at)
    if kind == "month" and weekday is None and not _is_mistyped_year(tokens, at + 1):
        return _when(tokens, at + 1, Item(month=tokens[at].value))
    if kind == "year" and weekday is None:
        return Item(year=tokens[at].value), at + 1
    if weekday is not None and at < len(tokens) and tokens[at].word in _RELATIVE:
        return Item(weekday=weekday, relative=_RELATIVE[tokens[at].word]), at + 1
    return None


def _when(tokens: list[Token], at: int, item: Item) -> tuple[Item, int]:
    """The year or "prochain", "dernier" behind a month."""
    if _kind(tokens, at) == "word" and tokens[at].word == "de" and _kind(tokens, at + 1) == "year":
        at += 1
    if _kind(tokens, at) == "year":
        return replace(item, year=tokens[at].value), at + 1
    if at < len(tokens) and tokens[at].word in _RELATIVE:
        return replace(item, relative=_RELATIVE[tokens[at].word]), at + 1
    return item, at


def _is_mistyped_year(tokens: list[Token], at: int) -> bool:
    return _kind(tokens, at) == "word" and tokens[at].word.isdigit() and len(tokens[at].word) > 2


def _kind(tokens: list[Token], at: int) -> str:
    return tokens[at].kind if at < len(tokens) else ""
