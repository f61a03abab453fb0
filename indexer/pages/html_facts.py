"""Which lines of an article are labelled facts (dates, places, organisers, themes), and which are its text?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from indexer.pages.html_lines import BREAK, Line
from indexer.pages.labels import Label, introduces, label_of, split_label
from indexer.pages.print_text import is_event, split_tags

_LONGEST: dict[Label, int] = {"dates": 200, "places": 250, "tags": 300, "calendar": 300}
_LONGEST_VALUE = 400
_HEADING = re.compile(r"h[1-6]")
_LOCATED = re.compile(r"\((?:\d{2,3}|2[AB])\)|\b\d{5}\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of an article, and the lines that remain its text (organisers, contact and the like as "Label : value")."""

    lines: list[Line]
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    source: list[Line]
    lines: list[Line] = field(default_factory=list)
    values: dict[Label, list[str]] = field(default_factory=dict)

    def add(self, label: Label, words: str, values: list[Line]) -> bool:
        """Take a label with its values; False when they do not read as such and must stay text."""
        texts = [part for value in values for part in _joined(value.text.split(BREAK), label)]
        if label == "places":
            texts = _joined(texts, label)
        longest = _LONGEST.get(label, _LONGEST_VALUE)
        if not texts or any(len(text) > longest for text in texts):
            return False
        if label == "tags":
            texts = _tags(values)
        self.values.setdefault(label, []).extend(texts)
        if label not in ("dates", "places", "tags", "source"):
            self.lines += _as_text(words, values)
        return True


def read_facts(lines: list[Line]) -> Facts:
    """Part labelled facts from text. The lines are those of the article, in order."""
    reading = _Reading([part for line in lines for part in _split(line)])
    index = 0
    while index < len(reading.source):
        index = _read(reading, index)
    values = reading.values
    calendar = [value for value in values.get("calendar", []) if is_event(value)]
    structure = values.get("structure", [])
    return Facts(
        reading.lines,
        dates=_distinct(values.get("dates") or calendar),
        places=_distinct(values.get("places") or [value for value in structure if _LOCATED.search(value)]),
        organisers=_distinct(values.get("organisers") or structure),
        tags=_distinct(values.get("tags", [])),
    )


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def _split(line: Line) -> list[Line]:
    """A line at each bold label inside it: "<b>Date :</b> 12 mai <b>Lieu :</b> Lille" is two."""
    starts = [0] + [
        bold.start for bold in line.bolds if bold.start and not line.cells and _is_bold_label(line, bold.start, bold.end)
    ]
    if len(starts) == 1:
        return [line]
    return [line.part(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _is_bold_label(line: Line, start: int, end: int) -> bool:
    words = line.text[start:end]
    return label_of(words) is not None and bool(re.search(r"[:?]\s*$", words) or re.match(r"\s*:", line.text[end:]))


def _read(reading: _Reading, index: int) -> int:
    """Take the fact that starts at a line, or the line itself as text; the index of the line to go on with."""
    line = reading.source[index]
    if len(line.cells) == 2:
        return _read_row(reading, index)
    found = _labelled(line)
    if found is None:
        reading.lines.append(line)
        return index + 1
    label, words, value = found
    if label in ("files", "links"):
        reading.lines += [value] if value.text else []
        return index + 1
    values, after = ([value], index + 1) if value.text else ([], index + 1)
    more, after = _values_after(reading.source, index, bool(value.text))
    if reading.add(label, words, values + more):
        return after
    reading.lines.append(line)
    return index + 1


def _read_row(reading: _Reading, index: int) -> int:
    line = reading.source[index]
    first, second = line.part(0, line.cells[1] - 3), line.part(line.cells[1])
    label = label_of(first.text)
    if not (label and not label_of(second.text) and reading.add(label, first.text.rstrip(" :"), [second])):
        reading.lines.append(line)
    return index + 1


def _labelled(line: Line) -> tuple[Label, str, Line] | None:
    """(label, its words, the value in the same line, maybe empty)."""
    bold = line.bolds[0] if line.bolds and line.bolds[0].start == 0 else None
    whole = bold is not None and bold.end >= len(line.text.rstrip(" :?"))
    alone = label_of(line.text)
    if alone:
        shown = whole or line.text.endswith((":", "?")) or introduces(line.text)
        return (alone, line.text.rstrip(" :"), line.part(len(line.text))) if shown else None
    if bold and label_of(line.text[: bold.end]):
        rest = line.part(bold.end)
        if introduces(line.text[: bold.end]) or re.search(r"[:?]\s*$", line.text[: bold.end]):
            lead = re.match(r"[\s:]*", rest.text)
            label = label_of(line.text[: bold.end])
            return (label, line.text[: bold.end].rstrip(" :"), rest.part(lead.end() if lead else 0)) if label else None
    found = split_label(line.text)
    if found is None or not found[2]:
        return None
    return found[0], found[1], line.part(line.text.rfind(found[2]))


def _values_after(lines: list[Line], index: int, has_value: bool) -> tuple[list[Line], int]:
    """The lines that go on with a label's values: the rest of its paragraph, else its list, else the next paragraph."""
    label = lines[index]
    after = index + 1
    if after >= len(lines):
        return [], after
    following = lines[after]
    if following.block != label.block and (has_value or _HEADING.fullmatch(following.tag) or following.inside != label.inside):
        return [], after
    scope = next((scope for scope in following.scopes if scope not in label.scopes), None)
    end = after
    while end < len(lines) and _belongs(lines[end], following, scope) and not _labelled(lines[end]):
        if has_value and len(lines[end].text) > 150:
            break
        end += 1
    return lines[after:end], end


def _belongs(line: Line, first: Line, scope: int | None) -> bool:
    return scope in line.scopes if scope is not None else line.block == first.block


def _joined(texts: list[str], label: Label) -> list[str]:
    """Values of their own; for places, lines of one address put together (a street number or postal code begins a line)."""
    values: list[str] = []
    for text in (text.strip() for text in texts if text.strip()):
        if label == "places" and values and (text[0].isdigit() or values[-1].endswith((",", "-", "–"))):
            values[-1] = f"{values[-1].rstrip(' ,')}, {text}"
        else:
            values.append(text)
    return values


def _tags(values: list[Line]) -> list[str]:
    tags: list[str] = []
    for value in values:
        linked = [value.text[span.start : span.end].strip() for span in value.links]
        tags += linked or split_tags(value.text.replace(BREAK, ";"))
    return tags


def _as_text(words: str, values: list[Line]) -> list[Line]:
    """The label and its first value in one line, the others below it."""
    first, rest = values[0], values[1:]
    text = f"{words} : {first.text}"
    shift = len(text) - len(first.text)
    links = tuple(span._replace(start=span.start + shift, end=span.end + shift) for span in first.links)
    return [replace(first, text=text, links=links, bolds=(), cells=(), prefix=""), *(replace(line, bolds=()) for line in rest)]
