"""The tables of indexer/facts/data as they lie on disk, and the key under which names are compared."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.facts.plain import plain

_DATA = Path(__file__).parent / "data"
_FOLDED = {code: plain(chr(code)) for code in range(0x80, 0x180)} | dict.fromkeys(map(ord, "-'’‑–—."), " ")
_FOLDED |= {ord("œ"): "oe", ord("æ"): "ae", ord("Œ"): "oe", ord("Æ"): "ae"}
_SHORT = {"st": "saint", "ste": "sainte", "lez": "les", "s/": "sur", "gd": "grand", "gde": "grande"}
_SHORT |= {"ht": "haut", "hte": "haute", "hts": "hauts", "htes": "hautes", "mt": "mont"}


class EpciRow(NamedTuple):
    """`members` only where the table of communes does not say them (EPT)."""

    kind: str
    name: str
    members: tuple[str, ...]


def fold(name: str) -> str:
    """Lower case without accents, hyphens, apostrophes and points as blanks."""
    return name.lower().translate(_FOLDED)


def name_key(name: str) -> str:
    """A name as it is compared."""
    return " ".join(_SHORT.get(word, word) for word in fold(name.replace("/", "/ ")).split())


@cache
def commune_lines() -> list[str]:
    """INSEE code, name, département, postal codes, EPCI and city of each commune and district, tabs between."""
    return _unzipped("communes")


@cache
def lines_by_insee() -> dict[str, str]:
    """INSEE code → line of the table of communes."""
    return {line[: line.index("\t")]: line for line in commune_lines()}


@cache
def lines_by_name() -> dict[str, list[str]]:
    """Name key → lines of the table of communes."""
    found: dict[str, list[str]] = {}
    for line in commune_lines():
        key = " ".join(fold(line.split("\t", 2)[1]).split()).replace(" lez ", " les ")
        found.setdefault(key, []).append(line)
    return found


@cache
def lines_by_postcode() -> dict[str, list[str]]:
    """Postal code → lines of the communes that it serves, districts left out."""
    found: dict[str, list[str]] = {}
    for line in commune_lines():
        columns = line.split("\t")
        for postcode in columns[3].split() if 3 < len(columns) < 6 else ():
            found.setdefault(postcode, []).append(line)
    return found


@cache
def former_communes() -> dict[str, list[tuple[str, str]]]:
    """Name key → name of a former commune and INSEE code of the present one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in _unzipped("former"):
        _, name, present = line.split("\t")
        found.setdefault(name_key(name), []).append((name, present))
    for name, present in usual_names()["former_communes"].items():
        found.setdefault(name_key(name), []).append((name, present))
    return found


@cache
def usual_communes() -> dict[str, list[str]]:
    """Name key → INSEE codes, for the names that are in use but not official."""
    return {name_key(name): codes.split() for name, codes in usual_names()["communes"].items()}


@cache
def cities() -> frozenset[str]:
    """INSEE codes of the communes of 10,000 inhabitants and more."""
    return frozenset((_DATA / "cities.tsv").read_text(encoding="ascii").split())


@cache
def departement_rows() -> list[tuple[str, str, str]]:
    """Code, name and région of every département and overseas collectivity."""
    lines = (_DATA / "departements.tsv").read_text(encoding="utf-8").splitlines()
    return [(code, name, region) for code, name, region in (line.split("\t") for line in lines)]


@cache
def epci_rows() -> dict[str, EpciRow]:
    """SIREN code → EPCI or EPT."""
    rows = ((*line.split("\t"), "")[:4] for line in _unzipped("epci"))
    return {code: EpciRow(kind, name, tuple(members.split())) for code, kind, name, members in rows}


@cache
def usual_names() -> dict[str, dict[str, str]]:
    """The names of names.toml, by section."""
    names: dict[str, dict[str, str]] = tomllib.loads((_DATA / "names.toml").read_text(encoding="utf-8"))
    return names


def _unzipped(table: str) -> list[str]:
    return gzip.decompress((_DATA / f"{table}.tsv.gz").read_bytes()).decode().splitlines()
