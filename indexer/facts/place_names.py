"""What one name means in a place field: a commune, an EPCI, a département, a région, or a name that several bear."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.facts import geography
from indexer.facts.geography_epci import epci_acronym, epci_around, epci_bare, epci_called, is_core
from indexer.facts.place_leads import departement_in, end_of, region_in, towns
from indexer.facts.place_readings import Reading, place_of, reading_of, region_place
from indexer.facts.plain import plain
from indexer.model import Place

_CODE = r"(?:\d\d|2[ab]|97[1-8]|98[678])"
_RANK = r"(?:\d{1,2}|[ivx]+)\s?(?:ers?|re|(?:i?e)?mes?|nde?|es?|°)?"
_RANKS = rf"{_RANK}(?:\s?(?:et|,|/|-)\s?{_RANK})*"
_ARRONDISSEMENT = r"arr(?:ondissements?|o?ndt|ts?|dts?)?\.?"
_DISTRICT = re.compile(
    rf"^(?:(?:a|dans|sur)\s+)?(?P<city>paris|lyon|marseille)[\s,(-]+(?:le )?{_RANKS}\s*(?:{_ARRONDISSEMENT})?\)?$"
    rf"|^(?:(?:a|dans|sur)\s+)?(?:les?\s+)?{_RANKS}\s*{_ARRONDISSEMENT}\s*(?:de\s+|,\s*|a\s+|-\s*|\()?(?P<of>paris|lyon|marseille)\)?$"
)
_NUMBER = re.compile(
    r"^(?:(?:dans|sur|pour)\s+)?(?:(?:les?|la|du)\s+)?(?:dep(?:artements?|ts?|\.)*\s*(?:n°|:)?\s*)?"
    rf"(?:de\s+)?(?:l[ea]\s+)?\(?(?P<code>{_CODE})\)?$"
)
_NUMBERED = re.compile(rf"^(?:(?P<a>{_CODE})\s*[-–:]?\s+(?P<b>\D+)|(?P<c>\D+?)(?:\s*[-–,]\s*|\s+)(?P<d>{_CODE}))$")
_AREA_AFTER = re.compile(r"\s+(?:en\s+|(?=dans\s+l)|(?=de\s+l['a]))")
_ARTICLE = re.compile(r"^(?:dans|en|sur|departement|la|le|l'|les)\b")
_TO_TOWN = re.compile(r"^(?:a|ville|mairie|commune)\s")
_PART = re.compile(r"(?:[\s-]+(?:nord|sud|est|ouest|centre|ville|intra[- ]muros|(?:et\s+)?(?:ses\s+)?(?:environs|alentours)))+$")
_SEAT = re.compile(
    r"^(?:(?:a|au|aux|dans|en|chez|sur)\s+)?(?:(?:le|la|les)\s+|l')?"
    r"(?:(?:siege|locaux|hotel|bureaux|services|maison|territoire)\s+(?:de la |de l'|du |de |d'))?"
)
_MAX_NAME = 120
_MAX_DISTRICT = 20


def name_of(name: str) -> Reading | None:
    """The one thing in France that bears a name, or the homonym; None when nothing does."""
    if not name or len(name) > _MAX_NAME:
        return None
    for rule in (_district, _number, _numbered, _region, _epci, _town_or_departement, _in_area, _part_of_town, _initials):
        if reading := rule(name):
            return reading
    return None


def bare_epci(name: str) -> Reading | None:
    """The EPCI that a name means without saying its kind ("Pays noyonnais"), where it is no town or area."""
    folded = plain(name)
    words = name[end_of(_SEAT, folded) :]
    if len(name) > _MAX_NAME or len(words) < 4 or words.islower():
        return None
    reading = reading_of(epci_bare(words), name)
    if isinstance(reading, Place) and (not is_core(words) or folded.startswith("les ")):
        return replace(reading, certainty="inferred", basis="nom abrégé d’intercommunalité")
    return reading


def _district(name: str) -> Reading | None:
    """ "Paris 18e", "Lyon 3ème", "18e arrondissement de Paris": the city."""
    district = _DISTRICT.match(plain(name))
    return reading_of(geography.communes_named(district["city"] or district["of"]), name) if district else None


def _number(name: str) -> Reading | None:
    """ "60", "le 93", "dép. 59"."""
    number = _NUMBER.match(plain(name))
    departement = geography.departement_of(number["code"]) if number else None
    return place_of(departement, name) if departement else None


def _numbered(name: str) -> Reading | None:
    """ "Saint-Denis 93", "60 - Beauvais", "59 Nord"."""
    match = _NUMBERED.match(plain(name))
    if not match:
        return None
    start, end = match.span("b" if match["b"] else "c")
    departement = geography.departement_of(match["a"] or match["d"])
    words = name[start:end].strip(" -–,")
    if departement is None or not words:
        return None
    if departement == departement_in(words) and departement.name != "Paris":
        return place_of(departement, name)
    return reading_of(towns(words, departement.code), name)


def _region(name: str) -> Reading | None:
    region = region_in(name)
    departement = geography.departement_named(name)
    return region_place(region, name) if region and departement is None and not _TO_TOWN.match(plain(name)) else None


def _epci(name: str) -> Reading | None:
    """An EPCI whose kind is said, unless it is a town's name too."""
    words = name[end_of(_SEAT, plain(name)) :]
    if geography.communes_named(words):
        return None
    if found := epci_called(words):
        return reading_of(found, name)
    around = epci_around(words)
    if around is None:
        return None
    return replace(place_of(around, name), certainty="inferred", basis="intercommunalité de cette commune")


def _town_or_departement(name: str) -> Reading | None:
    folded = plain(name)
    departement = departement_in(name)
    found = towns(name)
    if departement is None or (found and _TO_TOWN.match(folded)):
        return reading_of(found, name)
    if not found or _ARTICLE.match(folded):
        return place_of(departement, name)
    if departement.name == "Paris":
        return place_of(found[0], name)
    return reading_of([*found, departement], name)


def _in_area(name: str) -> Reading | None:
    """ "Saint-Denis de La Réunion", "Valence dans la Drôme"."""
    match = _AREA_AFTER.search(plain(name))
    area = departement_in(name[match.end() :]) if match else None
    return reading_of(towns(name[: match.start()], area.code), name) if match and area else None


def _part_of_town(name: str) -> Reading | None:
    """ "Lille Sud", "Beauvais et ses environs"."""
    part = _PART.search(plain(name))
    return reading_of(towns(name[: part.start()]), name) if part and part.start() else None


def _initials(name: str) -> Reading | None:
    """ "CABBALR": never more than inferred, for other bodies have initials too."""
    reading = reading_of(epci_acronym(re.sub(r"^(?:à|dans|de)\s+(?:la\s+)?|^la\s+|\.", "", name)), name)
    return replace(reading, certainty="inferred", basis="sigle") if isinstance(reading, Place) else reading


def is_district_number(city: str, words: str) -> bool:
    """Whether what stands between brackets is a district: "Paris (18e)", "Lyon (3)"."""
    number = int(re.sub(r"\D", "", words) or 1)
    return number <= _MAX_DISTRICT and _DISTRICT.match(f"{plain(city)} {plain(words)}") is not None
