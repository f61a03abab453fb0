"""Numbers in words, as in "onze mai deux mille dix-sept": days of the month and years of this century."""

from __future__ import annotations

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}


def _spelt(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = number // 10 * 10, number % 10
    return _TENS[tens] if not unit else f"{_TENS[tens]}-et-un" if unit == 1 else f"{_TENS[tens]}-{_UNITS[unit]}"


_DAYS = {_spelt(number): number for number in range(1, 32)} | {"premier": 1}
_YEARS = {f"deux-mille-{_spelt(number)}": 2000 + number for number in range(1, 60)}


def _any(names: dict[str, int]) -> str:
    return "|".join(name.replace("-", "[ -]") for name in sorted(names, key=len, reverse=True))


DAY_PATTERN = rf"(?<![a-z-])(?:{_any(_DAYS)})(?![a-z-])"
"""A day of the month in folded words; only what follows tells whether it is one."""
YEAR_PATTERN = rf"(?<![a-z-])(?:{_any(_YEARS)})(?![a-z-])"


def spelt_number(words: str) -> int:
    """The number that words matched by `DAY_PATTERN` or `YEAR_PATTERN` say."""
    name = words.replace(" ", "-")
    return _DAYS[name] if name in _DAYS else _YEARS[name]
