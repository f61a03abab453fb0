"""The sources of the sample PDFs: their format, and reading them.

A source is a front matter of `key: value` lines between two `---` lines, then blocks: headings (`#` to `###`), paragraphs,
`- ` lists, `|` tables whose first row is the header, `> ` quotations, `[^1]: ` footnotes (called by `[^1]` in the text) and
`===` page breaks. Optional keys: `header: …` (on top of each page), `hyphenate: yes` (lines are justified and words cut at
their ends), `labels: roman` (the first two pages are i and ii, the third is 1) and `name_form: nfd` (the accents of the
file name are combining characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

REQUIRED = {
    "file": r"[^/]+\.pdf",
    "folder": r"[a-z0-9-]+",
    "layout": "report|minutes|survey|slides|leaflet|columns",
    "title": ".+",
    "author": ".+",
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
}
FIELDS = REQUIRED | {"header": ".+", "hyphenate": "yes", "labels": "roman", "name_form": "nfd"}
MARKS = {
    "break": r"===$",
    "h1": r"# (?=\S)",
    "h2": r"## (?=\S)",
    "h3": r"### (?=\S)",
    "item": r"- (?=\S)",
    "row": r"\| (?=.*\|$)",
    "quote": r"> (?=\S)",
    "note": r"(?=\[\^\w+\]: \S)",
    "text": r"(?!\[\^|[#=|>*-]|\d+[.)] )(?=\S)",
}
GROUPED = {"item", "row", "quote", "text"}  # consecutive lines are one block
NOTE_CALL = re.compile(r"\[\^(\w+)\]")


class SourceError(Exception):
    """A source is malformed at a line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True)
class Block:
    """Lines of one kind (a key of MARKS) that belong together, without their marks; `number` is the first one's."""

    kind: str
    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A source: its front matter and its body."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Raises `SourceError`."""
    lines = [(number, _decode(number, raw)) for number, raw in enumerate(path.read_bytes().splitlines(), start=1)]
    fences = [number for number, line in lines if line == "---"]
    if len(fences) != 2 or fences[0] != 1:
        raise SourceError(fences[2] if fences[2:] else 1, "the front matter stands between two lines ---, the only ones")
    blocks = tuple(_blocks(lines[fences[1] :]))
    _check_headings(blocks)
    _check_notes(blocks)
    return Source(_meta(lines[1 : fences[1] - 1]), blocks)


def _decode(number: int, raw: bytes) -> str:
    try:
        line = raw.decode().rstrip()
        line.encode("cp1252")
    except UnicodeError as error:
        raise SourceError(number, f"not UTF-8, or a character that the standard PDF fonts lack: {error}") from error
    return line


def _meta(lines: list[tuple[int, str]]) -> dict[str, str]:
    meta: dict[str, str] = {}
    for number, line in lines:
        key, _, value = line.partition(": ")
        if key in meta or key not in FIELDS or not re.fullmatch(FIELDS[key], value.strip()):
            raise SourceError(number, f"an unknown or repeated key, or a wrong value: {line}")
        meta[key] = value.strip()
    if missing := REQUIRED.keys() - meta.keys():
        raise SourceError(1, f"missing in the front matter: {', '.join(sorted(missing))}")
    return meta


def _blocks(lines: list[tuple[int, str]]) -> Iterator[Block]:
    for kind, group in groupby(lines, lambda line: _kind(*line)):
        numbered = [(number, re.sub(MARKS[kind], "", line, count=1)) for number, line in group if kind]
        if kind == "row" and len({line.count("|") for _, line in numbered}) > 1:
            raise SourceError(numbered[0][0], "the rows of this table differ in their number of cells")
        if kind in GROUPED:
            yield Block(kind, numbered[0][0], tuple(line for _, line in numbered))
        else:
            yield from (Block(kind, number, (line,)) for number, line in numbered)


def _kind(number: int, line: str) -> str:
    """A key of MARKS, or nothing for an empty line."""
    kind = next((kind for kind, mark in MARKS.items() if re.match(mark, line)), "")
    if (line and not kind) or "**" in line:
        raise SourceError(number, f"no markup of a source: {line[:60]}")
    return kind


def _check_headings(blocks: tuple[Block, ...]) -> None:
    level = 0
    for block in blocks:
        if block.kind in ("h1", "h2", "h3"):
            if int(block.kind[1]) > level + 1:
                raise SourceError(block.number, f"a heading that skips a level: {block.lines[0]}")
            level = int(block.kind[1])


def _check_notes(blocks: tuple[Block, ...]) -> None:
    calls = {key: block.number for block in blocks if block.kind != "note" for key in NOTE_CALL.findall(" ".join(block.lines))}
    notes = {NOTE_CALL.findall(block.lines[0])[0]: block.number for block in blocks if block.kind == "note"}
    if stray := calls.keys() ^ notes.keys():
        key = min(stray)
        raise SourceError((calls | notes)[key], f"footnote {key} is called but not given, or given but not called")
