"""Characteristic words as the rows of a page's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from babel.numbers import format_decimal
from werkzeug.datastructures import MultiDict

from indexer.engine.contract import Keyword, Keywords
from indexer.language import locale
from webapp.state import MAX_PAGE

LEAST = 5
"""How often a word must stand there, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A word with its figures in words; `url` leads to its occurrences."""

    word: str
    here: int
    there: int
    dossiers: int
    score: str
    times: str
    url: str


def word_rows(found: Keywords, url_of: Callable[[str], str]) -> list[Row]:
    """A row for each word."""
    return [_row(one, url_of(one.word)) for one in found.keywords]


def least_of(args: MultiDict[str, str]) -> int:
    """The `minimum` asked for, the usual one when that is none."""
    asked = args.get("minimum", "")
    right = asked.isascii() and asked.isdecimal() and len(asked) <= len(str(MAX_PAGE)) and int(asked) > 0
    return int(asked) if right else LEAST


def least_args(args: MultiDict[str, str]) -> dict[str, int]:
    """The parameter that `least_of` reads back."""
    least = least_of(args)
    return {"minimum": least} if least != LEAST else {}


def _row(one: Keyword, url: str) -> Row:
    score, times = (format_decimal(value, format="#,##0.0", locale=locale()) for value in (one.score, 2**one.ratio))
    return Row(one.word, one.here, one.there, one.dossiers, score, times, url)
