"""The grammar of place fields: from the words of one value to what they name, never guessed.

value  := area ":" towns | anchor+ | names
anchor := postal code and commune ("60400 NOYON (salle bleuet)") | name and "(" area ")" ("Saintes (17)")
names  := communes, départements, régions and EPCI, alone, in lists or among the segments of an address
"""

from __future__ import annotations

import re

from indexer.facts.geography import communes_named
from indexer.facts.place_abroad import is_abroad
from indexer.facts.place_anchors import read_anchored
from indexer.facts.place_areas import area_in_brackets, town_in
from indexer.facts.place_lists import JOINED, LISTS, read_names
from indexer.facts.place_names import name_of
from indexer.facts.place_readings import Reading, without_containers
from indexer.facts.place_words import trim
from indexer.facts.venues import Venue
from indexer.model import Place

_AREA = re.compile(r"^(?P<area>[^:(]{2,80}?)\s*(?:\((?P<code>[^()]{1,40})\))?\s*:\s*(?P<towns>.+)$")
_PARTS = re.compile(rf"{JOINED.pattern}|(?<=\))\s*,\s*", re.IGNORECASE)
_ON_RIVER = re.compile(r"(?P<town>[A-ZÀ-Ý][\w'’-]*)/(?P<river>[A-ZÀ-Ý]\w+)")
_AREAS = ("departement", "region", "epci")


def read_value(text: str, venues: tuple[Venue, ...]) -> list[Reading]:
    """What one value names; nothing when it names nothing known. `source` holds the words of each."""
    text = _ON_RIVER.sub(_on_river, text)
    parts = _PARTS.split(text)
    if any(is_abroad(part) for part in parts):
        readings = [reading for part in parts for reading in _read_part(part, venues)]
        return readings if any(not _is_abroad(reading) for reading in readings) else [Place("abroad", text)]
    return _area_list(text) or read_anchored(text) or read_names(text, venues)


def _on_river(match: re.Match[str]) -> str:
    """ "Ivry/Seine" where a commune has the name with "sur"."""
    name = f"{match['town']}-sur-{match['river']}"
    return name if communes_named(name) else match.group()


def _read_part(part: str, venues: tuple[Venue, ...]) -> list[Reading]:
    if is_abroad(part):
        return [Place("abroad", part)]
    return read_anchored(part) or read_names(part, venues)


def _is_abroad(reading: Reading) -> bool:
    return isinstance(reading, Place) and reading.kind == "abroad"


def _area_list(text: str) -> list[Reading]:
    """ "Dans l’Oise (60) : Beauvais _ Montataire"."""
    match = _AREA.match(text)
    area = (area_in_brackets(match["code"]) if match["code"] else None) or name_of(trim(match["area"])) if match else None
    if match is None or not isinstance(area, Place) or area.kind not in _AREAS:
        return []
    towns = [trim(town) for town in LISTS.split(match["towns"])]
    found = [reading for town in towns if town and (reading := town_in(town, area) or name_of(town))]
    return without_containers([area, *found])
