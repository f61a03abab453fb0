"""The table of dictionary forms, folded: made from simplemma's in two seconds, then kept in the user's cache and read in a tenth.

The file is a checksum, the words, and their dictionary forms, a word a line. One that is damaged, or of other versions, is made
again; where none may be written (a service without a home), each process makes its own.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from indexer.checksum import checksum
from indexer.folding import fold

_VERSION = 1
"""To be raised with every change of what the table holds: of folding, or of this module."""


def lemma_table() -> dict[str, str]:
    """Folded word → folded dictionary form."""
    path = _path()
    with suppress(OSError, ValueError):
        return _read(path)
    table = made_table()
    if path.is_absolute():  # else the user has no home
        with suppress(OSError):
            _write(path, table)
    return table


def made_table() -> dict[str, str]:
    """The table from simplemma's. Folding 250,000 words one by one would take seconds: they are folded as one text."""
    # only here: its import takes a fifth of a second
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    entries = DefaultDictionaryFactory().get_dictionary("fr")
    words, lemmas = (fold("\n".join(many)).split("\n") for many in (entries, entries.values()))
    table: dict[str, str] = {}
    for word, dictionary_form in zip(words, lemmas, strict=True):
        table.setdefault(word, dictionary_form)
    return table


def _path() -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(folder, "chercheville", f"lemmas-{_VERSION}-{version('simplemma')}-{unicodedata.unidata_version}")


def _read(path: Path) -> dict[str, str]:
    """Raises `ValueError` for a damaged file."""
    kept, _, data = path.read_bytes().partition(b"\n")
    if kept != checksum(data):
        raise ValueError(path)
    words, _, lemmas = data.decode().partition("\n\n")
    return dict(zip(words.split("\n"), lemmas.split("\n"), strict=True))


def _write(path: Path, table: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "\n\n".join("\n".join(many) for many in (table, table.values())).encode()
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(checksum(data) + b"\n" + data)
        file.flush()
        path.unlink(missing_ok=True)
        os.link(file.name, path)
