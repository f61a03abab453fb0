"""Places without a code: a name, a list of names, or the segments and the last words of an address."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.facts import geography
from indexer.facts.geography import Commune, Departement
from indexer.facts.place_names import bare_epci, name_of
from indexer.facts.place_readings import Homonym, Reading, candidate_of, lies_in, place_of, without_containers
from indexer.facts.place_words import is_venue, trim
from indexer.facts.plain import plain
from indexer.facts.venues import Venue, venue_in
from indexer.model import Place

JOINED = re.compile(r"\s*[/&+;|•]\s*|\s+(?:et|puis|ou|ainsi qu(?:e|['’]à?))\s+|\s+_\s+", re.IGNORECASE)
LISTS = re.compile(rf"{JOINED.pattern}|\s*[,:]\s*|\s+[–—-]\s+|\s*\*\s*", re.IGNORECASE)
SEGMENTS = re.compile(r"\s*[,;:/()|*]\s*|\s+[–—_-]\s+|\.\s+(?=[A-ZÀ-Ý])")
_TO_TOWN = re.compile(r"(?:^|\s)(?:à|au|aux)\s+(?=[A-ZÀ-Ý«\"])")
_BODY_OF = re.compile(r"^(?P<body>[A-Z]{2,6})\s+(?:de la ville |du |de |d['’]|(?=de la |de l['’]))?(?=[A-ZÀ-Ýdl])")
_TO_EPCI = re.compile(
    r"(?:\s|['’])(?=(?:C\.?[ACU]\.?|MEL|Agglo\w*|Métropole|Communauté|communauté|agglomération|métropole|région|département)\s)"
)
_NO_TOWN_BEFORE = re.compile(r"d[eu]s?|la|les?|aux?|en|et|saint|sainte|st|ste")
_MAX_START = 5
_NOT_A_TOWN = frozenset(
    (
        *("salle", "salles", "centre", "maison", "maisons", "mairie", "port", "parc", "theatre", "campus", "gare", "source"),
        *("espace", "lieu", "cite", "halle", "la salle", "le port", "le parc", "le centre", "les salles", "la source"),
        *("ville", "villes", "place", "bureau", "accueil", "sens", "bar", "mars", "plateau", "chateau", "moulin"),
    )
)
"""Communes bear these names too, but in a segment of an address they are a venue or a word."""


def read_names(text: str, venues: tuple[Venue, ...]) -> list[Reading]:
    """The first that says something: the whole value, its joined parts, a list known whole, the segments of an address, the
    town at their end, a known venue, the bare name of an EPCI."""
    whole = _name(trim(text))
    if whole and not _ends_with_town(text, whole):
        return [whole]
    found = _joined(text, venues) or _listed(text) or _segments(text, venues)
    if found:
        return found
    venue = venue_in(text, venues)
    epci = bare_epci(trim(text))
    return [reading for reading in (venue, epci, _at_start(trim(text))) if reading][:1]


def _ends_with_town(text: str, whole: Reading) -> bool:
    """Whether what reads as an EPCI is one's building and the town: "Hôtel de la Métropole, Lille"."""
    head, comma, town = text.rpartition(",")
    is_epci = isinstance(whole, Place) and whole.kind == "epci"
    return (
        is_epci
        and bool(comma)
        and is_venue(head.split()[0] if head.split() else "")
        and len(geography.communes_named(trim(town))) == 1
    )


def settled_inside(readings: list[Reading]) -> list[Reading]:
    """Readings with the homonyms settled by the areas named beside them, and without areas that contain another place."""
    areas = [reading for reading in readings if isinstance(reading, Place) and reading.kind in ("departement", "region", "epci")]
    return without_containers([_settled_by(areas, reading) for reading in readings])


def _settled_by(areas: list[Place], reading: Reading) -> Reading:
    if isinstance(reading, Homonym):
        for area in areas:
            found = [candidate for candidate in reading.candidates if lies_in(candidate, area)]
            if len(found) == 1:
                return replace(place_of(found[0], reading.source), basis=f"nommé à côté : {area.source}")
    return reading


def _name(words: str) -> Reading | None:
    return None if plain(words) in _NOT_A_TOWN else name_of(words)


def _joined(text: str, venues: tuple[Venue, ...]) -> list[Reading]:
    """ "X et Y" where both say something."""
    parts = [part for part in JOINED.split(text) if trim(part)]
    if len(parts) < 2:
        return []
    found = [read_names(part, venues) for part in parts]
    return settled_inside([reading for readings in found for reading in readings]) if all(found) else []


def _listed(text: str) -> list[Reading]:
    """Names between commas or dashes, all known; or cities with nothing but a blank or a hyphen between them."""
    names = [trim(name) for name in LISTS.split(text) if trim(name)]
    found = [reading for name in names if (reading := _name(name))]
    if len(found) == len(names) > 1:
        return _uncontradicted(text, settled_inside(found))
    words = [] if bare_epci(trim(text)) else trim(text).replace("-", " ").split()
    towns = [geography.communes_named(word) for word in words[:9]]
    if 1 < len(words) < 9 and all(len(named) == 1 and named[0].is_city for named in towns):
        return [place_of(named[0], word) for named, word in zip(towns, words, strict=True)]
    return []


def _uncontradicted(text: str, readings: list[Reading]) -> list[Reading]:
    """ "Nogent, Oise" where the only Nogent lies elsewhere: which of the two is meant is not known."""
    if len(readings) == 2 and all(isinstance(reading, Place) for reading in readings) and not JOINED.search(text):
        town, area = (candidate_of(reading) for reading in readings if isinstance(reading, Place))
        if isinstance(town, Commune) and isinstance(area, Departement):
            return [Homonym(text, (town, area))]
    return readings


def _segments(text: str, venues: tuple[Venue, ...]) -> list[Reading]:
    """What the segments of an address name; without a town among them, the town that ends one, or that of a known venue."""
    segments = [segment for segment in map(trim, SEGMENTS.split(text)) if segment]
    known: list[Reading] = []
    for segment in segments:
        found = [_name(part) for part in map(trim, JOINED.split(segment)) if part and not part.isdigit()]
        known += [reading for reading in found if reading] if all(found) or not is_venue(segment.split()[0]) else []
    if any(isinstance(reading, Homonym) or reading.kind == "commune" for reading in known):
        return settled_inside(known)
    ending = next((reading for segment in reversed(segments) if (reading := _at_end(segment))), None)
    venue = venue_in(text, venues) if ending is None else None
    return settled_inside([*known, *(reading for reading in (ending, venue) if reading)])


def _at_end(segment: str) -> Reading | None:
    """The place that "à" or the body's name leads to at the end of a segment, or the city that ends it."""
    leads = list(_TO_TOWN.finditer(segment))
    if leads and (reading := _name(trim(segment[leads[-1].start() :]))):
        return reading
    for lead in _TO_EPCI.finditer(segment):
        if reading := name_of(segment[lead.end() :]):
            return reading
    body = _BODY_OF.match(segment)
    reading = _name(segment[body.end() :]) if body else None
    if isinstance(reading, Place):
        return replace(reading, certainty="inferred", basis="siège de l’organisme")
    return _city_at_end(segment)


def _city_at_end(segment: str) -> Place | None:
    """ "Cinéma Le Majestic Lille", "15 rue Pasteur Beauvais": no more than inferred."""
    words = segment.split()
    if len(words) < 3 or not (is_venue(words[0]) or words[0][0].isdigit()):
        return None
    for size in range(min(4, len(words) - 2), 0, -1):
        found = geography.communes_named(" ".join(words[-size:]))
        led = _NO_TOWN_BEFORE.fullmatch(plain(words[-size - 1])) or not words[-size][0].isupper()
        if len(found) == 1 and found[0].is_city and not led:
            return replace(place_of(found[0], segment), certainty="inferred", basis="fin de l’adresse")
    return None


def _at_start(words: str) -> Place | None:
    """ "Lille-Fives", "Roubaix gare": the city that begins a short name; no more than inferred. Much bears the name of Paris."""
    said = words.split()
    if len(said) > _MAX_START:
        return None
    for head in (words.split("-")[0], *(" ".join(said[:size]) for size in range(len(said) - 1, 0, -1))):
        found = geography.communes_named(head)
        if len(found) == 1 and found[0].is_city and head[0].isupper() and found[0].name != "Paris":
            return replace(place_of(found[0], words), certainty="inferred", basis="début du nom")
    return None
