"""What names mean in place fields: communes, départements, régions and EPCI, alone or among the segments of an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.facts import geography
from indexer.facts.geography import Commune, Departement
from indexer.facts.place_words import trim
from indexer.facts.plain import plain
from indexer.model import Place

LISTS = re.compile(r"\s*[,;/&]\s*|\s+et\s+|\s+[_–—-]\s+|\s+puis\s+")
SEGMENTS = re.compile(r"\s*[,;/()]\s*|\s+[–—_-]\s+")
_BEFORE_TOWN = re.compile(
    r"^(?:(?:a|au|aux|en|dans|sur|chez)\s+)?(?:(?:la\s+|le\s+|l')?(?:ville|commune|mairie|hotel de ville|centre-ville)\s+"
    r"(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+|d')?)?"
)
_BEFORE_AREA = re.compile(
    r"^(?:(?:dans|en|a|au|sur|tout|toute)\s+)*(?:(?:la |le |l'|les )?(?:departement|region|prefecture"
    r"|conseil departemental|conseil regional)\s+)?(?:de la |de l'|du |des |de |d'|la |le |l'|les )?"
)
_ARTICLE = re.compile(r"^(?:dans|en|sur|departement|la|le|l'|les)\b")
_DISTRICT = re.compile(r"^(paris|lyon|marseille)\s+(?:\d{1,2}|[ivx]+)\s?(?:er|eme|e)?(?:\s+arr(?:ondissement|t)?\.?)?$")
_NOT_A_TOWN = frozenset(
    (
        *("salle", "salles", "centre", "maison", "maisons", "mairie", "port", "parc", "theatre", "campus", "gare", "source"),
        *("espace", "lieu", "cite", "halle", "la salle", "le port", "le parc", "le centre", "les salles", "la source"),
    )
)
"""Communes bear these names too, but in a segment of an address they are a venue."""


def read_names(text: str) -> list[Place]:
    """Names without a code: the whole value, a list that is known whole, or what an address's segments name for certain."""
    if whole := _segment(trim(text)):
        return [whole]
    listed = [trim(name) for name in LISTS.split(text)]
    places = [_segment(name) for name in listed if name]
    if all(places):
        return _settled(listed, [place for place in places if place])
    segments = [trim(segment) for segment in SEGMENTS.split(text)]
    known = [place for segment in segments if (place := _segment(segment))]
    return _settled(segments, known)


def _settled(names: Iterable[str], places: list[Place]) -> list[Place]:
    """The towns among places; with none, a homonym settled by the area named beside it, else the areas."""
    towns = [place for place in places if place.kind == "commune"]
    if towns:
        return towns
    for area in places:
        for name in names:
            found = [commune for commune in geography.communes_named(bare_name(name)) if _lies_in(commune, area)]
            if len(found) == 1 and plain(name) not in _NOT_A_TOWN:
                return [commune_place(found[0], name)]
    return places


def _lies_in(commune: Commune, area: Place) -> bool:
    if area.epci:
        return commune.epci == area.epci
    if area.departement_code:
        return commune.departement.code == area.departement_code
    return commune.departement.region == area.region


def _segment(words: str) -> Place | None:
    return None if plain(words) in _NOT_A_TOWN else _name(words)


def _name(name: str) -> Place | None:
    """The one thing in France of that name: a commune, an EPCI, a département or a région."""
    if not name or len(name) > 120:
        return None
    epci = geography.epci_named(re.sub(r"^(?:à|a|au|dans)\s+(?:la\s+|le\s+)?", "", name, flags=re.IGNORECASE))
    if epci and not geography.communes_named(name):
        departement = epci.departement
        if departement:
            return replace(departement_place(departement, name), epci=epci.name)
        return Place("region" if epci.region else "unknown", name, epci=epci.name, region=epci.region)
    departement, region = departement_in(name), region_in(name)
    commune = commune_alone(name)
    if commune and (departement is None or commune.departement_code == departement.code):
        return commune
    if departement and (not geography.communes_named(name) or _ARTICLE.match(plain(name))):
        return departement_place(departement, name)
    return Place("region", name, region=region) if region and departement is None else None


def commune_alone(name: str) -> Place | None:
    """The commune of a name that only one in France has."""
    district = _DISTRICT.match(plain(name))
    found = geography.communes_named(district[1] if district else name) or geography.communes_named(bare_name(name))
    return commune_place(found[0], name) if len(found) == 1 else None


def bare_name(name: str) -> str:
    """A town's name without what leads to it: "à Noyon", "ville de Lens", "au Havre" (→ "le Havre")."""
    folded = plain(name)
    for contracted, article in (("au ", "Le "), ("aux ", "Les "), ("ville du ", "Le "), ("mairie du ", "Le ")):
        if folded.startswith(contracted) and geography.communes_named(article + name[len(contracted) :]):
            return article + name[len(contracted) :]
    match = _BEFORE_TOWN.match(folded)
    return name[match.end() :].strip() if match else name


def departement_in(name: str) -> Departement | None:
    """The département that words name, with what leads to it ("dans l’Oise", "département du Nord")."""
    match = _BEFORE_AREA.match(plain(name))
    return geography.departement_named(name) or geography.departement_named(name[match.end() if match else 0 :])


def region_in(name: str) -> str | None:
    """The région that words name, with what leads to it ("région Hauts-de-France")."""
    match = _BEFORE_AREA.match(plain(name))
    return geography.region_named(name) or geography.region_named(name[match.end() if match else 0 :])


def area_of(departement: Departement) -> tuple[str, str, str]:
    """Name, code and région of a département, in the order of the fields of `Place`."""
    return departement.name, departement.code, departement.region


def commune_place(commune: Commune, source: str) -> Place:
    """A commune of the table as a place."""
    return Place("commune", source, commune.name, commune.insee, None, commune.epci or None, *area_of(commune.departement))


def departement_place(departement: Departement, source: str) -> Place:
    """A département as a place."""
    return Place("departement", source, None, None, None, None, *area_of(departement))
