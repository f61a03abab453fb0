"""What `config.toml` says, checked: a wrong key names itself, its line and the nearest right one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indexer.cluster_names import wrong_addresses, wrong_index
from indexer.errors import ConfigError

ENGINES = ("whoosh", "opensearch")
PDF_READERS = ("pdfminer", "pdfium")
OCR_MODES = ("auto", "on", "off")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default. Paths are absolute or relative to the current folder.

    `themes`, `labels`, `venues` and `synonyms` are files of the installation's own, None for those that come with the software.
    `territory` holds names or codes of régions and départements. `pdf_workers` 0 is one for each core. What begins with `engine_`
    is for a cluster; its secrets are in files or the environment, never here.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    index_memory_mb: int = 512
    labels: Path | None = None
    themes: Path | None = None
    venues: Path | None = None
    territory: tuple[str, ...] = ()
    pdf_reader: str = "pdfminer"
    pdf_workers: int = 0
    pdf_page_seconds: int = 60
    pdf_memory_mb: int = 1024
    ocr: str = "auto"
    synonyms: Path | None = None
    engine: str = "whoosh"
    engine_addresses: tuple[str, ...] = ("http://127.0.0.1:9200",)
    engine_index: str = "chercheville"
    engine_user: str = ""
    engine_password_file: Path | None = None
    engine_api_key_file: Path | None = None
    engine_ca_file: Path | None = None
    engine_timeout: int = 10
    engine_shards: int = 1
    engine_replicas: int = 1
    site_name: str = "ChercheVille"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    proxies: int = 0
    page_size: int = 10


# (section, key) in the file → (field of Settings, type)
KEYS: dict[tuple[str, str], tuple[str, type]] = {
    ("corpus", "path"): ("corpus", Path),
    ("index", "path"): ("index", Path),
    ("index", "memory_mb"): ("index_memory_mb", int),
    ("pages", "labels"): ("labels", Path),
    ("themes", "vocabulary"): ("themes", Path),
    ("places", "venues"): ("venues", Path),
    ("places", "territory"): ("territory", list),
    ("pdf", "reader"): ("pdf_reader", str),
    ("pdf", "workers"): ("pdf_workers", int),
    ("pdf", "page_seconds"): ("pdf_page_seconds", int),
    ("pdf", "memory_mb"): ("pdf_memory_mb", int),
    ("ocr", "mode"): ("ocr", str),
    ("search", "synonyms"): ("synonyms", Path),
    ("engine", "name"): ("engine", str),
    ("engine", "addresses"): ("engine_addresses", list),
    ("engine", "index"): ("engine_index", str),
    ("engine", "user"): ("engine_user", str),
    ("engine", "password_file"): ("engine_password_file", Path),
    ("engine", "api_key_file"): ("engine_api_key_file", Path),
    ("engine", "ca_file"): ("engine_ca_file", Path),
    ("engine", "timeout_seconds"): ("engine_timeout", int),
    ("engine", "shards"): ("engine_shards", int),
    ("engine", "replicas"): ("engine_replicas", int),
    ("site", "name"): ("site_name", str),
    ("site", "host"): ("host", str),
    ("site", "port"): ("port", int),
    ("site", "threads"): ("threads", int),
    ("site", "proxies"): ("proxies", int),
    ("site", "page_size"): ("page_size", int),
}
LIMITS: dict[str, tuple[int, int]] = {
    "port": (1, 65535),
    "threads": (1, 256),
    "proxies": (0, 9),
    "page_size": (1, 100),
    "index_memory_mb": (64, 1_000_000),
    "pdf_workers": (0, 256),
    "pdf_page_seconds": (1, 3600),
    "pdf_memory_mb": (256, 1_000_000),
    "engine_timeout": (1, 600),
    "engine_shards": (1, 1024),
    "engine_replicas": (0, 20),
}
CHOICES: dict[str, tuple[str, ...]] = {"engine": ENGINES, "pdf_reader": PDF_READERS, "ocr": OCR_MODES}
CHECKS: dict[str, Callable[[Any], str | None]] = {"engine_addresses": wrong_addresses, "engine_index": wrong_index}
"""What is wrong with a value of the right type."""
TYPE_WORDS = {
    Path: "un chemin entre guillemets",
    str: "un texte entre guillemets",
    int: "un nombre entier",
    list: "une liste de textes entre guillemets",
}


def load_settings(path: Path | None = None) -> Settings:
    """The settings of `path`, or of ./config.toml when there is one, else the defaults. Raises `ConfigError`."""
    if path is None:
        path = Path("config.toml")
        if not path.exists():
            return Settings()
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"Le fichier de configuration « {path} » ne peut être lu ({error.strerror}). Indiquez-en un autre avec --config."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} n’est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    return parse_settings(text, path)


def parse_settings(text: str, path: Path) -> Settings:
    """The settings that `text` gives; relative paths are taken from the file's own folder. Raises `ConfigError`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} : syntaxe TOML incorrecte ({error}).") from error
    values: dict[str, Any] = {}
    for section, table in tables.items():
        _check_section(section, table, text, path)
        for key, value in table.items():
            name, kind = _known(section, key, text, path)
            values[name] = _convert(section, key, name, kind, value, text, path)
    return replace(Settings(corpus=path.parent / "corpus", index=path.parent / "index"), **values)


def _check_section(section: str, table: Any, text: str, path: Path) -> None:
    sections = sorted({known for known, _ in KEYS})
    if section not in sections:
        where = _line(text, rf"\s*(\[\s*{re.escape(section)}\b|{re.escape(section)}\s*=)")
        raise ConfigError(
            f"{path}, ligne {where} : section inconnue « {section} ».{_nearest(section, sections)}"
            f" Sections connues : {', '.join(sections)}."
        )
    if not isinstance(table, dict):
        where = _line(text, rf"\s*{re.escape(section)}\s*=")
        raise ConfigError(f"{path}, ligne {where} : « {section} » est une section ; écrivez [{section}].")


def _known(section: str, key: str, text: str, path: Path) -> tuple[str, type]:
    if (section, key) in KEYS:
        return KEYS[section, key]
    keys = [known for where, known in KEYS if where == section]
    raise ConfigError(
        f"{path}, ligne {_key_line(text, section, key)} : clé inconnue « {key} » dans [{section}]."
        f"{_nearest(key, keys)} Clés connues : {', '.join(keys)}."
    )


def _convert(section: str, key: str, name: str, kind: type, value: Any, text: str, path: Path) -> Any:
    where = f"{path}, ligne {_key_line(text, section, key)} : {section}.{key}"
    right = isinstance(value, str if kind is Path else kind) and not isinstance(value, bool)
    if not right or (kind is list and not all(isinstance(item, str) for item in value)):
        shown = "" if name == "engine_addresses" else f", pas {value!r}"  # an address may hold a secret
        raise ConfigError(f"{where} doit être {TYPE_WORDS[kind]}{shown}.")
    if name in CHOICES and value not in CHOICES[name]:
        known = CHOICES[name]
        raise ConfigError(f"{where} : valeur inconnue « {value} ».{_nearest(value, known)} Valeurs connues : {', '.join(known)}.")
    if name in LIMITS and not LIMITS[name][0] <= value <= LIMITS[name][1]:
        low, high = LIMITS[name]
        raise ConfigError(f"{where} doit être entre {low} et {high}, pas {value}.")
    if name in CHECKS and (fault := CHECKS[name](value)):
        raise ConfigError(f"{where} {fault}.")
    if kind is list:
        return tuple(value)
    if kind is Path:
        return path.parent / value if value else getattr(Settings(), name)
    return value


def _nearest(word: str, known: Any) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""


def _line(text: str, pattern: str, start: int = 0) -> int:
    for number, line in enumerate(text.splitlines()[start:], start + 1):
        if re.match(pattern, line):
            return number
    return start + 1


def _key_line(text: str, section: str, key: str) -> int:
    head = _line(text, rf"\s*\[\s*{re.escape(section)}\s*\]")
    return _line(text, rf"""\s*["']?{re.escape(key)}["']?\s*[.=]""", head)
