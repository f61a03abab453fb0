"""The régions of France by their present names, short names, and the names that they had until 2016."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from indexer.facts.geography import departements
from indexer.facts.geography_tables import name_key, usual_names


class Region(NamedTuple):
    """A present région; `former` is the name of the former one by which it was found."""

    name: str
    former: str = ""


def region_named(name: str) -> Region | None:
    """The région of an official, short or former name ("Hauts-de-France", "PACA", "Picardie"). "Centre" alone is none."""
    return _regions().get(name_key(name))


@cache
def _regions() -> dict[str, Region]:
    names = usual_names()
    found = {name_key(departement.region): Region(departement.region) for departement in departements()}
    found |= {name_key(name): Region(region, name) for name, region in names["former_regions"].items()}
    short = {name_key(name): found[name_key(region)] for name, region in names["regions"].items()}
    return {key: region for key, region in (found | short).items() if key != "centre"}
