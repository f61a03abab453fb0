"""What lies outside France: foreign postal codes, countries, and the cities that Babel's time zones name."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from indexer.facts.geography import communes_named, departement_named
from indexer.facts.plain import plain

_FRENCH_TERRITORIES = frozenset(["FR", "GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"])
_COUNTRIES = (
    *("angleterre", "ecosse", "pays de galles", "hollande", "republique tcheque", "grande-bretagne", "usa", "palestine"),
    *("etranger", "wallonie", "flandre belge", "catalogne", "quebec", "royaume uni", "pays bas", "rdc"),
)
_CITIES = (
    *(
        "tournai",
        "mouscron",
        "courtrai",
        "charleroi",
        "liege",
        "namur",
        "gand",
        "anvers",
        "ypres",
        "louvain",
        "geneve",
        "lausanne",
    ),
    *("berne", "bale", "kehl", "sarrebruck", "francfort", "cologne", "hambourg", "munich", "stuttgart", "fribourg-en-brisgau"),
    *(
        "barcelone",
        "bilbao",
        "milan",
        "turin",
        "naples",
        "genes",
        "rotterdam",
        "la haye",
        "birmingham",
        "manchester",
        "liverpool",
    ),
    *("berlin", "madrid", "rome", "amsterdam", "dublin", "prague", "budapest", "helsinki", "oslo", "tunis", "dakar", "zurich"),
    *("porto", "cracovie", "marrakech", "rabat", "new york", "ottawa"),
)
_FOREIGN_CODE = re.compile(
    r"(?<![\w-])(?!F ?-)[A-Z]{1,2} ?- ?\d{4,5}(?!\d)(?=\s+[A-ZÀ-Ý])|(?<![\w-])(?!F-)[A-Z]{1,3}-\d{4,5}(?!\d)"
)
_LED = re.compile(r"^(?:\d{4,5}\s+)?(?:(?:en|au|aux|a|la|le|les|l')\b\s*)*")
_SEGMENTS = re.compile(r"[,;:()/\[\]]|\s[-–_]\s")


def is_abroad(text: str) -> bool:
    """Whether an address has a foreign postal code ("D-77694") or names a country or a foreign city apart ("en Belgique")."""
    if _FOREIGN_CODE.search(text):
        return True
    segments = (segment.strip(" .") for segment in _SEGMENTS.split(plain(text)))
    return any(name in _foreign() for segment in segments for name in (segment, segment[_lead(segment) :]))


def _lead(segment: str) -> int:
    match = _LED.match(segment)
    return match.end() if match else 0


@cache
def _foreign() -> frozenset[str]:
    """The French names of the countries of the world but France and of foreign cities, those that communes bear left out."""
    locale = Locale("fr")
    territories = ((str(code), name) for code, name in locale.territories.items())
    named = (name for code, name in territories if len(code) == 2 and code.isalpha() and code not in _FRENCH_TERRITORIES)
    countries = {plain(name) for name in named} | set(_COUNTRIES)
    zones = {plain(names.get("city", zone.rsplit("/")[-1])) for zone, names in locale.time_zones.items()} | set(_CITIES)
    return frozenset(countries | {city for city in zones if not communes_named(city) and not departement_named(city)})
