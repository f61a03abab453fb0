"""A file of labels: which words announce which fact, and where single sites keep theirs. The format is in `data/labels.toml`."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from indexer.errors import ConfigError
from indexer.folding import fold

Label = Literal[
    "dates",
    "dates_places",
    "end",
    "hours",
    "calendar",
    "places",
    "organiser",
    "participant",
    "partner",
    "structure",
    "tags",
    "files",
    "source",
    "links",
    "other",
]
"""What a label announces; see `data/labels.toml`."""
Fact = Literal["dates", "places", "organiser", "participant", "partner", "structure", "tags"]
"""The labels that mark-up may stand for."""
Part = Literal["title", "article", "drop"] | Fact
"""What the selectors of a site may find."""

LABELS: tuple[Label, ...] = get_args(Label)
FACTS: tuple[Fact, ...] = get_args(Fact)
PARTS: tuple[Part, ...] = ("title", "article", "drop", *FACTS)
_OPTIONAL = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages of a host (None: of any) keep their parts: CSS selectors by part."""

    host: str | None
    selectors: Mapping[Part, tuple[str, ...]]

    def holds_for(self, address: str | None) -> bool:
        """Whether a page at this address is one of the site's."""
        try:
            host = urlsplit(address or "").hostname or ""
        except ValueError:
            return self.host is None
        return self.host in (None, host.removeprefix("www."))


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of one file; `words` as they are written there."""

    words: tuple[tuple[Label, str], ...]
    sites: tuple[Site, ...]

    def forms(self) -> Iterator[tuple[Label, str]]:
        """Every form of every label, as it is compared."""
        return ((label, comparable(form)) for label, words in self.words for form in spelled_out(words))


def spelled_out(words: str) -> Iterator[str]:
    """The forms of "Organisé(e)(s) par": with and without the letters in each pair of brackets."""
    parts = _OPTIONAL.split(words)
    choices = [("", part) if index % 2 else (part,) for index, part in enumerate(parts)]
    return ("".join(chosen) for chosen in itertools.product(*choices))


@lru_cache(maxsize=8192)
def comparable(words: str) -> str:
    """The letters and figures of a label's words, folded: "Organisé(e)·s par" is "organiseespar"."""
    return re.sub(r"[^a-z0-9]+", "", fold(words))


def read_table(path: Path) -> Table:
    """Read a file of labels. Raises `ConfigError`, naming the file and the entry."""
    table = _toml(path)
    if unknown := sorted(set(table) - {"label", "site"}):
        raise ConfigError(f"{path} : « {unknown[0]} » est inconnu. Le fichier contient des entrées [[label]] et [[site]].")
    words = [pair for where, entry in _entries(table, "label", path) for pair in _label(entry, where)]
    _refuse_doubles(words, path)
    return Table(tuple(words), tuple(_site(entry, where) for where, entry in _entries(table, "site", path)))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"Le fichier des libellés « {path} » ne peut être lu ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} : syntaxe TOML incorrecte ({error}).") from error


def _entries(table: dict[str, Any], name: str, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    entries = table.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path} : une entrée s’écrit [[{name}]].")
    for number, entry in enumerate(entries, 1):
        yield f"{path}, [[{name}]] n° {number}", entry


def _label(entry: dict[str, Any], where: str) -> Iterator[tuple[Label, str]]:
    _refuse_unknown(entry, ("field", "words"), where)
    label = next((label for label in LABELS if label == entry.get("field")), None)
    if label is None:
        raise ConfigError(f"{where} : « field » doit être l’un de {', '.join(LABELS)}.")
    words = _texts(entry, "words", f"{where} ({label})")
    for text in words:
        if re.search(r"[()]", _OPTIONAL.sub("", text)) or not any(map(str.isalnum, _OPTIONAL.sub("", text))):
            raise ConfigError(f"{where} ({label}) : « {text} » n’est pas un libellé (parenthèses seules, ou aucun mot).")
        yield label, text


def _site(entry: dict[str, Any], where: str) -> Site:
    _refuse_unknown(entry, ("host", *PARTS), where)
    host = entry.get("host")
    if host is not None and (not isinstance(host, str) or "/" in host or not host.strip()):
        raise ConfigError(f"{where} : « host » est le nom d’un site (« www.exemple.fr »), sans http:// ni chemin.")
    selectors = {part: _texts(entry, part, where) for part in PARTS if part in entry}
    if not selectors:
        raise ConfigError(f"{where} : l’entrée ne dit rien. Parties connues : {', '.join(PARTS)}.")
    for selector in itertools.chain(*selectors.values()):
        _check_selector(selector, where)
    return Site(host.strip().lower().removeprefix("www.") if host else None, selectors)


def _check_selector(selector: str, where: str) -> None:
    try:
        LexborHTMLParser("<p>").css(selector)
    except SelectolaxError as error:
        raise ConfigError(f"{where} : « {selector} » n’est pas un sélecteur CSS valide.") from error


def _refuse_unknown(entry: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    if unknown := sorted(set(entry) - set(known)):
        raise ConfigError(f"{where} : clé inconnue « {unknown[0]} ». Clés connues : {', '.join(known)}.")


def _texts(entry: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = entry.get(name)
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or not all(isinstance(text, str) and text.strip() for text in values):
        raise ConfigError(f"{where} : « {name} » doit être un texte entre guillemets, ou une liste de textes.")
    return tuple(text.strip() for text in values)


def _refuse_doubles(words: list[tuple[Label, str]], path: Path) -> None:
    owner: dict[str, Label] = {}
    for label, text in words:
        for form in map(comparable, spelled_out(text)):
            if owner.setdefault(form, label) != label:
                raise ConfigError(f"{path}, [[label]] {label} : « {text} » annonce déjà « {owner[form]} ».")
