"""Areas between brackets or before a colon, and the towns that lie in them: "Saintes (17)", "Dans l’Oise : Beauvais"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.facts import geography
from indexer.facts.place_leads import bare_name, departement_in, region_in, towns
from indexer.facts.place_names import name_of
from indexer.facts.place_readings import Candidate, Homonym, Reading, area_of, lies_in, place_of, reading_of, region_place
from indexer.facts.place_words import is_street, reads_as_town, town_case
from indexer.model import Place

_CODE = re.compile(r"\d\d|2[ABab]|97\d|98\d")
_HOUSE_NUMBER = re.compile(r"^\d+\s*(?:bis|ter)?\b[\s,]*")
_MAX_WORDS = 8


def area_in_brackets(words: str) -> Place | None:
    """The département, région or EPCI that brackets name: "17", "Oise", "60, Oise", "dép. 59", "MEL"."""
    if is_street(_HOUSE_NUMBER.sub("", words)):
        return None
    for part in (words.strip(), *re.split(r"\s*[,–-]\s+|\s+", words.strip())):
        code = re.sub(r"^d[ée]p(?:artement|t)?\.? ?", "", part, flags=re.IGNORECASE)
        departement = geography.departement_of(code) if _CODE.fullmatch(code) else departement_in(part)
        if departement:
            return place_of(departement, part)
        if region := region_in(part):
            return region_place(region, part)
    whole = name_of(words.strip())
    return whole if isinstance(whole, Place) and whole.kind == "epci" else None


def town_in(name: str, area: Place) -> Reading | None:
    """A commune of an area: a known one; in a département also one that is not in the table and reads as a town.

    A name that only communes elsewhere bear contradicts the area: it is a homonym of these and the département.
    """
    whole = _within(towns(name, area.departement_code), area, name) or _area_within(name, area)
    if whole:
        return whole
    said = [] if is_street(name) else name.split()
    for size in range(min(len(said) - 1, _MAX_WORDS), 0, -1):
        if found := _within(towns(" ".join(said[-size:]), area.departement_code), area, name):
            return found
    departement = geography.departement_of(area.departement_code or "")
    if departement is None or area.kind != "departement":
        return None
    bare = bare_name(name)
    longer = geography.communes_beginning(bare, departement.code) if reads_as_town(town_case(bare)) else ()
    if len(longer) == 1:
        return replace(place_of(longer[0], name), certainty="inferred", basis="nom abrégé")
    if elsewhere := towns(name):
        return reading_of([*elsewhere, departement], name)
    return Place("commune", name, town_case(bare), None, None, None, *area_of(departement)) if reads_as_town(bare) else None


def _within(candidates: Iterable[Candidate], area: Place, source: str) -> Reading | None:
    return reading_of([candidate for candidate in candidates if lies_in(candidate, area)], source)


def _area_within(name: str, area: Place) -> Reading | None:
    """The EPCI or département that a name means ("Métropole européenne de Lille (MEL)"), its homonyms elsewhere left out."""
    reading = name_of(name)
    if isinstance(reading, Homonym):
        return _within(reading.candidates, area, name)
    return reading if reading and reading.kind in ("epci", "departement", "region") else None
