"""Where? The places of a page: communes, EPCI, départements, régions, online, abroad, ambiguous, or honestly unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.facts.geography import departement_named, departement_of, departements
from indexer.facts.geography_regions import region_named
from indexer.facts.place_grammar import read_value
from indexer.facts.place_homonyms import settle
from indexer.facts.place_online import Presence, take_online
from indexer.facts.place_prose import read_prose
from indexer.facts.place_readings import Reading, with_source
from indexer.facts.place_words import is_venue, spell_out
from indexer.facts.plain import tidy
from indexer.facts.venues import Venue
from indexer.model import Place

_VALUES = re.compile(r"\n|;|\||•|·|▪|‣|(?:^|\s)\*\s")
_MAX_FIELD = 2_000
"""Characters of a place field that are read: a longer one is prose gone astray."""


@dataclass(frozen=True, slots=True)
class PlaceHints:
    """What an installation knows of its places: the codes of the network's départements, and its venues."""

    territory: frozenset[str] = frozenset()
    venues: tuple[Venue, ...] = ()


def territory_of(names: Iterable[str]) -> frozenset[str]:
    """The codes of the départements that names of régions and names or codes of départements mean.

    Raises `ValueError`, naming the first that means none, or a région of before 2016: its départements are to be named.
    """
    return frozenset(code for name in names for code in _codes(name))


def _codes(name: str) -> set[str]:
    departement = departement_of(name) if len(name) < 4 else None
    if departement := departement or departement_named(name):
        return {departement.code}
    region = region_named(name)
    if region is None:
        raise ValueError(f"« {name} » n’est ni une région, ni un département (nom ou code).")
    if region.former:
        raise ValueError(f"« {name} » est une ancienne région, aujourd’hui {region.name} : donnez ses départements.")
    return {departement.code for departement in departements() if departement.region == region.name}


def parse_places(values: Iterable[str], hints: PlaceHints = PlaceHints(), text: str = "") -> tuple[Place, ...]:
    """The places of the values of a page's place fields, in order, without doubles; empty for empty fields.

    What a value says is taken from the tables of indexer/facts/data. A commune that is not in them is kept as written where a
    postal code or a département stands with it. An event that is also online is its places and "hybrid". A homonym is settled by
    the page's other places, its `text` and the hints, and then inferred, else "ambiguous". Values that name nothing known are one
    place of kind "unknown". `source` holds the words read: the whole value when it is one place.
    """
    fields = [field for value in values if (field := tidy(value)[:_MAX_FIELD])]
    lines = [line.strip() for field in fields for line in _VALUES.split(spell_out(field)) if line.strip(" -–")]
    said = [(line, take_online(line)) for line in lines]
    readings = [reading for line, presence in said for reading in _readings(line, presence, hints)]
    places = settle(readings, text, hints.territory)
    online = _online([presence for _, presence in said], places)
    unknown = [Place("unknown", " ; ".join(fields))] if fields else []
    return _once([*places, *online] or unknown)


def find_places(text: str, hints: PlaceHints = PlaceHints()) -> tuple[Place, ...]:
    """The places that prose names by strong anchors only (a postal code, "Ville (NN)", a known venue, "en visioconférence"),
    all of them inferred."""
    found = read_prose(tidy(text), hints.venues)
    online = _online([found.presence], found.places)
    places = (replace(place, certainty="inferred", basis=place.basis or "texte de la page") for place in [*found.places, *online])
    return _once(list(places))


def _readings(line: str, presence: Presence, hints: PlaceHints) -> list[Reading]:
    """What a line names; its whole words are the source when it is one place."""
    found = read_value(presence.rest, hints.venues) if presence.rest else []
    if len(found) != 1 or presence.online or presence.hybrid:
        return found
    return [with_source(found[0], line)]


def _online(presences: list[Presence], places: list[Place]) -> list[Place]:
    """ "online", or "hybrid" where an event is also at a place."""
    hybrid = next((presence.hybrid for presence in presences if presence.hybrid), "")
    online = next((presence.online for presence in presences if presence.online), "")
    at_venue = any(is_venue(said[0]) and len(said) > 1 for presence in presences if (said := presence.rest.split()))
    if hybrid or (online and (places or at_venue)):
        return [Place("hybrid", hybrid or online)]
    return [Place("online", online)] if online else []


def _once(places: list[Place]) -> tuple[Place, ...]:
    """Places without doubles: of two that are the same, the stated one, the one with its postal code."""
    best: dict[Place, Place] = {}
    for place in places:
        key = replace(place, source="", basis="", certainty="stated", postcode=None)
        best[key] = max(best.get(key, place), place, key=lambda same: (same.certainty == "stated", same.postcode is not None))
    return tuple(best.values())
