"""Places with a code: a postal code and its commune, or a name and its département (or région, or EPCI) between brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from indexer.facts import geography
from indexer.facts.geography import Commune, Departement
from indexer.facts.geography_tables import name_key
from indexer.facts.place_areas import area_in_brackets, town_in
from indexer.facts.place_leads import towns
from indexer.facts.place_lists import JOINED, LISTS, SEGMENTS, settled_inside
from indexer.facts.place_names import is_district_number, name_of
from indexer.facts.place_readings import Reading, area_of, lies_in, place_of, reading_of, with_source
from indexer.facts.place_words import is_street, reads_as_town, town_case, trim
from indexer.facts.plain import plain
from indexer.model import Place

POSTCODE = re.compile(
    r"(?<![\w-])(?<!BP )(?<!CS )(?<!TSA )(?:F ?- ?|F )?"
    r"(?P<code>\d{5}|\d{2}[ .]\d{3}(?= +[A-ZÀ-Ýa-zà-ÿ]{2}))(?![\d-]| ?(?:€|euros))"
)
BRACKETS = re.compile(r"\((?P<area>[^()]{1,60})\)")
_TOWN_ENDS = re.compile(r"\s*[,;()\n/|:&+*]|\s+[–—_-](?:\s|$)|\s+cedex\b|\s+\d|\s+(?:et|puis|ou)\s|\.\s|$", re.IGNORECASE)
_MAX_WORDS = 8


class Anchored(NamedTuple):
    """A reading and the stretch of the text that it was read from."""

    reading: Reading
    start: int
    end: int


def read_anchored(text: str) -> list[Reading]:
    """The places of postal codes and brackets, and of the towns listed beside them."""
    readings: list[Reading] = []
    begin, area = 0, None
    for anchor in anchors(text):
        found = read_anchor(text, begin, anchor) if anchor.start() >= begin else None
        if found:
            bracketed = anchor.re is BRACKETS
            area = area_in_brackets(anchor["area"]) if bracketed else None
            readings += [*_beside(text[begin : found.start], area, listed=bracketed), found.reading]
            begin = found.end
    return settled_inside([*readings, *_beside(text[begin:], area, listed=area is not None)]) if readings else []


def anchors(text: str) -> list[re.Match[str]]:
    """The postal codes of a text and the brackets that hold an area, in order."""
    found = [*POSTCODE.finditer(text), *(match for match in BRACKETS.finditer(text) if area_in_brackets(match["area"]))]
    return sorted(found, key=lambda match: match.start())


def read_anchor(text: str, begin: int, anchor: re.Match[str]) -> Anchored | None:
    """What an anchor and the words around it name, those before `begin` left out."""
    found = _at_postcode(text, begin, anchor) if anchor.re is POSTCODE else _before_brackets(text, begin, anchor)
    return found._replace(reading=with_source(found.reading, text[found.start : found.end].strip())) if found else None


def _beside(words: str, area: Place | None, *, listed: bool) -> Iterator[Reading]:
    """What is listed beside an anchor: all of it when all is known, else the towns known for certain that "et" joins to it.

    `listed`: a comma or a dash joins too ("Roubaix, Tourcoing (59)").
    """
    joined = JOINED.search(f" {words.strip()} ")
    if any(character.isdigit() for character in words) or not (joined or listed):
        return
    names = [trim(name) for name in LISTS.split(words) if trim(name)]
    found = [reading for name in names if (reading := _town_beside(name, area) or name_of(name))]
    if len(found) == len(names):
        yield from found
    elif joined:
        ends = (trim(name) for name in JOINED.split(words))
        yield from (town for name in ends if (town := name_of(name)) and isinstance(town, Place) and town.kind == "commune")


def _town_beside(name: str, area: Place | None) -> Reading | None:
    found = [commune for commune in towns(name) if area and lies_in(commune, area)]
    return place_of(found[0], name) if len(found) == 1 else None


def _at_postcode(text: str, begin: int, anchor: re.Match[str]) -> Anchored | None:
    """The place of a postal code: the commune behind it, else before it, else the only one it serves, else its département.

    A name that only communes elsewhere bear contradicts the code: it is a homonym of these and the département.
    """
    code = re.sub(r"\D", "", anchor["code"])
    departement = geography.departement_of(code)
    if departement is None:
        return None
    behind, end = _behind(text, anchor.end())
    town = re.split(r"\s+(?=[a-z]{4,})", behind)[0] if behind else ""
    before = trim(SEGMENTS.split(text[begin : anchor.start()].rstrip(" ,;:(-–"))[-1])
    commune = _first_words(behind, code, departement)
    if commune is None and not reads_as_town(town):
        commune = _last_words(before, code, departement) or _only_served(code, behind)
    if commune:
        return Anchored(replace(place_of(commune, text), postcode=code), anchor.start(), end)
    cedex = "cedex" in plain(text[end : end + 8]) or not geography.communes_at(code)
    if cedex or not reads_as_town(town):
        return Anchored(replace(place_of(departement, text), postcode=code), anchor.start(), end)
    if elsewhere := geography.communes_named(town):
        return Anchored(
            reading_of([*elsewhere, departement], f"{code} {town}") or place_of(departement, text), anchor.start(), end
        )
    written = Place("commune", text, town_case(town), None, code, None, *area_of(departement))
    return Anchored(written, anchor.start(), end)


def _behind(text: str, start: int) -> tuple[str, int]:
    """The words behind a postal code that may be a town, and where they end."""
    start = len(text) - len(text[start:].lstrip(" .,:-–"))
    ends = _TOWN_ENDS.search(text, start)
    end = ends.start() if ends else len(text)
    return text[start:end].strip(), end


def _first_words(words: str, code: str, departement: Departement) -> Commune | None:
    """The commune that the most first words name; or that begins with them, among those of the postal code."""
    said = words.split()
    for size in range(min(len(said), _MAX_WORDS), 0, -1):
        if commune := _of_code(" ".join(said[:size]), code, departement):
            return commune
    key = name_key(words)
    longer = [commune for commune in geography.communes_at(code) if name_key(commune.name).startswith(f"{key} ")]
    return longer[0] if len(longer) == 1 and len(key) > 3 else None


def _last_words(words: str, code: str, departement: Departement) -> Commune | None:
    """The commune that the most last words name; at the end of a street's name, only one of that postal code."""
    said = words.split()
    for size in range(min(len(said), _MAX_WORDS), 0, -1):
        commune = _of_code(" ".join(said[-size:]), code, departement)
        if commune and (code in commune.postcodes or size == len(said) or not is_street(words)):
            return commune
    return None


def _of_code(name: str, code: str, departement: Departement) -> Commune | None:
    """The commune of that name and postal code if there is one, else of that name in that département."""
    named = towns(name, departement.code) or towns(name)
    of_code = [commune for commune in named if code in commune.postcodes]
    found = of_code or [commune for commune in named if commune.departement == departement]
    return found[0] if len(found) == 1 else None


def _only_served(code: str, behind: str) -> Commune | None:
    served = geography.communes_at(code)
    return served[0] if len(served) == 1 and not behind else None


def _before_brackets(text: str, begin: int, brackets: re.Match[str]) -> Anchored | None:
    """The place of "Saintes (17)": a commune of that area, else the area itself."""
    area = area_in_brackets(brackets["area"])
    if area is None:
        return None
    segment = SEGMENTS.split(text[begin : brackets.start()].rstrip())[-1]
    head = trim(JOINED.split(segment)[-1])
    if is_district_number(head, brackets["area"]):
        return None
    reading = town_in(trim(segment), area) or town_in(head, area)
    start = begin + text[begin : brackets.start()].rfind(head or segment)
    return Anchored(reading or replace(area, source=text), max(start, begin), brackets.end())
