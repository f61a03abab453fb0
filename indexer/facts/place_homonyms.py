"""Homonyms settled by what stands around them: the page's other places, its text, the network's territory; else left open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from indexer.facts.geography import Commune, communes_named, departement_named, departement_of, departements
from indexer.facts.place_readings import Candidate, Homonym, Reading, ambiguous, codes_of, lies_in, place_of
from indexer.facts.plain import plain
from indexer.model import Place

_POSTCODE = re.compile(r"(?<![\w-])(\d{5})\s+[A-ZÀ-Ý]")
_IN_BRACKETS = re.compile(r"[A-ZÀ-Ý][\w'’-]+ \((\d\d|2[AB]|97\d)\)")
_CAPITALISED = re.compile(r"(?<![\w-])(?:L[ae]s? )?[A-ZÀ-Ý][\w-]{3,}(?:['’][\w-]+)?")
_SEVERAL = 2
_MAX_TEXT = 50_000


class _Surroundings(NamedTuple):
    """What may settle a homonym: the places found beside it, the page's text in one line and folded, the départements that it
    names, those of which it names several communes (with these), those of the network."""

    places: tuple[Place, ...]
    folded: str
    named: frozenset[str]
    communes: dict[str, tuple[str, ...]]
    territory: frozenset[str]


def settle(readings: Iterable[Reading], text: str, territory: frozenset[str]) -> list[Place]:
    """The places of readings: each homonym settled and marked inferred, or "ambiguous" with its candidates."""
    readings = list(dict.fromkeys(readings))
    places = [reading for reading in readings if isinstance(reading, Place)]
    if len(places) == len(readings):
        return places
    line = " ".join(text[:_MAX_TEXT].split())
    around = _Surroundings(tuple(places), plain(line), _departements_in(line), _communes_in(line), territory)
    settled = {reading.candidates: _settled(reading, around) for reading in readings if isinstance(reading, Homonym)}
    return [
        replace(settled[reading.candidates], source=reading.source) if isinstance(reading, Homonym) else reading
        for reading in readings
    ]


def _settled(homonym: Homonym, around: _Surroundings) -> Place:
    """Each rule narrows the candidates that are left; one that none of them meets says nothing."""
    left = homonym.candidates
    for basis, rule in _rules(around):
        met = tuple(candidate for candidate in left if rule(candidate))
        if len(met) == 1:
            return replace(place_of(met[0], homonym.source), certainty="inferred", basis=basis)
        left = met or left
    return ambiguous(homonym)


def _rules(around: _Surroundings) -> Iterable[tuple[str, Callable[[Candidate], bool]]]:
    others = ", ".join(dict.fromkeys(name for place in around.places if (name := _shown(place))))
    codes = {place.departement_code for place in around.places if place.departement_code}
    yield "texte de la page", lambda candidate: _written(candidate, around.folded)
    yield f"autres lieux : {others}", lambda candidate: not codes.isdisjoint(codes_of(candidate))
    yield f"autres lieux : {others}", lambda candidate: any(lies_in(candidate, _region(place)) for place in around.places)
    yield "texte de la page", lambda candidate: not around.named.isdisjoint(codes_of(candidate))
    neighbours = ", ".join(name for code in sorted(around.communes) for name in around.communes[code])
    yield (
        f"communes nommées dans la page : {neighbours}",
        lambda candidate: not around.communes.keys().isdisjoint(codes_of(candidate)),
    )
    yield "territoire du réseau", lambda candidate: not around.territory.isdisjoint(codes_of(candidate))


def _communes_in(text: str) -> dict[str, tuple[str, ...]]:
    """By département: the communes that a text names by a name that no other in France has, where it names two or more."""
    found: dict[str, dict[str, None]] = {}
    for name in dict.fromkeys(match[0] for match in _CAPITALISED.finditer(text)):
        communes = communes_named(name)
        if len(communes) == 1:
            found.setdefault(communes[0].departement.code, {})[communes[0].name] = None
    return {code: tuple(names) for code, names in found.items() if len(names) >= _SEVERAL}


def _shown(place: Place) -> str:
    return place.commune or place.epci or place.departement or place.region or ""


def _region(place: Place) -> Place:
    return Place("region", region=place.region or "?")


def _written(candidate: Candidate, folded: str) -> bool:
    """Whether a folded text has the candidate with its code: "Saint-Denis (93)", "93200 Saint-Denis"."""
    if not isinstance(candidate, Commune):
        return False
    name = r"[\s'-]+".join(map(re.escape, re.split(r"[\s'-]+", plain(candidate.name))))
    said = re.compile(rf"(?<![\w-])(?:(\d{{5}}) {name}|{name} \((\d\d|2[ab]|97\d)\))(?![\w-])").finditer(folded)
    return any(departement_of(match[1] or match[2]) == candidate.departement for match in said)


@cache
def _names() -> re.Pattern[str]:
    """Names of départements in a text: those of several words anywhere, single ones only after "dans le", "département de"."""
    names = sorted(
        (plain(departement.name) for departement in departements() if departement.name != "Paris"), key=len, reverse=True
    )
    spelled = [re.sub(r"[\s'-]", "[ '-]", name) for name in names]
    several = "|".join(name for name, folded in zip(spelled, names, strict=True) if re.search(r"[\s'-]", folded))
    single = "|".join(name for name, folded in zip(spelled, names, strict=True) if not re.search(r"[\s'-]", folded))
    led = r"(?:\bdans (?:le |la |l'|les )|\b(?:departements?|prefecture) (?:du |de la |de l'|de |des )|\()"
    return re.compile(rf"(?<![\w-])(?:{several})(?![\w-])|{led}(?P<single>{single})(?![\w-])")


def _departements_in(text: str) -> frozenset[str]:
    """The codes of the départements that a text names, or that its postal codes and brackets say."""
    codes = [match[1] for pattern in (_POSTCODE, _IN_BRACKETS) for match in pattern.finditer(text)]
    found = [departement_of(code) for code in codes]
    found += [departement_named(match["single"] or match.group()) for match in _names().finditer(plain(text))]
    return frozenset(departement.code for departement in found if departement)
