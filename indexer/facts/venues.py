"""Known venues: where a place lies that pages name without its town. An editable file, data/venues.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError
from indexer.facts.geography import Commune, Departement, commune_of, departement_of
from indexer.facts.geography_epci import Epci, epci_called
from indexer.facts.place_readings import place_of
from indexer.facts.plain import plain
from indexer.model import Place

DEFAULT_PATH = Path(__file__).parent / "data" / "venues.toml"
_WHERE = ("commune", "epci", "departement")


@dataclass(frozen=True, slots=True)
class Venue:
    """`names` are as they are written on pages; `where` is what is known of its place, the narrowest."""

    names: tuple[str, ...]
    where: Commune | Epci | Departement


def load_venues(path: Path | None = None) -> tuple[Venue, ...]:
    """The venues of `path`, by default those that come with the software.

    Raises `ConfigError`, naming the file and the entry, when the file cannot be read or is malformed.
    """
    path = path or DEFAULT_PATH
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"La liste des lieux connus « {path} » ne peut être lue ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} : syntaxe TOML incorrecte ({error}).") from error
    entries = table.get("venue", [])
    if set(table) - {"venue"} or not isinstance(entries, list):
        raise ConfigError(f"{path} : le fichier doit contenir des entrées [[venue]], et rien d’autre.")
    venues = tuple(_venue(entry, f"{path}, lieu n° {number}") for number, entry in enumerate(entries, 1))
    _refuse_doubles(venues, path)
    return venues


def _venue(entry: Any, where: str) -> Venue:
    if not isinstance(entry, dict):
        raise ConfigError(f"{where} : une entrée s’écrit [[venue]].")
    if unknown := sorted(set(entry) - {"names", *_WHERE}):
        raise ConfigError(f"{where} : clé inconnue « {unknown[0]} ». Clés connues : names, {', '.join(_WHERE)}.")
    names = entry.get("names")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and _key(name) for name in names):
        raise ConfigError(f"{where} : « names » doit être une liste de noms entre guillemets, non vide.")
    said = [key for key in _WHERE if key in entry]
    if len(said) != 1:
        raise ConfigError(f"{where} ({names[0]}) : dites où il se trouve par une seule des clés {', '.join(_WHERE)}.")
    return Venue(tuple(name.strip() for name in names), _where(said[0], entry[said[0]], f"{where} ({names[0]})"))


def _where(key: str, value: Any, where: str) -> Commune | Epci | Departement:
    found: Commune | Epci | Departement | None = None
    if isinstance(value, str) and key == "commune":
        found = commune_of(value)
    elif isinstance(value, str) and key == "departement":
        found = departement_of(value) if len(value) < 4 else None
    elif isinstance(value, str):
        called = epci_called(value)
        found = called[0] if len(called) == 1 else None
    if found is None:
        kind = {"commune": "code INSEE de commune", "departement": "code de département", "epci": "nom d’EPCI"}[key]
        raise ConfigError(f"{where} : « {value} » n’est pas un {kind} connu (entre guillemets).")
    return found


def _refuse_doubles(venues: tuple[Venue, ...], path: Path) -> None:
    owner: dict[str, Venue] = {}
    for venue in venues:
        for name in venue.names:
            if owner.setdefault(_key(name), venue) is not venue:
                raise ConfigError(f"{path}, lieu « {venue.names[0]} » : le nom « {name} » est déjà celui d’un autre lieu.")


def venue_in(text: str, venues: tuple[Venue, ...], led: bool = False) -> Place | None:
    """The place of the first known venue that words name, inferred; with `led`, only after "à", "au", "chez", "locaux de"."""
    match = _pattern(venues, led).search(plain(text)) if venues else None
    if match is None:
        return None
    name, venue = _names(venues)[_key(match["name"])]
    place = place_of(venue.where, text[match.start() : match.end()])
    return replace(place, certainty="inferred", basis=f"lieu connu : {name}")


@lru_cache(maxsize=4)
def _names(venues: tuple[Venue, ...]) -> dict[str, tuple[str, Venue]]:
    """Key of each name → the first name of its venue, the venue."""
    return {_key(name): (venue.names[0], venue) for venue in venues for name in venue.names}


@lru_cache(maxsize=4)
def _pattern(venues: tuple[Venue, ...], led: bool) -> re.Pattern[str]:
    names = sorted(_names(venues), key=len, reverse=True)
    words = "|".join(r"[\W_]+".join(map(re.escape, name.split())) for name in names)
    lead = r"\b(?:a|au|aux|chez|dans (?:les|ses|nos) (?:locaux|bureaux) (?:de|du|d'))\s*(?:la |le |les |l')?" if led else ""
    return re.compile(rf"{lead}(?<!\w)(?P<name>{words})(?!\w)")


def _key(name: str) -> str:
    """A name as it is compared: folded, its article and punctuation away."""
    words = re.findall(r"\w+", plain(name))
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("l", "le", "la", "les") else words)
