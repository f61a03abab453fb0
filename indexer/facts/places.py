"""Where? The places of the value of a place field: communes, départements, régions, online, abroad, or honestly unknown."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.facts.place_grammar import read_value
from indexer.facts.place_words import take_online
from indexer.facts.plain import tidy
from indexer.model import Place

_VALUES = re.compile(r"\n|;|\||•")
_MAX_FIELD = 2_000
"""Characters of a place field that are read: a longer one is prose gone astray."""


def parse_places(text: str) -> tuple[Place, ...]:
    """The places of the value of a place field, in order, without doubles; empty for an empty field.

    What a value says is taken from the tables of indexer/facts/data. A commune that is not in them is kept as written where a
    postal code or a département stands with it. A hybrid event is the place and "online". A field that names nothing known for
    certain (a bare homonym, a venue) is one place of kind "unknown".
    `source` holds the words read: the whole value when it is one place.
    """
    text = tidy(text)[:_MAX_FIELD]
    if not text:
        return ()
    places: list[Place] = []
    online: list[Place] = []
    for value in filter(None, (part.strip() for part in _VALUES.split(text))):
        rest, words = take_online(value)
        found = read_value(rest) if rest else []
        places += [replace(found[0], source=value)] if len(found) == 1 and not words else found
        online += [Place("online", words)] if words else []
    once = {replace(place, source=""): place for place in reversed(places + online[:1])}
    return tuple(reversed(once.values())) or (Place("unknown", text),)
