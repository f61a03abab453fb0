"""About what? The vocabulary of themes, and the themes that a page states by its address, breadcrumb and tags."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from indexer.analysis import fold
from indexer.errors import ConfigError
from indexer.model import Theme

DEFAULT_PATH = Path(__file__).parent / "data" / "themes.toml"
SECTION = "thematiques"
"""The segment of an address after which theme and sub-theme stand."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One theme: `names` are its label and alternates, `slugs` the address segments that mean it, its key included."""

    key: str
    label: str
    alternates: tuple[str, ...]
    slugs: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.alternates)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The themes in the order in which they are shown."""

    entries: tuple[Entry, ...]


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary of `path`, by default the one that comes with the software.

    Raises `ConfigError`, naming the file and the entry, when the file cannot be read or is malformed.
    """
    path = path or DEFAULT_PATH
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"Le vocabulaire des thèmes « {path} » ne peut être lu ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} : syntaxe TOML incorrecte ({error}).") from error
    themes = table.get("theme")
    if set(table) != {"theme"} or not isinstance(themes, list) or not themes:
        raise ConfigError(f"{path} : le fichier doit contenir des entrées [[theme]], et rien d’autre.")
    vocabulary = Vocabulary(tuple(_entry(theme, f"{path}, thème n° {n}") for n, theme in enumerate(themes, 1)))
    _refuse_doubles(vocabulary, path)
    return vocabulary


def _entry(theme: Any, where: str) -> Entry:
    if not isinstance(theme, dict):
        raise ConfigError(f"{where} : une entrée s’écrit [[theme]].")
    if unknown := sorted(set(theme) - {"key", "label", "alternates", "slugs"}):
        raise ConfigError(f"{where} : clé inconnue « {unknown[0]} ». Clés connues : key, label, alternates, slugs.")
    key, label = (_text(theme, name, where) for name in ("key", "label"))
    if not _KEY.fullmatch(key):
        raise ConfigError(f"{where} : « {key} » ne convient pas comme key (minuscules sans accent, chiffres et traits d’union).")
    alternates, slugs = (_texts(theme, name, f"{where} ({key})") for name in ("alternates", "slugs"))
    return Entry(key, label, alternates, tuple(dict.fromkeys((key, *slugs))))


def _text(theme: dict[str, Any], name: str, where: str) -> str:
    value = theme.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{where} : « {name} » doit être un texte entre guillemets, non vide.")
    return value.strip()


def _texts(theme: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = theme.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise ConfigError(f"{where} : « {name} » doit être une liste de textes entre guillemets.")
    return tuple(value.strip() for value in values)


def _refuse_doubles(vocabulary: Vocabulary, path: Path) -> None:
    """A name or slug that means two themes would make the answer depend on the order of the file."""
    owner: dict[tuple[str, str], str] = {}
    for entry in vocabulary.entries:
        words = [("slug", slug) for slug in entry.slugs] + [("nom", _name(name)) for name in entry.names]
        for kind, word in words:
            other = owner.setdefault((kind, word), entry.key)
            if other != entry.key:
                raise ConfigError(f"{path}, thème « {entry.key} » : le {kind} « {word} » désigne déjà le thème « {other} ».")
        if sum(other.key == entry.key for other in vocabulary.entries) > 1:
            raise ConfigError(f"{path}, thème « {entry.key} » : cette key est donnée deux fois.")


def stated_themes(
    vocabulary: Vocabulary, addresses: Iterable[str], breadcrumb: Iterable[str], tags: Iterable[str]
) -> tuple[Theme, ...]:
    """The themes that a page states, in the vocabulary's order, each once; `source` says where they were read."""
    by_slug, by_name = _indexes(vocabulary)
    found: dict[str, str] = {}
    for address in addresses:
        for segment in _segments(address):
            if segment in by_slug:
                found.setdefault(by_slug[segment], "adresse")
    for names, source in ((breadcrumb, "fil d’Ariane"), (tags, "mots-clés")):
        for name in (part for text in names for part in _parts(text, by_name)):
            if name in by_name:
                found.setdefault(by_name[name], source)
    return tuple(Theme(entry.key, entry.label, "stated", found[entry.key]) for entry in vocabulary.entries if entry.key in found)


def search_words(vocabulary: Vocabulary, theme_key: str) -> str:
    """The words by which `theme:` finds a theme: its label and alternates; empty for a key that is not in the vocabulary."""
    return next((", ".join(entry.names) for entry in vocabulary.entries if entry.key == theme_key), "")


def _segments(address: str) -> Iterator[str]:
    """The theme and sub-theme segments of an address: what stands after /thematiques/, the page's own slug left out."""
    segments = [fold(unquote(segment)) for segment in urlsplit(address).path.split("/") if segment]
    if SECTION in segments:
        after = segments[segments.index(SECTION) + 1 :]
        yield from after[: max(1, min(2, len(after) - 1))]


def _parts(text: str, by_name: dict[str, str]) -> list[str]:
    """A tag as one name when it is known so, else the names that it lists ("Santé ; Culture")."""
    whole = _name(text)
    return [whole] if whole in by_name else [_name(part) for part in re.split(r"[,;|/•·]", text)]


def _name(text: str) -> str:
    """A name as it is compared: folded, punctuation away ("Habitat, cadre de vie" is "habitat cadre de vie")."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


@lru_cache(maxsize=4)
def _indexes(vocabulary: Vocabulary) -> tuple[dict[str, str], dict[str, str]]:
    """Slug → key, and name → key."""
    by_slug = {slug: entry.key for entry in vocabulary.entries for slug in entry.slugs}
    by_name = {_name(name): entry.key for entry in vocabulary.entries for name in entry.names}
    return by_slug, by_name
