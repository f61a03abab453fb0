"""The vocabulary of themes: two levels, loaded from an editable file."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError
from indexer.folding import fold

DEFAULT_PATH = Path(__file__).parent / "data" / "themes.toml"

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTS = ("alternates", "tags", "words", "slugs")
_KNOWN = ("key", "label", "parent", "common", *_LISTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One theme; `parent` is the key of its first level, None for a first level.

    `alternates` are other names of the theme; `tags` are names too vague to tell anything in a text ("Participation"); `words`
    tell it in a text but do not name it. `slugs` are the address segments that mean it, its key included. The words of a
    `common` theme stand in nearly every text of the field.
    """

    key: str
    label: str
    parent: str | None = None
    alternates: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    common: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.alternates, *self.tags)

    @property
    def evidence(self) -> tuple[str, ...]:
        return (self.label, *self.alternates, *self.words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The themes in the order in which they are shown, each first level followed by its second; `ignored`: see the file."""

    entries: tuple[Entry, ...]
    ignored: tuple[str, ...] = ()

    def entry(self, key: str) -> Entry | None:
        """The theme of a key: its label, its parent, its names."""
        return next((entry for entry in self.entries if entry.key == key), None)


def comparable(name: str) -> str:
    """A name as it is compared: folded, punctuation away ("Habitat, cadre de vie" is "habitat cadre de vie")."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary of `path`, by default the one that comes with the software.

    Raises `ConfigError`, naming the file and the entry, when the file cannot be read or is malformed.
    """
    path = path or DEFAULT_PATH
    table = _table(path)
    themes = table.get("theme")
    if not {"theme"} <= set(table) <= {"theme", "ignored"} or not isinstance(themes, list) or not themes:
        raise ConfigError(
            f"{path} : le fichier doit contenir des entrées [[theme]], une liste « ignored » s’il y a lieu, rien d’autre."
        )
    entries = [_entry(theme, f"{path}, thème n° {n}") for n, theme in enumerate(themes, 1)]
    _refuse_doubles(entries, path)
    _refuse_orphans(entries, path)
    return Vocabulary(tuple(_by_level(entries)), _texts(table, "ignored", str(path)))


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"Le vocabulaire des thèmes « {path} » ne peut être lu ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} : syntaxe TOML incorrecte ({error}).") from error


def _entry(theme: Any, where: str) -> Entry:
    if not isinstance(theme, dict):
        raise ConfigError(f"{where} : une entrée s’écrit [[theme]].")
    if unknown := sorted(set(theme) - set(_KNOWN)):
        raise ConfigError(f"{where} : clé inconnue « {unknown[0]} ». Clés connues : {', '.join(_KNOWN)}.")
    key, label = (_text(theme, name, where) for name in ("key", "label"))
    if not _KEY.fullmatch(key):
        raise ConfigError(f"{where} : « {key} » ne convient pas comme key (minuscules sans accent, chiffres et traits d’union).")
    where = f"{where} ({key})"
    common = theme.get("common", False)
    if not isinstance(common, bool):
        raise ConfigError(f"{where} : « common » vaut true ou false.")
    alternates, tags, words, slugs = (_texts(theme, name, where) for name in _LISTS)
    parent = _text(theme, "parent", where) if "parent" in theme else None
    return Entry(key, label, parent, alternates, tags, words, tuple(dict.fromkeys((key, *slugs))), common)


def _text(theme: dict[str, Any], name: str, where: str) -> str:
    value = theme.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{where} : « {name} » doit être un texte entre guillemets, non vide.")
    return value.strip()


def _texts(table: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = table.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise ConfigError(f"{where} : « {name} » doit être une liste de textes entre guillemets.")
    return tuple(value.strip() for value in values)


def _refuse_doubles(entries: list[Entry], path: Path) -> None:
    """A name or slug that means two themes would make the answer depend on the order of the file."""
    key, times = Counter(entry.key for entry in entries).most_common(1)[0]
    if times > 1:
        raise ConfigError(f"{path}, thème « {key} » : cette key est donnée deux fois.")
    owner: dict[tuple[str, str], str] = {}
    for entry in entries:
        for said in [("slug", slug) for slug in entry.slugs] + [("nom", comparable(name)) for name in entry.names]:
            other = owner.setdefault(said, entry.key)
            if other != entry.key:
                raise ConfigError(
                    f"{path}, thème « {entry.key} » : le {said[0]} « {said[1]} » désigne déjà le thème « {other} »."
                )


def _refuse_orphans(entries: list[Entry], path: Path) -> None:
    parents = {entry.key: entry.parent for entry in entries}
    for key, parent in parents.items():
        if parent is not None and parent not in parents:
            raise ConfigError(f"{path}, thème « {key} » : le thème parent « {parent} » n’existe pas.")
        if parent is not None and parents[parent] is not None:
            raise ConfigError(f"{path}, thème « {key} » : « {parent} » a lui-même un parent ; il n’y a que deux niveaux.")


def _by_level(entries: list[Entry]) -> Iterable[Entry]:
    """Each first level followed by its second, otherwise in the order of the file."""
    for first in entries:
        if first.parent is None:
            yield first
            yield from (second for second in entries if second.parent == first.key)
