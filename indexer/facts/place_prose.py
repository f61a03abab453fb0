"""Places of prose: only what a strong anchor names."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.facts.place_anchors import anchors, read_anchor
from indexer.facts.place_online import Presence, take_online
from indexer.facts.venues import Venue, venue_in
from indexer.model import Place

_NOTHING = Presence("", "", "")
_ONLINE = re.compile(r"\ben (?:visio\S*|distanciel|(?:(?:mode|format) )?hybride|webinaire)\b|\bwebinaire\b", re.IGNORECASE)


class Prose(NamedTuple):
    """The communes that prose names for certain, and what it says of being online."""

    places: list[Place]
    presence: Presence


def read_prose(text: str, venues: tuple[Venue, ...]) -> Prose:
    """The places of postal codes with their commune and of "Ville (NN)"; without one, those of known venues that one goes to."""
    places: list[Place] = []
    for line in text.splitlines():
        places += _anchored(line)
    if not places:
        venue = venue_in(text, venues, led=True)
        places = [venue] if venue else []
    return Prose(places, _presence(text))


def _anchored(line: str) -> list[Place]:
    found: list[Place] = []
    begin = 0
    for anchor in anchors(line):
        read = read_anchor(line, begin, anchor) if anchor.start() >= begin else None
        if read:
            begin = read.end
            if isinstance(read.reading, Place) and read.reading.insee:
                found.append(read.reading)
    return found


def _presence(text: str) -> Presence:
    said = _ONLINE.search(text)
    return take_online(said.group()) if said else _NOTHING
