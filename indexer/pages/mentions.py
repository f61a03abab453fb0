"""When was a page published and modified, and where does it say that it lives? The sentences in which sites say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from indexer.folding import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout aou",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ],
        1,
    )
    for name in names.split()
}
_WHEN = (
    r"(?:[a-z]{3,8}\.?,?\s+)?(?:(?P<d>\d{1,2})(?:er)?\s+(?P<month>[a-z]{3,9})\.?\s+(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4})|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))"
    r"(?:\s*(?:[-–,T]|a)?\s*(?P<hour>[01]?\d|2[0-3])\s?[:h]\s?(?P<minute>[0-5]\d)?(?::\d\d)?)?"
)
_THING = r"(?:(?:article|page|fiche|actualite|document|contenu|information|notice)\s+)?"
_SAID = re.compile(
    _THING
    + r"(?:(?P<published>(?:publiee?|mise? en ligne|postee?|parue?|date de (?:publication|parution|mise en ligne)|publication)"
    r"(?: par [^\n]{1,60}?)?)"
    r"|(?P<modified>(?:derniere )?(?:modifiee?|mise? a jour|modification|actualisee?|date de (?:mise a jour|modification))))"
    r"\s*+(?:le\b|:)?\s*+:?\s*+" + _WHEN + r"\s*[.)]?"
)
_SOURCE = re.compile(
    r"^\W{0,4}URL(?: de la)? source\s*(?:\((?P<when>[^)\n]*)\))?\W{0,4}?:\W{0,4}?\s*<?(?P<url>https?://[^\s>)\]]+)?", re.I
)
_START = re.compile(
    r"[\W_]*(?:article|page|fiche|actualit|document|contenu|information|notice|publi|mis|post|paru|date|derni|modifi|actualis)",
    re.I,
)
"""How a mention begins, accents or not: few other lines do."""
_BYLINE = re.compile(_WHEN + r"\s*,\s*par\b.{1,60}")
_LONGEST = 200
_MOST_LEFT = 40
"""A line that says more than this beside its dates is a sentence, not a mention of the site."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one line says of the page itself. `rest` are the words of the line that say something else."""

    published: date | None = None
    modified: datetime | None = None
    url: str | None = None
    rest: str = ""


def read_mention(line: str) -> Mention | None:
    """What a line such as "Publié le ven, 24/03/2017 - 10:00" or "URL de la source (modifié le …): <…>" says; None for others."""
    if source := _SOURCE.match(line):
        said = _SAID.search(fold(source["when"] or ""))
        return Mention(modified=_moment(said) if said else None, url=source["url"])
    if len(line) <= _MOST_LEFT * 2 and ", par " in line and (said := _BYLINE.fullmatch(fold(line).strip())):
        moment = _moment(said)
        return Mention(published=moment.date()) if moment else None
    if len(line) > _LONGEST or not _START.match(line):
        return None
    folded = fold(line).strip(" \t*_-–—•|")
    found = list(_SAID.finditer(folded))
    rest = _SAID.sub(" ", folded).strip(" \t*_-–—•|,;.()[]/")
    if not found or found[0].start() > 0 or len(rest) > _MOST_LEFT:
        return None
    published = next((moment.date() for said in found if said["published"] and (moment := _moment(said))), None)
    modified = next((moment for said in found if said["modified"] and (moment := _moment(said))), None)
    return Mention(published, modified, None, rest) if published or modified else None


def _moment(said: re.Match[str]) -> datetime | None:
    month = _MONTHS.get(said["month"]) if said["month"] else int(said["m2"] or said["m3"])
    day, year = (next(int(said[name]) for name in names if said[name]) for names in (("d", "d2", "d3"), ("y", "y2", "y3")))
    try:
        return datetime(year, month or 0, day, int(said["hour"] or 0), int(said["minute"] or 0))
    except ValueError:
        return None


def read_timestamp(value: str) -> datetime | None:
    """An ISO 8601 date or instant of a page's metadata, as the clock of France showed it (without zone)."""
    value = value.strip()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        said = _SAID.match("publie le " + fold(value[:40]))
        return _moment(said) if said else None
    return moment if moment.tzinfo is None else _in_france(moment)


def _in_france(moment: datetime) -> datetime:
    """Central European time by the rule in force since 1996 (directive 2000/84/CE); no time-zone database is needed."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return utc + timedelta(hours=2 if summer else 1)


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    return datetime.combine(last - timedelta(days=(last.weekday() + 1) % 7), time(1))
