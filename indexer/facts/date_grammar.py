"""The grammar of expressions: items joined in lists and ranges.

    expression := item (connector item)*          connector := list ("," "et" "/"…) | range ("au", "à", "–"…)

An expression is left as it was written: what its items lack (month, year) is given by their neighbours in `date_years`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from indexer.facts.date_item import Item
from indexer.facts.date_item_grammar import kind_at, parse_item
from indexer.facts.date_words import Token

Way = Literal["list", "range"]

_LIST = {"et", "ou", "puis", "&", "ainsi", "que"}
_SILENT = {"inclus", "compris", "matin", "soir"}
_RANGE = {"au", "aux", "a", "jusqu", "jusque"}
_ASIDE = 8
"""Tokens that a remark or a place behind a day has at most: "les 5 (Lille), 12 (Amiens) et 19 mars"."""


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
        expression, after = _expression(tokens, at, found[-1] if found else None)
        if expression is not None:
            found.append(expression)
        at = max(after, at + 1)
    return found


def _expression(tokens: list[Token], first: int, previous: Expression | None) -> tuple[Expression | None, int]:
    """The expression that begins at token `first`, if any, and the token behind what was looked at in vain."""
    items, begins, ends = _joined_items(tokens, first)
    if month := _heading(tokens, first, items, previous):
        return Expression(tuple(replace(item, month=month.month, year=month.year) for item in items), first, ends[-1]), ends[-1]
    looked_at = ends[-1] if ends else first + 1
    while items and not _anchored(items, len(items) - 1):
        items.pop()
    if not items:
        return None, looked_at
    if tokens[first].word == "entre" and len(items) > 1:
        items[1] = replace(items[1], joins="range")
    items = _with_weeks(items, plural=any(token.word in ("semaines", "week-ends") for token in tokens[first : ends[0]]))
    stray = _stray_numbers(items, tokens, first)
    last = ends[len(items) - 1]
    return Expression((replace(items[stray], joins=None), *items[stray + 1 :]), begins[stray], last), last


def _joined_items(tokens: list[Token], first: int) -> tuple[list[Item], list[int], list[int]]:
    """Items of one level that are joined, from token `first` on, and the tokens where each begins and ends."""
    items: list[Item] = []
    begins: list[int] = []
    ends: list[int] = []
    parsed, begin = parse_item(tokens, first), first
    way: Way | None = None
    while parsed is not None and (not items or (parsed[0].level, parsed[0].from_now) == (items[-1].level, items[-1].from_now)):
        item, at = parsed
        items.append(replace(item, joins=_way(way, tokens[begin - 1], items[-1], item) if way else None))
        begins.append(begin)
        ends.append(at)
        way, begin = _connector(tokens, at, items[-1]) or (None, at)
        parsed = parse_item(tokens, begin) if way else None
    return items, begins, ends


def _heading(tokens: list[Token], first: int, items: list[Item], previous: Expression | None) -> Item | None:
    """The month with its year that stands as a heading before days without one: "Mars 2019 : 5, 12 et 19"."""
    if previous is None or first != previous.last + 1 or tokens[first - 1].kind not in ("mark", "open", "dash"):
        return None
    heading = previous.items[-1]
    days = all(item.day is not None and item.month is None for item in items)
    several = len(items) > 1 or any(item.weekday is not None for item in items)
    return heading if days and several and heading.year and heading.level == "month" and heading.until is None else None


def _with_weeks(items: list[Item], *, plural: bool) -> list[Item]:
    """The week said before a list or range is that of its days ("semaine du 12 au 16 mars"), unless several are said."""
    if plural:
        return [replace(item, week=items[0].week) for item in items]
    return [replace(item, week=None) for item in items] if any(item.week is None for item in items) else items


def _way(way: Way, between: Token, before: Item, after: Item) -> Way:
    """How two items hang together: a slash is a range between months or years that follow each other ("mars/avril")."""
    if between.kind != "slash" or before.level == "day":
        return way
    if before.level == "year":
        return "range" if (after.year or 0) - (before.year or 0) == 1 else way
    return "range" if before.year is None and ((after.month or 0) - (before.until or before.month or 0)) % 12 == 1 else way


def _anchored(items: list[Item], at: int) -> bool:
    """Whether an item can end an expression: a day needs its month, or a weekday and the month of the day before it."""
    item = items[at]
    said_before = at > 0 and item.weekday is not None and items[at - 1].month is not None
    return item.day is None or item.month is not None or said_before


def _stray_numbers(items: list[Item], tokens: list[Token], first: int) -> int:
    """How many first numbers belong to the word before them: "Salle 3, 5 mai" (but "Ateliers 3, 5 et 7 mai" are three days)."""
    before = tokens[first - 1] if first else None
    if before is None or tokens[first].kind != "number" or before.kind != "word" or before.word.endswith(("s", "x")):
        return 0
    return next((at for at in range(len(items)) if _anchored(items, at)), 0)


def _connector(tokens: list[Token], at: int, before: Item) -> tuple[Way, int] | None:
    """What joins the item before `at` to the next one, and where that one begins."""
    kind: Way | None = None
    if before.day is not None and before.month is None:
        at = _behind_aside(tokens, at)
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "line" and before.complete and kind is None:
            return None
        if token.word in _RANGE or (token.kind == "dash" and kind is None):
            kind = "range"
        elif token.kind in ("comma", "slash") or token.word in _LIST:
            kind = kind or "list"
        elif token.kind not in ("line", "dash") and not (kind is None and token.word in _SILENT):
            break
        at += 1
    return (kind or "list", at) if kind or (at < len(tokens) and tokens[at - 1].kind == "line") else None


def _behind_aside(tokens: list[Token], at: int) -> int:
    """The token behind what stands between the days of a list: brackets, or a place before "le" ("le 5 à Lille, le 12…")."""
    following = range(at + 1, at + _ASIDE)
    if kind_at(tokens, at) == "open":
        return next((after + 1 for after in following if kind_at(tokens, after) == "close"), at)
    if kind_at(tokens, at) == "word" and tokens[at].word in ("a", "au", "aux"):
        after = next((after for after in following if kind_at(tokens, after) != "word" or tokens[after].word == "et"), at)
        return after if after + 1 < len(tokens) and tokens[after + 1].word == "le" else at
    return at
