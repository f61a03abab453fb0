"""The communes and départements of France: what a name, a code or a postal code means. The tables: data/README.md."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from indexer.facts.geography_tables import (
    cities,
    departement_rows,
    epci_rows,
    former_communes,
    lines_by_insee,
    lines_by_name,
    lines_by_postcode,
    name_key,
    usual_communes,
)

_KINDS = {"CC": "Communauté de communes", "CA": "Communauté d’agglomération", "CU": "Communauté urbaine"}


class Departement(NamedTuple):
    """`code` "60", "2A", "974"; `region` is its name."""

    code: str
    name: str
    region: str


class Commune(NamedTuple):
    """A present commune; `epci` is a name, empty for the few that belong to none. `former` is the name of the former commune,
    now part of it, by which it was found."""

    insee: str
    name: str
    departement: Departement
    postcodes: tuple[str, ...]
    epci: str
    former: str = ""

    @property
    def is_city(self) -> bool:
        """Whether it has 10,000 inhabitants and more."""
        return self.insee in cities()


def communes_named(name: str, departement: str | None = None) -> list[Commune]:
    """The communes of that name, accents, hyphens, "St" and case indifferent; a district of Paris gives Paris.

    Where no present commune (of that département) has the name: those that former communes of that name are part of.
    """
    key = name_key(name)
    lines = [*lines_by_name().get(key, ()), *(lines_by_insee()[insee] for insee in usual_communes().get(key, ()))]
    return _within([_commune(line) for line in lines], departement) or _within(_former(key), departement)


@lru_cache(maxsize=1024)
def communes_beginning(name: str, departement: str) -> tuple[Commune, ...]:
    """The communes of a département whose names begin with these words, of four letters at least."""
    key = name_key(name)
    lines = [line for other, lines in lines_by_name().items() if other.startswith(f"{key} ") for line in lines]
    return tuple(_within([_commune(line) for line in lines], departement)) if len(key) > 3 else ()


def _within(communes: list[Commune], departement: str | None) -> list[Commune]:
    return [commune for commune in dict.fromkeys(communes) if departement in (None, commune.departement.code)]


def _former(key: str) -> list[Commune]:
    by_insee = {present: name for name, present in former_communes().get(key, ())}
    return [_commune(lines_by_insee()[present])._replace(former=name) for present, name in by_insee.items()]


def commune_of(insee: str) -> Commune | None:
    """The commune of an INSEE code."""
    line = lines_by_insee().get(insee)
    return _commune(line) if line else None


def communes_at(postcode: str) -> list[Commune]:
    """The communes that a postal code serves."""
    return [_commune(line) for line in lines_by_postcode().get(postcode, ())]


def departement_of(code: str) -> Departement | None:
    """The département of a code ("60", "2a", "974"), or of a postal code ("60400", "20200", "97400")."""
    code = code.upper()
    if len(code) == 5:
        code = ("2A" if code[2] in "01" else "2B") if code[:2] == "20" else code[:3] if code[:2] in ("97", "98") else code[:2]
        code = {"97133": "977", "97150": "978"}.get(code, code)
    return _departements().get(code)


def departement_named(name: str) -> Departement | None:
    """The département of that name ("Oise", "seine saint denis", "Réunion")."""
    return _departement_names().get(name_key(name))


def departements() -> tuple[Departement, ...]:
    """Every département and overseas collectivity."""
    return tuple(_departements().values())


def epci_name(code: str) -> str:
    """An EPCI's name with its kind written out ("CC du Pays Noyonnais" → "Communauté de communes du Pays Noyonnais")."""
    row = epci_rows()[code]
    kind, _, name = row.name.partition(" ")
    return f"{_KINDS[kind]} {name.strip()}" if kind in _KINDS else row.name


def _commune(line: str) -> Commune:
    insee, name, departement, postcodes, epci, city = (*line.split("\t"), "", "", "", "")[:6]
    if city:
        return _commune(lines_by_insee()[city])
    return Commune(insee, name, _departements()[departement], tuple(postcodes.split()), epci_name(epci) if epci else "")


@cache
def _departements() -> dict[str, Departement]:
    return {code: Departement(code, name, region) for code, name, region in departement_rows()}


@cache
def _departement_names() -> dict[str, Departement]:
    names = {name_key(departement.name): departement for departement in _departements().values()}
    return names | {"reunion": names["la reunion"]}
