"""The communes, EPCI, départements and régions of France: what a name or a postal code means.

The tables and where they come from: data/README.md.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.facts.plain import plain

_DATA = Path(__file__).parent / "data"
_FOLDED = {code: plain(chr(code)) for code in range(0x80, 0x180)} | dict.fromkeys(map(ord, "-'’‑–—"), " ")
_FOLDED |= {ord("œ"): "oe", ord("æ"): "ae", ord("Œ"): "oe", ord("’"): " "}
_KINDS = {"CC": "Communauté de communes", "CA": "Communauté d’agglomération", "CU": "Communauté urbaine"}
_KIND = re.compile(r"^(?:(cc|communaute de communes?)|(ca|communaute d agglomeration)|(cu|communaute urbaine))\b")
_SMALL_WORDS = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "et"])
_SHORT = {"st": "saint", "ste": "sainte", "lez": "les", "s/": "sur"}


class Departement(NamedTuple):
    """`code` "60", "2A", "974"; `region` is its name."""

    code: str
    name: str
    region: str


class Commune(NamedTuple):
    """A current commune; `epci` is a name, empty for the few that belong to none."""

    insee: str
    name: str
    departement: Departement
    postcodes: tuple[str, ...]
    epci: str


class Epci(NamedTuple):
    """An EPCI; `departement` and `region` are set when all its members share them."""

    name: str
    departement: Departement | None
    region: str | None


class _Tables(NamedTuple):
    by_name: dict[str, list[str]]
    by_insee: dict[str, str]
    departements: dict[str, Departement]
    epci: dict[str, str]


def communes_named(name: str, departement: str | None = None) -> list[Commune]:
    """The communes of that name, accents, hyphens, "St" and case indifferent; a district of Paris gives Paris."""
    tables = _tables()
    found = (_commune(line, tables) for line in tables.by_name.get(name_key(name), ()))
    return [commune for commune in dict.fromkeys(found) if departement in (None, commune.departement.code)]


def communes_at(postcode: str) -> list[Commune]:
    """The communes that a postal code serves."""
    tables = _tables()
    return [_commune(line, tables) for line in _by_postcode().get(postcode, ())]


def departement_of(code: str) -> Departement | None:
    """The département of a code ("60", "2a", "974"), or of a postal code ("60400", "20200", "97400")."""
    code = code.upper()
    if len(code) == 5:
        code = ("2A" if code[2] in "01" else "2B") if code[:2] == "20" else code[:3] if code[:2] in ("97", "98") else code[:2]
        code = {"97133": "977", "97150": "978"}.get(code, code)
    return _tables().departements.get(code)


def departement_named(name: str) -> Departement | None:
    """The département of that name ("Oise", "seine saint denis", "Réunion")."""
    return _departement_names().get(name_key(name))


def region_named(name: str) -> str | None:
    """The official name of a present région."""
    return _region_names().get(name_key(name))


def epci_named(name: str) -> Epci | None:
    """The EPCI of that name with its kind ("Communauté de communes du Pays noyonnais", "CA …", "Métropole …")."""
    code = _epci_names().get(_epci_key(name))
    return _epci(code) if code else None


def name_key(name: str) -> str:
    """A name as it is compared."""
    return " ".join(_SHORT.get(word, word) for word in _folded(name.replace("/", "/ ")).split())


def _folded(name: str) -> str:
    return name.lower().translate(_FOLDED)


@cache
def _tables() -> _Tables:
    by_name: dict[str, list[str]] = {}
    by_insee: dict[str, str] = {}
    for line in gzip.decompress((_DATA / "communes.tsv.gz").read_bytes()).decode().splitlines():
        insee, name, _ = line.split("\t", 2)
        by_insee[insee] = line
        key = " ".join(_folded(name).split())
        by_name.setdefault(key.replace(" lez ", " les "), []).append(line)
    rows = (line.split("\t") for line in (_DATA / "departements.tsv").read_text(encoding="utf-8").splitlines())
    departements = {code: Departement(code, name, region) for code, name, region in rows}
    names = (line.split("\t") for line in gzip.decompress((_DATA / "epci.tsv.gz").read_bytes()).decode().splitlines())
    return _Tables(by_name, by_insee, departements, dict(names))


def _commune(line: str, tables: _Tables) -> Commune:
    insee, name, departement, postcodes, epci, city = (*line.split("\t"), "", "", "", "")[:6]
    if city:
        return _commune(tables.by_insee[city], tables)
    return Commune(insee, name, tables.departements[departement], tuple(postcodes.split()), _full_name(tables.epci.get(epci, "")))


def _full_name(epci: str) -> str:
    """An EPCI's name with its kind written out ("CC du Pays Noyonnais" → "Communauté de communes du Pays Noyonnais")."""
    kind, _, name = epci.partition(" ")
    return f"{_KINDS[kind]} {name}" if kind in _KINDS else epci


@cache
def _by_postcode() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _tables().by_insee.values():
        columns = line.split("\t")
        for postcode in columns[3].split() if len(columns) > 3 and len(columns) < 6 else ():
            found[postcode].append(line)
    return found


@cache
def _departement_names() -> dict[str, Departement]:
    names = {name_key(departement.name): departement for departement in _tables().departements.values()}
    return names | {"reunion": names["la reunion"]}


@cache
def _region_names() -> dict[str, str]:
    return {name_key(departement.region): departement.region for departement in _tables().departements.values()}


@cache
def _epci_names() -> dict[str, str]:
    """Names that mean one EPCI only."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in _tables().epci.items():
        found[_epci_key(name)].append(code)
    return {key: codes[0] for key, codes in found.items() if len(codes) == 1}


def _epci_key(name: str) -> str:
    """Kind and words of an EPCI's name, small words and punctuation away; its kind is part of it."""
    folded = " ".join(re.findall(r"[a-z0-9]+", _folded(name)))
    kind = _KIND.match(folded)
    prefix = "".join(short for short, said in zip(("cc ", "ca ", "cu "), kind.groups(), strict=True) if said) if kind else ""
    rest = folded[kind.end() :] if kind else folded
    return prefix + " ".join(word for word in rest.split() if word not in _SMALL_WORDS)


@cache
def _epci(code: str) -> Epci:
    tables = _tables()
    members = [line.split("\t")[2] for line in tables.by_insee.values() if f"\t{code}" in line]
    departements = {tables.departements[departement] for departement in members}
    regions = {departement.region for departement in departements}
    return Epci(
        _full_name(tables.epci[code]),
        next(iter(departements)) if len(departements) == 1 else None,
        next(iter(regions)) if len(regions) == 1 else None,
    )
