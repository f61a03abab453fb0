"""The words of French dates: from a text to tokens (day numbers, months, weekdays, years, clock times, dashes…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from babel import Locale

from indexer.facts.date_parts import NEAR_PATTERN, PART_PATTERNS, part_of_year
from indexer.facts.date_spelling import DAY_PATTERN, YEAR_PATTERN, spelt_number
from indexer.facts.plain import plain

_Word = Literal["number", "month", "part", "weekday", "year", "near", "clock", "misclock", "word"]
Kind = _Word | Literal["comma", "dash", "slash", "open", "close", "line", "mark"]
MISTYPED_YEAR = 0
"""The value of a year that has not two or four digits: no day has it."""


class Token(NamedTuple):
    """A token: its folded `word`, its offsets, its `value`: a day, a month 1–12, a weekday 0–6, a year, or minutes of the day.

    Of a "part" of the year it is 100 × first month + last month. A "misclock" is what looks like a time of day and is none.
    """

    kind: Kind
    word: str
    value: int
    start: int
    end: int


def _names(of: str, language: str = "fr") -> dict[str, int]:
    """Babel's wide and abbreviated names, folded, without the full stop."""
    forms = getattr(Locale(language), of)["format"]
    return {plain(name).rstrip("."): number for width in ("wide", "abbreviated") for number, name in forms[width].items()}


MONTHS = _names("months") | {"jan": 1, "fev": 2, "juill": 7, "aou": 8, "sep": 9}
WEEKDAYS = _names("days")
_ENGLISH = {name: number for name, number in _names("months", "en").items() if name not in (*MONTHS, *WEEKDAYS)}
_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))
_FOREIGN = {**_ENGLISH, **MONTHS, **_ROMAN}


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _numeric(separator: str) -> str:
    """Day, month and year with one separator; no more digits around, as in a telephone number; no "9/10/11 mai"."""
    s = re.escape(separator)
    between = rf"\s?{s}\s?" if separator == "/" else s
    return rf"(?<!\d)(?<!\d{s})\d{{1,2}}(?:er)?{between}\d{{1,2}}{between}\d{{2,6}}(?!\d)(?!{s}\d)(?!{_THEN_MONTH})"


_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?<![a-z])(?:{_any(MONTHS)})(?![a-z])"
_THEN_MONTH = rf"\s?(?:{_any(MONTHS)})(?![a-z])"
_JOINED = r"(?:\s*,\s*|\s+(?:et|au|ou)\s+(?:le\s+)?)"

_PATTERNS = {
    "ymd": rf"(?<!\d){_YEAR}(?:-\d\d?-|/\d\d?/|\.\d\d?\.)\d\d?(?!\d)(?:t(?=\d\d:))?",
    **{f"dmy_{at}": _numeric(separator) for at, separator in enumerate("/.-")},
    "dmy_spaced": rf"(?<!\d)(?<!\d\s)\d\d\s\d\d\s{_YEAR}(?!\d)(?!\s\d)",
    "dmy_roman": rf"(?<!\d)\d{{1,2}}[\s./-](?:{_any(_ROMAN)})[\s./-]{_YEAR}(?!\d)",
    "mdy_english": rf"(?<![a-z])(?<!\d )(?:{_any(_ENGLISH | MONTHS)})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)",
    "dmy_english": rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_any(_ENGLISH)})\.?,?\s{_YEAR}(?!\d)",
    "my": rf"(?<![\d/])\d{{1,2}}\s?/\s?{_YEAR}(?![\d/])|(?<![\d/.-])(?:0\d|1[0-2])[.-]{_YEAR}(?![\d/.-])",
    "ym": r"(?<![^\s])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?=\s*(?:$|[,;)\n]))",
    "dm": rf"(?<![\d/])[0-3]?\d/(?:0\d|1[0-2])(?![\d/])(?!{_THEN_MONTH})"
    r"|(?<![\d/.])[0-3]?\d(?:/[01]?[1-9]|\.[01]\d)(?=\s?(?:au|et|-|–|&|,)\s?(?:le\s)?[0-3]?\d[/.][01]?\d(?:\D|$))"
    rf"|(?:(?<=le )|(?<=du )|(?<=au )|(?<=di ))[0-3]?\d(?:/[1-9]|\.(?:0[1-9]|1[0-2])\.?)(?![\d/.])(?!{_THEN_MONTH})",
    "clock": r"(?<![\d:])(?<!duree )(?<!duree de )(?<!formation de )(?<!pendant )(?<!durant )"
    rf"(?:[01]?\d|2[0-4])\s?(?:heures?|h)(?:\.?\s?[0-5]\d(?!\d|\s?h(?![a-z])|{_THEN_MONTH})|(?![a-z\d]))",
    "clock_colon": r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:z\b|[+-]\d\d:\d\d)?(?![\d:])",
    "clock_spelt": rf"{DAY_PATTERN}\sheures?(?![a-z])(?:\s(?:trente|et demie))?",
    "misclock": r"(?<![\d:])(?:\d{1,3}\s?h\d{1,3}(?!\d)|2[5-9]\s?h(?![a-z])|(?:(?:2[5-9]|[3-9]\d):\d\d|\d\d:[6-9]\d)(?![\d:]))",
    **PART_PATTERNS,
    "near": NEAR_PATTERN,
    "year": rf"(?<!\d){_YEAR}(?!\d)",
    "number": rf"(?<![\d°])\d{{1,2}}(?:\s?er\b|°(?={_THEN_MONTH}))?(?!\d|[%°€]|,\d+\s?%|(?!{_THEN_MONTH}|(?:au|et)\s)[a-z])",
    "number_spelt": rf"{DAY_PATTERN}(?=(?:{_JOINED}{DAY_PATTERN}){{0,6}}\s{_MONTH})",
    "year_spelt": YEAR_PATTERN,
    "month": rf"{_MONTH}\.?",
    "weekday": rf"(?<![a-z])(?:{_any(WEEKDAYS)})s?(?![a-z])\.?",
    "clock_noon": r"(?<![a-z])(?:midi|minuit)(?![a-z])",
    "word": rf"apres[- ]midi|[a-z]+(?:-(?!(?:{_any(MONTHS)}|{_any(WEEKDAYS)})\b)[a-z]+)*|\d[\da-z]*",
    "comma": r"[,;&+]",
    "dash": r"[–‒―⁃~_→⇒>=-]+",
    "slash": r"/",
    "open": r"[(\[]",
    "close": r"[)\]]",
    "line": r"\n",
    "mark": r"[^\s']",
}
"""The forms of tokens, in the order in which they are tried. A name is the token's kind, or the order of a date's pieces ("dmy"),
and behind "_" which form of it this is."""
_ORDERS = {"dmy", "mdy", "ymd", "my", "ym", "dm"}
_PIECES = re.compile(r"\d+|[a-z]{3,}|(?<![a-z])[ivx]+(?![a-z])")
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))


def tokens(text: str) -> list[Token]:
    """The tokens of `text` (NFC). A numeric date gives a day, a month and a year, so that one grammar serves all forms."""
    return [token for match in _PATTERN.finditer(plain(text)) for token in _tokens(match)]


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    name, word = match.lastgroup or "", match.group()
    kind = name.partition("_")[0]
    if kind in _ORDERS:
        yield from (Token(piece, said, value, *match.span()) for piece, said, value in _calendar(kind, word))
    else:
        yield Token(cast("Kind", kind), word, _value(name, word), *match.span())


def _calendar(order: str, word: str) -> list[tuple[Kind, str, int]]:
    """Day, month and year of a date whose pieces stand in this order ("dmy"), as far as it has them."""
    said = dict(zip(order, _PIECES.findall(word), strict=True))
    if order == "ym" and int(said["m"]) == int(said["y"]) % 100 + 1:
        return [("year", said["y"], int(said["y"])), ("dash", "-", 0), ("year", said["m"], int(said["y"]) + 1)]
    kinds: tuple[tuple[str, Kind], ...] = (("d", "number"), ("m", "month"), ("y", "year"))
    return [(kind, said[piece], _number(kind, said[piece])) for piece, kind in kinds if piece in said]


def _number(kind: Kind, piece: str) -> int:
    return year_value(piece) if kind == "year" else int(piece) if piece.isdigit() else _FOREIGN[piece]


def year_value(digits: str) -> int:
    """The year that digits mean: two of them from 1970 to 2069; neither two nor four are a mistyped year."""
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 70 else 1900)
    return int(digits) if len(digits) == 4 else MISTYPED_YEAR


def _value(name: str, word: str) -> int:
    match name:
        case "clock" | "clock_colon":
            hour, *minutes = re.findall(r"\d+", word)
            return 60 * int(hour) + int(minutes[0] if minutes else 0)
        case "clock_spelt":
            hour, half = re.split(r" heures?", word)
            return 60 * spelt_number(hour) + (30 if half else 0)
        case "clock_noon":
            return 12 * 60 if word == "midi" else 0
        case "year" | "number":
            return int(re.sub(r"\D", "", word))
        case "number_spelt" | "year_spelt":
            return spelt_number(word)
        case "month":
            return MONTHS[word.rstrip(".")]
        case "weekday":
            return WEEKDAYS.get(word.rstrip("."), WEEKDAYS.get(word.rstrip(".s"), 0))
    if name in PART_PATTERNS:
        part = part_of_year(name, word)
        return 100 * part.first + part.last
    return 0
