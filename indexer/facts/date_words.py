"""The words of French dates: from a text to tokens (day numbers, months, weekdays, years, clock times, dashes…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from babel import Locale

from indexer.facts.plain import plain

Kind = Literal["number", "month", "weekday", "year", "clock", "word", "comma", "dash", "slash", "open", "close", "line", "mark"]


class Token(NamedTuple):
    """A token: its folded `word`, its `value` (day, month 1–12, weekday 0–6, year, or minutes of the day), its offsets."""

    kind: Kind
    word: str
    value: int
    start: int
    end: int


def _names(of: str) -> dict[str, int]:
    """Babel's wide and abbreviated French names, folded, without the full stop."""
    forms = getattr(Locale("fr"), of)["format"]
    return {plain(name).rstrip("."): number for width in ("wide", "abbreviated") for number, name in forms[width].items()}


MONTHS = _names("months") | {"jan": 1, "fev": 2, "juill": 7, "aou": 8, "sep": 9}
WEEKDAYS = _names("days")


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _numeric(separator: str) -> str:
    """Day, month, year with one separator; no more digits around, as in a telephone number."""
    s = re.escape(separator)
    name = {"/": "s", ".": "p", "-": "t"}[separator]
    return rf"(?<!\d)(?<!\d{s})(?P<d{name}>\d{{1,2}}){s}(?P<m{name}>\d{{1,2}}){s}(?P<y{name}>(?:19|20)\d\d|\d\d)(?!\d)(?!{s}\d)"


_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<iso>(?<!\d)(?P<yi>(?:19|20)\d\d)-(?P<mi>\d\d)-(?P<di>\d\d)(?!\d))(?:t(?=\d\d:))?",
            *(_numeric(separator) for separator in "/.-"),
            r"(?<![\d/])(?P<my>\d{1,2})/(?P<ym>(?:19|20)\d\d)(?![\d/])",
            r"(?<![\d/])(?P<dm>[0-3]?\d)/(?P<md>0\d|1[0-2])(?![\d/])",
            r"(?<![\d:])(?P<h>[01]?\d|2[0-4])\s?(?:h|heures?)(?![a-z])(?:\s?(?P<min>[0-5]\d)(?!\d|\s?h(?![a-z])"
            rf"|\s*(?:{_any(MONTHS)})\b))?",
            r"(?<![\d:])(?P<hc>[01]?\d|2[0-4]):(?P<minc>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:z\b|[+-]\d\d:\d\d)?(?![\d:])",
            r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)",
            r"(?<![\d°])(?P<number>[0-3]?\d)(?:\s?er\b)?(?!\d|[a-z%°€]|,\d+\s?%)",
            rf"(?<![a-z])(?P<month>{_any(MONTHS)})(?![a-z])\.?",
            rf"(?<![a-z])(?P<weekday>{_any(WEEKDAYS)})(?![a-z])\.?",
            r"(?P<noon>(?<![a-z])(?:midi|minuit)(?![a-z]))",
            rf"(?P<word>apres[- ]midi|[a-z]+(?:-(?!(?:{_any(MONTHS)}|{_any(WEEKDAYS)})\b)[a-z]+)*|\d+[a-z]*)",
            r"(?P<comma>[,;&+])",
            r"(?P<dash>[–_→>-]+)",
            r"(?P<slash>/)",
            r"(?P<open>[(\[])",
            r"(?P<close>[)\]])",
            r"(?P<line>\n)",
            r"(?P<mark>[^\s'])",
        )
    )
)
_SIMPLE: tuple[Kind, ...] = ("word", "comma", "dash", "slash", "open", "close", "line", "mark")


def tokens(text: str) -> list[Token]:
    """The tokens of `text` (NFC). A numeric date gives a day, a month and a year, so that one grammar serves all forms."""
    return [token for match in _PATTERN.finditer(plain(text)) for token in _tokens(match)]


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    for day, month, year in (("di", "mi", "yi"), ("ds", "ms", "ys"), ("dp", "mp", "yp"), ("dt", "mt", "yt")):
        if day in found:
            yield Token("number", found[day], int(found[day]), *match.span())
            yield Token("month", found[month], int(found[month]), *match.span())
            yield Token("year", found[year], _century(int(found[year])), *match.span())
            return
    if "my" in found:
        yield Token("month", found["my"], int(found["my"]), *match.span())
        yield Token("year", found["ym"], int(found["ym"]), *match.span())
    elif "dm" in found:
        yield Token("number", found["dm"], int(found["dm"]), *match.span())
        yield Token("month", found["md"], int(found["md"]), *match.span())
    else:
        yield _single(match, found)


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _single(match: re.Match[str], found: dict[str, str]) -> Token:
    span = match.span()
    word = match.group()
    if "h" in found or "hc" in found:
        hour, minute = found.get("h") or found["hc"], found.get("min") or found.get("minc") or "0"
        return Token("clock", word, 60 * int(hour) + int(minute), *span)
    if "noon" in found:
        return Token("clock", word, 12 * 60 if word == "midi" else 0, *span)
    if "year" in found:
        return Token("year", word, int(word), *span)
    if "number" in found:
        return Token("number", word, int(found["number"]), *span)
    if "month" in found:
        return Token("month", word, MONTHS[found["month"]], *span)
    if "weekday" in found:
        return Token("weekday", word, WEEKDAYS[found["weekday"]], *span)
    kind = next(kind for kind in _SIMPLE if kind in found)
    return Token(kind, word, 0, *span)
