"""The grammar of place fields: from the words of one value to places that are known, never guessed.

value  := area ":" towns | anchor+ | names
anchor := postal code and commune ("60400 NOYON (salle bleuet)") | commune and "(" département ")" ("Saintes (17)")
names  := communes, départements, régions and EPCI, alone or among the segments of an address
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.facts import geography
from indexer.facts.geography import Commune, Departement
from indexer.facts.place_names import (
    LISTS,
    SEGMENTS,
    area_of,
    bare_name,
    commune_alone,
    commune_place,
    departement_in,
    departement_place,
    read_names,
    region_in,
)
from indexer.facts.place_words import is_abroad, reads_as_town, town_case, trim
from indexer.facts.plain import plain
from indexer.model import Place

_POSTCODE = re.compile(r"(?<![\w-])(?:F[- ])?(\d{5}|\d{2} \d{3}(?= [A-ZÀ-Ý]))(?![\d-])")
_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_AREA = re.compile(r"^(?:dans |en |sur )?(?P<area>[^:(]{2,60}?)\s*(?:\((?P<code>\w{2,3})\))?\s*:\s*(?P<towns>.+)$", re.IGNORECASE)
_JOINED = re.compile(r"\s*[/&]\s*|\s+(?:et|puis)\s+|\s+_\s+")
_TOWN_ENDS = re.compile(r"\s*[,;()\n/|:&+]|\s+[–—_-](?:\s|$)|\s+cedex\b|\s+\d|\s+(?:et|puis|ou)\s|$", re.IGNORECASE)


def read_value(text: str) -> list[Place]:
    """The places that one value names for certain; none when it names none. `source` holds the words of each."""
    parts = _JOINED.split(text)
    if is_abroad(text):
        if len(parts) > 1:
            places = [place for part in parts for place in read_value(part)]
            if any(place.kind != "abroad" for place in places):
                return places
        return [Place("abroad", text)]
    return _area_list(text) or _anchored(text) or read_names(text)


def _area_list(text: str) -> list[Place]:
    """ "Dans l’Oise (60) : Beauvais _ Montataire"."""
    match = _AREA.match(text)
    if match is None:
        return []
    area = (geography.departement_of(match["code"]) if match["code"] else None) or departement_in(match["area"])
    region = region_in(match["area"])
    if area is None and region is None:
        return []
    towns = [trim(town) for town in LISTS.split(match["towns"])]
    found = (_town(town, area) if area else _town_of_region(town, region or "") for town in towns if town)
    places = [place for place in found if place]
    return places or ([departement_place(area, text)] if area else [Place("region", text, region=region)])


def _anchored(text: str) -> list[Place]:
    """The places of postal codes and of départements between brackets, and of the towns listed beside them."""
    places: list[Place] = []
    begin = 0
    for anchor in _anchors(text):
        if anchor.start() < begin:
            continue
        by_postcode = anchor.re is _POSTCODE
        read = _at_postcode(text, begin, anchor) if by_postcode else _before_brackets(text, begin, anchor)
        if read is None:
            continue
        place, start, end = read
        places += _beside(text[begin:start])
        places.append(place)
        begin = end
    return [*places, *_beside(text[begin:])] if places else []


def _anchors(text: str) -> list[re.Match[str]]:
    found = [*_POSTCODE.finditer(text), *(match for match in _BRACKETS.finditer(text) if _of_brackets(match[1]))]
    return sorted(found, key=lambda match: match.start())


def _beside(words: str) -> Iterator[Place]:
    """Towns listed with "et", "/" or "_" beside an anchored one: only those known for certain."""
    if _JOINED.search(f" {words.strip()} ") and not any(character.isdigit() for character in words):
        for name in _JOINED.split(words):
            place = commune_alone(trim(name))
            if place:
                yield place


def _at_postcode(text: str, begin: int, anchor: re.Match[str]) -> tuple[Place, int, int] | None:
    """The place of a postal code: the commune behind it, else before it, else the only one it serves, else its département."""
    postcode = anchor[1].replace(" ", "")
    departement = geography.departement_of(postcode)
    if departement is None:
        return None
    begins = len(text) - len(text[anchor.end() :].lstrip(" .-–"))
    ends = _TOWN_ENDS.search(text, begins)
    end = ends.start() if ends else len(text)
    behind = text[begins:end].strip()
    before = trim(SEGMENTS.split(text[begin : anchor.start()].rstrip(" ,(-–"))[-1])
    commune = _longest(behind, postcode, departement, from_start=True)
    if commune is None and not behind:
        commune = _longest(before, postcode, departement, from_start=False)
    if commune is None and behind:
        town = re.split(r"\s+(?=[a-z]{4,})", behind)[0]
        if reads_as_town(town):
            return Place("commune", text, town_case(town), None, postcode, None, *area_of(departement)), anchor.start(), end
    if commune is None and not behind and len(served := geography.communes_at(postcode)) == 1:
        commune = served[0]
    if commune is None:
        return replace(departement_place(departement, text), postcode=postcode), anchor.start(), end
    return replace(commune_place(commune, text), postcode=postcode), anchor.start(), end


def _longest(words: str, postcode: str, departement: Departement, *, from_start: bool) -> Commune | None:
    """The commune that the most first (or last) words name, of that postal code if there is one, else of that département."""
    said = words.split()
    for size in range(min(len(said), 8), 0, -1):
        name = " ".join(said[:size] if from_start else said[-size:])
        found = geography.communes_named(bare_name(name))
        of_code = [commune for commune in found if postcode in commune.postcodes]
        found = of_code or [commune for commune in found if commune.departement.code == departement.code]
        if len(found) == 1:
            return found[0]
    return None


def _before_brackets(text: str, begin: int, brackets: re.Match[str]) -> tuple[Place, int, int] | None:
    """The place of "Saintes (17)": a commune of that département, else the département itself."""
    departement = _of_brackets(brackets[1])
    if departement is None:
        return None
    segment = SEGMENTS.split(text[begin : brackets.start()].rstrip())[-1]
    head = trim(_JOINED.split(segment)[-1])
    place = _town(trim(segment), departement) or _town(head, departement)
    start = begin + text[begin : brackets.start()].rfind(head if head else segment)
    return place or departement_place(departement, text), max(start, begin), brackets.end()


def _of_brackets(words: str) -> Departement | None:
    """The département that brackets name: "17", "Oise", "60, Oise"."""
    for part in (words.strip(), *re.split(r"\s*[,–-]\s+|\s+", words.strip())):
        code = part if re.fullmatch(r"\d\d|2[ABab]|97\d|98\d", part) else ""
        if found := (geography.departement_of(code) if code else geography.departement_named(part)):
            return found
    return None


def _town(name: str, departement: Departement) -> Place | None:
    """A commune of a département: a known one, or one that is not in the table and reads as a town."""
    said = name.split()
    street = bool(said) and (said[0][0].isdigit() or plain(said[0]) in ("rue", "avenue", "place", "boulevard", "quai", "route"))
    for size in range(len(said), 0, -1):
        found = geography.communes_named(bare_name(" ".join(said[-size:])), departement.code)
        if len(found) == 1 and (size == len(said) or not street):
            return commune_place(found[0], name)
    bare = bare_name(name)
    if departement == departement_in(bare) or not reads_as_town(bare):
        return None
    return Place("commune", name, town_case(bare), None, None, None, *area_of(departement))


def _town_of_region(name: str, region: str) -> Place | None:
    found = [commune for commune in geography.communes_named(bare_name(name)) if commune.departement.region == region]
    return commune_place(found[0], name) if len(found) == 1 else None
