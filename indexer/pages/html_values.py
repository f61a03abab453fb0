"""The values of a label in an HTML page: which lines they are, and what they say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from indexer.pages.html_line import BREAK, CELL, Line
from indexer.pages.label_table import Label
from indexer.pages.labelled import ROLES, addresses_of, is_sentence, split_tags

HEADING = re.compile(r"h[1-6]")
PROSE = re.compile(r"[.!?…;]\s*$")
_LONGEST: dict[Label, int] = {
    "dates": 200,
    "end": 60,
    "hours": 100,
    "places": 250,
    "dates_places": 250,
    "tags": 300,
    "calendar": 300,
}
_LONGEST_VALUE = 400
_LONGEST_MORE = 150
_MOST_LINES = 12
"""An element with more lines than this, or with headings, holds more than the values of the label before it."""


def values_after(lines: list[Line], index: int, has_value: bool, is_label: Callable[[Line], bool]) -> list[Line]:
    """The lines after a label that go on with its values: the rest of its paragraph, else the element that follows it."""
    label, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.inside != label.inside:
        return []
    if following.block == label.block:
        found = _run(lines, index + 1, lambda line: line.block == label.block, is_label)
        return _before_prose(found) if has_value else found
    if has_value or HEADING.fullmatch(following.tag):
        return []
    scope = next((scope for scope in following.scopes if scope not in label.scopes), None)
    found = _run(lines, index + 1, lambda line: scope in line.scopes, is_label) if scope is not None else []
    if not found or (_is_too_much(found) and not found[-1].group == following.group != 0):
        found = _run(lines, index + 1, lambda line: line.block == following.block, is_label)
    return _section(lines, index, is_label) or found


def _section(lines: list[Line], index: int, is_label: Callable[[Line], bool]) -> list[Line]:
    """What stands between a label that is a heading and the next heading or label, when it is all short lines; else nothing."""
    if not HEADING.fullmatch(lines[index].tag):
        return []
    after = lines[index + 1 : index + 2 + _MOST_LINES]
    found = _run(after, 0, lambda line: not HEADING.fullmatch(line.tag), is_label)
    if len(found) == len(after) or any(len(line.text) > _LONGEST_MORE or PROSE.search(line.text) for line in found):
        return []
    return found


def _run(lines: list[Line], start: int, belongs: Callable[[Line], bool], is_label: Callable[[Line], bool]) -> list[Line]:
    end = start
    while end < len(lines) and belongs(lines[end]) and not is_label(lines[end]):
        end += 1
    return lines[start:end]


def _before_prose(lines: list[Line]) -> list[Line]:
    end = next((index for index, line in enumerate(lines) if len(line.text) > _LONGEST_MORE), len(lines))
    return lines[:end]


def _is_too_much(lines: list[Line]) -> bool:
    return len(lines) > _MOST_LINES or any(HEADING.fullmatch(line.tag) for line in lines)


def value_texts(label: Label, values: list[Line]) -> list[str]:
    """The values in words; empty when they are none, or too long to be values of this label."""
    texts = []
    for _, item in itertools.groupby(values, _item_of):
        parts = [part.strip().replace(CELL, ", ") for value in item for part in value.text.split(BREAK) if part.strip(" |")]
        texts += addresses_of(parts) if label == "places" else parts
    if any(len(text) > _LONGEST.get(label, _LONGEST_VALUE) or (label in ROLES and is_sentence(text)) for text in texts):
        return []
    return _tags(values) if label == "tags" else texts


def _item_of(line: Line) -> int:
    """The innermost list item, definition or field value around a line, 0 for none."""
    return next((inner for outer, inner in zip(line.scopes[-2::-1], line.scopes[:0:-1], strict=True) if outer < 0), 0)


def _tags(values: list[Line]) -> list[str]:
    tags: list[str] = []
    for value in values:
        linked = [value.text[span.start : span.end].strip() for span in value.links]
        tags += linked or split_tags(value.text.replace(BREAK, ";"))
    return tags


def as_text(words: str, values: list[Line], beside: bool) -> list[Line]:
    """The label and its first value in one line, the others below it; a list that is not `beside` the label below it."""
    first = values[0]
    words = re.sub(r"^\W+", "", words).rstrip(" :")
    words += "" if words.endswith("?") else " :"
    below = [line._replace(block=first.block, bolds=()) for line in values]
    if first.prefix and not beside:
        return [Line(words, first.block, first.group), *below]
    text = f"{words} {first.text}"
    shift = len(text) - len(first.text)
    links = tuple(span._replace(start=span.start + shift, end=span.end + shift) for span in first.links)
    return [first._replace(text=text, links=links, bolds=(), cells=()), *below[1:]]
