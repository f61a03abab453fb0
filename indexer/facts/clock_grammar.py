"""The grammar of hours: "09h00 à 17h00", "de 14h15 à 16h15", "(9h30-12h30)", "à partir de 18 h"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from indexer.facts.date_words import Token

DAY_MINUTES = 24 * 60
_TO = {"a", "au", "jusqu", "jusque"}
_MARKS = {":", "|", ".", "•"}
_FILLERS = {
    *(
        "de",
        "des",
        "a",
        "d",
        "partir",
        "entre",
        "vers",
        "horaire",
        "horaires",
        "heure",
        "heures",
        "le",
        "la",
        "matin",
        "matinee",
        "soir",
    ),
    *("soiree", "apres-midi", "journee", "toute", "l", "accueil", "debut", "rendez-vous", "rdv"),
}
_GAPS = {"dash", "comma", "open", "line", "slash"}
_MIDNIGHT_UTC = {60, 120, 0}


class Hours(NamedTuple):
    """Minutes of the day, `end` when it is given. `bare` means a lone 02:00-like time, as the site prints an hourless date."""

    start: int
    end: int | None = None
    bare: bool = False


def parse_hours(tokens: list[Token], at: int) -> tuple[Hours, int] | None:
    """The hours that begin at token `at`, behind dashes, brackets and small words, and the token after them."""
    first = _skip(tokens, at)
    spell = _spell(tokens, first)
    if spell is None:
        return None
    (start, end), after = spell
    bare = end in (None, start) and start in _MIDNIGHT_UTC and ":" in tokens[first].word
    bare = bare and all(token.kind == "dash" for token in tokens[at:first])
    while end is not None and (more := _another(tokens, after)):
        end, after = more
    closing = any(token.kind == "open" for token in tokens[at:first])
    if closing and after < len(tokens) and tokens[after].kind == "close":
        after += 1
    return Hours(start, end, bare), after


def is_midnight(hours: Hours, day: date) -> bool:
    """Whether these hours are how the site prints a date without an hour: midnight UTC on the clock of France."""
    return hours.bare and hours.start in (0, 120 if _is_summer(day) else 60)


def _is_summer(day: date) -> bool:
    """Whether midnight UTC of `day` falls in summer time (directive 2000/84/CE: from 01:00 UTC on the last Sundays)."""
    return _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _skip(tokens: list[Token], at: int) -> int:
    while at < len(tokens) and (tokens[at].kind in _GAPS or tokens[at].word in _FILLERS or tokens[at].word in _MARKS):
        at += 1
    return at


def _spell(tokens: list[Token], at: int) -> tuple[tuple[int, int | None], int] | None:
    """A clock time, or two with "à" or a dash between them; the first may lack its "h" ("de 9 à 12h")."""
    if at >= len(tokens) or tokens[at].kind not in ("clock", "number"):
        return None
    start = tokens[at].value if tokens[at].kind == "clock" else 60 * tokens[at].value
    to = _after_to(tokens, at + 1, between=at > 0 and tokens[at - 1].word == "entre")
    if to < len(tokens) and tokens[to].kind == "clock" and to > at + 1:
        end = tokens[to].value or DAY_MINUTES
        if tokens[at].kind == "clock" or start < end:
            return (start, None if end == start else end), to + 1
    return ((start, None), at + 1) if tokens[at].kind == "clock" and start < DAY_MINUTES else None


def _after_to(tokens: list[Token], at: int, *, between: bool) -> int:
    while at < len(tokens) and (tokens[at].kind in ("dash", "slash") or tokens[at].word in (_TO | {"et"} if between else _TO)):
        at += 1
    return at


def _another(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """The end of a second spell of the same day ("9h-12h et 14h-17h"), and the token after it."""
    if at >= len(tokens) or not (tokens[at].kind in ("comma", "slash", "dash") or tokens[at].word in ("et", "puis")):
        return None
    first = _skip(tokens, at + 1)
    spell = _spell(tokens, first)
    if spell is None or spell[0][1] is None or any(token.kind == "line" for token in tokens[at:first]):
        return None
    return spell[0][1], spell[1]
