"""The EPCI and EPT of France under the many spellings of their names.

A name is its kind ("CA", "Communauté d’agglomération", "Agglo"…) and its core: what is left without the kind, small words and
the words that any EPCI may bear ("Métropole", "Agglomération", "Communauté").
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from indexer.facts.geography import Departement, communes_named, departement_of, epci_name
from indexer.facts.geography_tables import commune_lines, epci_rows, lines_by_insee, name_key, usual_names

_KIND = re.compile(
    r"^(?:(?P<CC>c ?c|com ?com|communaute des? communes?|com de com|intercommunalite)"
    r"|(?P<CA>c ?a|(?:communaute|comm?) d ?(?:agglomerations?|agglo)|(?:l |la )?agglo(?:meration)?)"
    r"|(?P<CU>c ?u|communaute urbaine)|(?P<METRO>(?:euro)?metropole(?: europeenne)?)"
    r"|(?P<EPT>ept(?: \d\d?)?|etablissement public territorial|territoire)|communaute)\b"
)
_AFTER_KIND = re.compile(r"^(?:de la |de l |de |du |des |d )?")
_NOT_CORE = frozenset(
    (
        *("de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "en"),
        *("agglo", "agglomeration", "communaute", "metropole", "eurometropole", "europeenne", "urbaine", "intercommunalite"),
    )
)
_TELLING = frozenset(["agglo", "agglomeration", "communaute", "metropole", "intercommunalite"])
_NUMBERS = {"2": "deux", "3": "trois", "4": "quatre", "5": "cinq", "7": "sept"}
_NO_ACRONYM = frozenset(["CCAS", "CAUE", "CAARUD", "CADA"])


class Epci(NamedTuple):
    """An EPCI or EPT: `kind` "CC", "CA", "CU", "METRO", "EPT"…; `departement` and `region` are set when all its members share
    them, `departements` are the codes of all, `members` INSEE codes."""

    name: str
    kind: str
    departement: Departement | None
    region: str | None
    departements: frozenset[str]
    members: frozenset[str]


def epci_called(name: str) -> list[Epci]:
    """The EPCI of a name that says its kind, or of a usual name ("CC du pays noyonnais", "Amiens Métropole", "MEL")."""
    key = _plain_key(name)
    if code := _usual().get(key):
        return [_epci(code)]
    kind = _KIND.match(key)
    words = key[kind.end() :].split() if kind else key.split()
    if kind and (code := _usual().get(_AFTER_KIND.sub("", " ".join(words)))):
        return [_epci(code)]
    if kind is None and not _TELLING & set(words):
        return []
    said = (kind.lastgroup or "") if kind else ""
    codes = _with_core(_core(words))
    same = [code for code in codes if epci_rows()[code].kind[:5] == said]
    return [_epci(code) for code in same or codes]


def epci_bare(name: str) -> list[Epci]:
    """The EPCI whose name, its kind left out, is or begins with these words ("Pays noyonnais", "Béthune-Bruay")."""
    return [_epci(code) for code in _with_core(_core(_plain_key(name).split()))]


def is_core(name: str) -> bool:
    """Whether these words are the whole name of an EPCI but its kind."""
    return "".join(_core(_plain_key(name).split())) in _cores()


def epci_around(name: str) -> Epci | None:
    """The EPCI of the town that its short name names ("agglomération de Creil" is the one that Creil belongs to)."""
    key = _plain_key(name)
    kind = _KIND.match(key)
    words = _AFTER_KIND.sub("", key[kind.end() :].strip()) if kind else " ".join(w for w in key.split() if w not in _TELLING)
    if words == key:
        return None
    for town in (words, f"le {words}", f"les {words}", f"la {words}"):
        found = communes_named(town)
        if len(found) == 1 and not found[0].former:
            code = lines_by_insee()[found[0].insee].split("\t")[4]
            return _epci(code) if code else None
    return None


def epci_acronym(letters: str) -> list[Epci]:
    """The EPCI whose full names have these initials ("CCPN")."""
    if not re.fullmatch(r"C[ACU][A-Z]{2,}", letters) or letters in _NO_ACRONYM:
        return []
    return [_epci(code) for code in _acronyms().get(letters, ())]


@cache
def epci_members(name: str) -> frozenset[str]:
    """INSEE codes of the communes of an EPCI, by its full name."""
    return next((_epci(code).members for code in epci_rows() if epci_name(code) == name), frozenset())


def _plain_key(name: str) -> str:
    name = re.sub(r"\([^)]*\)", " ", name)
    words = re.findall(r"[a-z0-9]+", name_key(name))
    return " ".join(_NUMBERS.get(word, word) for word in words)


def _core(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NOT_CORE)


def _with_core(core: tuple[str, ...]) -> list[str]:
    """SIREN codes of the EPCI of that core, else of the only one whose core begins so with two words or more."""
    joined = "".join(core)
    if not joined:
        return []
    if exact := _cores().get(joined):
        return exact
    longer = [codes for other, codes in _cores().items() if other.startswith(joined)] if len(core) > 1 else []
    return longer[0] if len(longer) == 1 else []


@cache
def _cores() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, row in epci_rows().items():
        key = _plain_key(row.name)
        kind = _KIND.match(key)
        if core := "".join(_core((key[kind.end() :] if kind else key).split())):
            found[core].append(code)
    return found


@cache
def _usual() -> dict[str, str]:
    names = {_plain_key(name): code for name, code in usual_names()["epci"].items()}
    for code, row in epci_rows().items():
        names |= {_plain_key(short): code for short in re.findall(r"\(([A-Z]{4,})\)", row.name)}
    return names


@cache
def _acronyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in epci_rows():
        words = [
            word
            for word in _plain_key(epci_name(code)).split()
            if word not in ("de", "du", "des", "d", "la", "le", "les", "l", "et", "en")
        ]
        found["".join(word[0] for word in words).upper()].append(code)
    return found


@cache
def _members() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in commune_lines():
        columns = line.split("\t")
        if 4 < len(columns) < 6:
            found[columns[4]].append(columns[0])
    return found


@cache
def _epci(code: str) -> Epci:
    row = epci_rows()[code]
    members = row.members or tuple(_members()[code])
    codes = frozenset(lines_by_insee()[insee].split("\t")[2] for insee in members)
    departements = [found for found in map(departement_of, sorted(codes)) if found]
    regions = {departement.region for departement in departements}
    only = departements[0] if len(departements) == 1 else None
    return Epci(epci_name(code), row.kind, only, regions.pop() if len(regions) == 1 else None, codes, frozenset(members))
