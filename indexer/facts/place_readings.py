"""What the grammar makes of words before anything else is known: places, and names that several communes or areas bear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from indexer.facts.geography import Commune, Departement, commune_of, departement_of
from indexer.facts.geography_epci import Epci, epci_members
from indexer.facts.geography_regions import Region
from indexer.facts.place_words import elided
from indexer.model import Place

Candidate = Commune | Epci | Departement


class Homonym(NamedTuple):
    """A name that means several things in France: which one is to be settled by what stands around it, or left open."""

    source: str
    candidates: tuple[Candidate, ...]


Reading = Place | Homonym


def reading_of(candidates: Iterable[Candidate], source: str) -> Reading | None:
    """The place of the only candidate, or the homonym; None without candidates."""
    found = tuple(candidates)
    if not found:
        return None
    return place_of(found[0], source) if len(found) == 1 else Homonym(source, found)


def with_source(reading: Reading, source: str) -> Reading:
    """The same, read from these words."""
    return reading._replace(source=source) if isinstance(reading, Homonym) else replace(reading, source=source)


def place_of(candidate: Candidate, source: str) -> Place:
    """A commune, département or EPCI of the tables as a place."""
    if isinstance(candidate, Commune):
        basis = f"ancienne commune {elided(candidate.former)}" if candidate.former else ""
        names = (candidate.name, candidate.insee, None, candidate.epci or None)
        return Place("commune", source, *names, *area_of(candidate.departement), basis=basis)
    if isinstance(candidate, Departement):
        return Place("departement", source, None, None, None, None, *area_of(candidate))
    levels = area_of(candidate.departement) if candidate.departement else (None, None, candidate.region)
    return Place("epci", source, None, None, None, candidate.name, *levels)


def candidate_of(place: Place) -> Candidate | None:
    """The commune or département of the tables that a place is."""
    if place.kind == "departement":
        return departement_of(place.departement_code or "")
    return commune_of(place.insee) if place.insee else None


def region_place(region: Region, source: str) -> Place:
    """A région as a place."""
    basis = f"ancienne région {region.former}" if region.former else ""
    return Place("region", source, region=region.name, basis=basis)


def area_of(departement: Departement) -> tuple[str, str, str]:
    """Name, code and région of a département, in the order of the fields of `Place`."""
    return departement.name, departement.code, departement.region


def label(candidate: Candidate) -> str:
    """A candidate as it is shown: "Saint-Denis (93)", "Vienne (département)"."""
    if isinstance(candidate, Commune):
        return f"{candidate.name} ({candidate.departement.code})"
    if isinstance(candidate, Departement):
        return f"{candidate.name} (département)"
    return f"{candidate.name} ({', '.join(sorted(candidate.departements))})"


def ambiguous(homonym: Homonym) -> Place:
    """A homonym that nothing settles."""
    return Place("ambiguous", homonym.source, candidates=tuple(map(label, homonym.candidates)))


def codes_of(candidate: Candidate) -> frozenset[str]:
    """The codes of the départements in which a candidate lies."""
    if isinstance(candidate, Epci):
        return candidate.departements
    return frozenset([candidate.code if isinstance(candidate, Departement) else candidate.departement.code])


def lies_in(candidate: Candidate, area: Place) -> bool:
    """Whether a candidate lies in the EPCI, département or région of a place."""
    if area.kind == "epci":
        return isinstance(candidate, Commune) and candidate.insee in epci_members(area.epci or "")
    if area.departement_code:
        return area.departement_code in codes_of(candidate)
    regions = {candidate.region} if isinstance(candidate, Epci | Departement) else {candidate.departement.region}
    return area.region in regions


def without_containers(readings: list[Reading]) -> list[Reading]:
    """Readings without the areas in which another of them lies ("Beauvais, Oise, Hauts-de-France" is Beauvais)."""
    places = [reading for reading in readings if isinstance(reading, Place)]
    return [reading for reading in readings if not any(_contains(reading, other) for other in places)]


def _contains(area: Reading, other: Place) -> bool:
    if isinstance(area, Homonym) or area is other:
        return False
    if area.kind == "region":
        return other.kind != "region" and other.region == area.region
    if area.kind == "departement":
        return other.kind in ("commune", "epci") and other.departement_code == area.departement_code
    return area.kind == "epci" and other.kind == "commune" and other.insee in epci_members(area.epci or "")
