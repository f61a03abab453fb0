"""The labels under which pages give their facts ("Dates :", "Où ?", "Organisé par"…): one vocabulary for every form of page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.pages.label_table import Label, Site, comparable, read_table

SHIPPED = Path(__file__).parent / "data" / "labels.toml"

_LONGEST = 50
_START = 3
_SEPARATOR = re.compile(r"\s*[?:]|\s+[–—-]\s")
BARS = " |•;·—–-"
"""What may part one label and its value from the next in a line."""
_DECORATION = " \t*_#•–—-"
_PREPOSITIONS = re.compile(r"\b(?:par|de|du|des|avec)\s+(?=\S)", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:par|de|du|des|avec)\W*$", re.IGNORECASE)
_BARS = re.compile(r"\s*(?:[|•;]|\s[·—–-]\s)\s*(?=(?P<words>[^:?|•;]{2,50}?)\s?[:?])")
_LONGEST_PHRASE = 120
_LONGEST_LINE = 500
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ",")
_DASHED: frozenset[Label] = frozenset(("dates", "hours", "places"))
"""Labels that a dash may part from their value; other words before a dash are more often a title."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in force: `fields` by the letters and figures of a label's words, `starts` the first few of these.

    `digest` changes with any of them.
    """

    fields: Mapping[str, Label]
    starts: frozenset[str]
    sites: tuple[Site, ...]
    digest: str

    def label_of(self, words: str) -> Label | None:
        """The label that these words are, whole ("Où ?", "**Lieu :**", "Organisé·e·s par"); None when they say anything else."""
        return self.fields.get(comparable(words)) if len(words) <= _LONGEST and self._may_start(words) else None

    def _may_start(self, line: str) -> bool:
        """Whether a label may stand at the start of a line: most lines are told at once to have none."""
        return comparable(line.lstrip(_DECORATION)[:_START]) in self.starts

    def split(self, line: str) -> tuple[Label, str, str] | None:
        """(label, the label's words, the value) of "Lieu : Lille" or of a label that stands alone; None for any other line."""
        if not self._may_start(line):
            return None
        separator = _SEPARATOR.search(line, 0, _LONGEST + 12)
        if separator is None:
            alone = self.label_of(line)
            return (alone, line.strip(_DECORATION), "") if alone else None
        label = self.label_of(line[: separator.start()])
        mark = separator.group().strip()
        value = line[separator.end() :].lstrip(" :*_\t").strip()
        if label is None or (mark == "?" and "?" in value):
            return None
        if mark not in ":?" and (label not in _DASHED or not value or self.label_of(value)):
            return None
        return label, line[: separator.start()].strip(_DECORATION) + (" ?" if mark == "?" else ""), value

    def starts_in(self, line: str) -> list[int]:
        """Where, after a bar or a dash, further labels start in a line: "Date : 12 mai | Lieu : Lille"."""
        bars = _BARS.finditer(line) if len(line) <= _LONGEST_LINE else ()
        return [bar.end() for bar in bars if self.label_of(bar["words"])]

    def phrase(self, line: str) -> tuple[Label, int] | None:
        """(label, where its value starts) of a line such as "Organisé par la CAF" that says nothing else; None for any other."""
        if len(line) > _LONGEST_PHRASE or not self._may_start(line) or line.endswith(_SENTENCE_ENDS):
            return None
        for preposition in _PREPOSITIONS.finditer(line, 0, _LONGEST):
            label = self.label_of(line[: preposition.end()])
            if label and not re.search(r",\s[^,]*\b(?:est|a|ont|sont|s[’']est)\b", line):
                return label, preposition.end()
        return None

    def introduces(self, words: str) -> bool:
        """Whether these words are a label that introduces a value without a colon, as "Organisé par" does and "Date" does not."""
        return self.label_of(words) is not None and _PREPOSITION.search(words) is not None


def load_labels(extra: Path | None = None) -> Labels:
    """The labels that come with the software and, before them, those of an installation's own file.

    Raises `ConfigError`, naming the file and the entry, when a file cannot be read or is malformed.
    """
    tables = [read_table(path) for path in (SHIPPED, extra) if path]
    fields: dict[str, Label] = {}
    for table in tables:
        fields |= {form: label for label, form in table.forms()}
    sites = tuple(site for table in reversed(tables) for site in table.sites)
    said = repr((sorted(fields.items()), sites))
    starts = frozenset(form[:length] for form in fields for length in range(_START + 1))
    return Labels(fields, starts, sites, hashlib.sha256(said.encode()).hexdigest()[:16])


@lru_cache(maxsize=1)
def shipped_labels() -> Labels:
    """The labels that come with the software."""
    return load_labels()
