"""Make the tables of French communes, départements and EPCI from the npm package @etalab/decoupage-administratif.

Run by hand, never by the product:  python indexer/facts/data/make_places.py FOLDER_OF_THE_UNPACKED_PACKAGE
The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ARRONDISSEMENT = "arrondissement-municipal"
FORMER = ("commune-deleguee", "commune-associee")
CITY = 10_000
"""Inhabitants from which a commune is a city."""


def main(package: Path) -> None:
    tables = {name: _load(package, name) for name in ("communes", "departements", "regions", "epci", "ept")}
    epci_of = {member["code"]: epci["code"] for epci in tables["epci"] for member in epci["membres"]}
    _write(HERE / "communes.tsv.gz", _communes(tables["communes"], epci_of))
    regions = {region["code"]: region["nom"] for region in tables["regions"]}
    departements = [(d["code"], d["nom"], regions[d["region"]]) for d in tables["departements"]]
    _write(HERE / "departements.tsv", departements)
    _write(HERE / "epci.tsv.gz", _epci(tables["epci"], tables["ept"]))
    _write(HERE / "former.tsv.gz", _former(tables["communes"]))
    cities = (commune["code"] for commune in tables["communes"] if commune.get("population", 0) >= CITY)
    _write(HERE / "cities.tsv", ((code,) for code in cities))


def _load(package: Path, name: str) -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return table


def _communes(communes: list[dict[str, Any]], epci_of: dict[str, str]) -> Iterable[tuple[str, ...]]:
    """INSEE code, name, département, postal codes, EPCI; for a district of Paris, Lyon or Marseille, the code of its city."""
    for commune in communes:
        if commune["type"] not in ("commune-actuelle", ARRONDISSEMENT):
            continue
        city = commune["commune"] if commune["type"] == ARRONDISSEMENT else ""
        codes = " ".join(commune.get("codesPostaux", ()))
        yield commune["code"], commune["nom"], commune["departement"], codes, epci_of.get(commune["code"], ""), city


def _epci(epci: list[dict[str, Any]], ept: list[dict[str, Any]]) -> Iterable[tuple[str, ...]]:
    """SIREN code, kind and name; for an EPT, whose communes are those of the Métropole du Grand Paris too, their codes."""
    yield from ((body["code"], body["type"], body["nom"]) for body in epci)
    yield from ((body["code"], "EPT", body["nom"], " ".join(member["code"] for member in body["membres"])) for body in ept)


def _former(communes: list[dict[str, Any]]) -> Iterable[tuple[str, ...]]:
    """INSEE code and name of a former commune, and the code of the present one, where the two names differ."""
    present = {commune["code"]: commune["nom"] for commune in communes if commune["type"] == "commune-actuelle"}
    for commune in communes:
        if commune["type"] in FORMER and present[commune["chefLieu"]] != commune["nom"]:
            yield commune["code"], commune["nom"], commune["chefLieu"]


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    content = "".join("\t".join(row).rstrip("\t") + "\n" for row in rows).encode()
    if path.suffix == ".gz":
        content = gzip.compress(content, 9, mtime=0)
    path.write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python indexer/facts/data/make_places.py FOLDER_OF_THE_UNPACKED_PACKAGE")
    main(Path(sys.argv[1]))
