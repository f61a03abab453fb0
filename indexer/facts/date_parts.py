"""Words for parts of the year (seasons, quarters, school years) and for times told from the day of writing ("hier").

Seasons are whole months, as the reader of a calendar counts them: spring is March to May, winter December to February of the next
year, so that "hiver 2020" is that of 2020-2021. A school, university or theatre year runs from September to August.
"""

from __future__ import annotations

from itertools import product
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "month", "year"]


class Part(NamedTuple):
    """The first and last month of a part of the year; the last one is in the next year when it is the smaller."""

    first: int
    last: int


class Near(NamedTuple):
    """`offset` days, weeks, months or years from the day of writing."""

    unit: Unit
    offset: int


SCHOOL_YEAR = Part(9, 8)
_SEASONS = {"printemps": Part(3, 5), "ete": Part(6, 8), "automne": Part(9, 11), "hiver": Part(12, 2), "rentree": Part(9, 9)}
_ORDINALS = {
    **dict.fromkeys(("1er", "1ere", "1e", "premier", "premiere", "ier", "i"), 1),
    **dict.fromkeys(("2e", "2eme", "2nd", "2nde", "second", "seconde", "deuxieme", "iie", "ii"), 2),
    **dict.fromkeys(("3e", "3eme", "troisieme", "iiie", "iii"), 3),
    **dict.fromkeys(("4e", "4eme", "quatrieme", "ive", "iv"), 4),
    "dernier": 0,
}


def _numbered(most: int, unit: str) -> str:
    """A pattern of an ordinal up to `most` with its unit, which may stand behind others joined to it: "1er et 2e trimestres"."""
    ordinal = "|".join(sorted((word for word, number in _ORDINALS.items() if number <= most), key=len, reverse=True))
    others = rf"(?:\s?(?:et|au?|[,–/&-])\s?(?:le\s)?(?:{ordinal})){{0,3}}"
    return rf"(?<![a-z\d])(?:{ordinal})(?={others}\s{unit})(?:\s{unit})?"


_YEAR = r"(?:19|20)\d\d"
_RENTREE = r"rentree(?!(?:\s[a-z]+)?\sd[eu]s?\s[a-z])(?:\s(?:scolaire|universitaire))?"
_SUMMER = (
    rf"ete(?=\s{_YEAR}|\s(?:prochain|dernier)|\s?[-–/]\s?(?:automne|{_YEAR}))"
    r"|(?:^|(?<=l')|(?<=d')|(?<=en )|(?<=cet )|(?<=[-–/])|(?<=[-–/] ))ete"
)
_JOINED = r"(?:\s?[-/–]\s?|\set\s)"

PART_PATTERNS = {
    "part_season": rf"(?<![a-z])(?:printemps|automne|hiver|{_SUMMER}|{_RENTREE})(?![a-z])",
    "part_school": rf"(?:annees?\s(?:scolaires?|universitaires?)|saison(?:\s[a-z]+)?)(?=\s{_YEAR}\s?[-/–])",
    "part_quarter": _numbered(4, r"trim(?:estre)?s?(?![a-z])\.?"),
    "part_half": _numbered(2, r"sem(?:estre)?s?(?![a-z])\.?"),
    "part_quarter_number": r"(?<![a-z])trim(?:estre)?\s[1-4](?!\d)",
    "part_half_number": r"(?<![a-z])semestre\s[12](?!\d)",
    "part_quarter_code": rf"(?<![a-z\d])[tq][1-4](?=(?:{_JOINED}[tq][1-4])?[\s/-]\s?{_YEAR}(?!\d))"
    r"|(?<=\d\d\d\d[\s-])[tq][1-4](?![a-z\d])"
    rf"|(?<!\d)[1-4]\s?t(?=\s?{_YEAR}(?!\d))",
    "part_half_code": rf"(?<![a-z\d])s[12](?=(?:{_JOINED}s[12])?[\s/-]\s?{_YEAR}(?!\d))|(?<=\d\d\d\d[\s-])s[12](?![a-z\d])",
}
"""How folded words name parts of the year, tokens of kind "part"; "été" alone is rather a participle."""

_BACK = ("dernier", "derniere", "passe", "passee", "ecoule", "ecoulee")
_AHEAD = ("prochain", "prochaine")
_NOUNS: dict[str, Unit] = {"semaine": "week", "mois": "month", "an": "year", "annee": "year"}
_NEAR = {
    "avant-hier": Near("day", -2),
    "hier": Near("day", -1),
    "demain": Near("day", 1),
    "apres-demain": Near("day", 2),
    "aujourd'hui": Near("day", 0),
    "ce jour": Near("day", 0),
    "ce matin": Near("day", 0),
    "ce soir": Near("day", 0),
    "cet apres-midi": Near("day", 0),
    "cette apres-midi": Near("day", 0),
    "cette semaine": Near("week", 0),
    "ce mois-ci": Near("month", 0),
    "ce mois": Near("month", 0),
    "mois courant": Near("month", 0),
    "cette annee": Near("year", 0),
    **{f"{noun} {word}": Near(_NOUNS[noun], -1) for noun, word in product(_NOUNS, _BACK)},
    **{f"{noun} {word}": Near(_NOUNS[noun], 1) for noun, word in product(_NOUNS, _AHEAD)},
}
NEAR_PATTERN = "(?<![a-z-])(?:" + "|".join(sorted(_NEAR, key=len, reverse=True)) + ")(?![a-z])"


def part_of_year(name: str, words: str) -> Part:
    """The months that `words`, matched by the pattern called `name`, mean."""
    if name == "part_season":
        return _SEASONS[words.split()[0]]
    if name == "part_school":
        return SCHOOL_YEAR
    number = next((int(character) for character in words if character.isdigit()), 0) or _ORDINALS[words.split()[0]]
    months = 3 if name.startswith("part_quarter") else 6
    number = number or 12 // months  # "dernier"
    return Part(months * (number - 1) + 1, months * number)


def near(words: str) -> Near:
    """What words matched by `NEAR_PATTERN` mean."""
    return _NEAR[words]
