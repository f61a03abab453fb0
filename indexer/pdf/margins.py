"""Running headers, footers and page numbers: told from the text by coming back at the same height on the pages around."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from indexer.pdf.edges import SAME_PLACE, Edge, edges_of
from indexer.pdf.raw import RawPage

_AROUND = 4
_FAR_AROUND = 10
_OTHERS = 2
_OTHER_SLIDES = 4
_OTHERS_OF_LARGE = 6
_FASTEST = 2
_FEWEST_LETTERS = 3
_LONGEST = 500
"""Characters of the longest line that may be a margin."""

_ROMAN_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = re.compile(rf"(?<![\d.,])\d{{1,5}}(?!\d|[.,]\d)|(?<![\w'’])(?:{_ROMAN}|{_ROMAN.upper()})(?![\w'’])")
_LONE = re.compile(r"[\W_]*(?:(?:page|pp?|no|n)\b)?[\W_]*\0(?:\s*(?:/|sur|de|of)\s*\d+)?[\W_]*", re.IGNORECASE)
_ENDS = ("…\0", "\0…")
"""Whatever words before a number, or after it."""

Pattern = tuple[bool, str]
"""At the top or not, and the words with U+0000 for the number left open."""


class _Seen(NamedTuple):
    """An edge line under one of its patterns, with the number that the pattern leaves open (0 when there is none)."""

    edge: Edge
    value: int
    is_lone: bool = False


def split_margins(pages: Sequence[RawPage]) -> list[tuple[RawPage, tuple[str, ...]]]:
    """The pages without their running headers, footers and page numbers, and these, from the top down.

    `pages` are those of one document in order. An edge line is a margin when it stands at the same height on 2 other pages
    within 4, the same or but for a number that grows with the page (4 others on slides, 6 for letters as large as a title's);
    a number alone, when it is the page's or goes on the count; a heading where others have their margins, or beside a page
    number. A margin has nothing but margins between itself and the edge. The time taken grows as the number of pages does.
    """
    edges = edges_of(pages)
    found = list(_coming_back(edges, alone=len(pages) == 2))
    found = [edge for edge, is_text in zip(found, _are_text(pages, found), strict=True) if not is_text]
    found += _lone_numbers(pages, edges, found)
    found += _changing(edges, found)
    found += _beside_numbers(edges, found)
    rows = {(edge.page, edge.is_top, edge.row) for edge in found}
    taken: dict[int, set[int]] = defaultdict(set)
    for edge in found:
        if all((edge.page, edge.is_top, row) in rows for row in range(edge.row)):
            taken[edge.page].add(edge.line)
    return [_split(page, taken.get(page.number, set())) for page in pages]


def _split(page: RawPage, taken: set[int]) -> tuple[RawPage, tuple[str, ...]]:
    if not taken:
        return page, ()
    margins = sorted((page.lines[index] for index in taken), key=lambda line: (-line.y0, line.x0))
    kept = tuple(line for index, line in enumerate(page.lines) if index not in taken)
    return replace(page, lines=kept), tuple(line.text for line in margins)


def _patterns(edge: Edge) -> Iterator[tuple[Pattern, _Seen]]:
    """The ways in which a line may come back: the same, or the same but for one number, or around a page number at an end."""
    if len(edge.text) > _LONGEST:
        return
    numbers = list(_NUMBER.finditer(edge.text))
    if not numbers and _has_words(edge.text):
        yield (edge.is_top, edge.text), _Seen(edge, 0)
    for number in numbers:
        start, end = number.span()
        words = f"{edge.text[:start]}\0{edge.text[end:]}"
        seen = _Seen(edge, _value(number[0]), _LONE.fullmatch(words) is not None)
        if edge.row and not edge.is_apart and not seen.is_lone:
            continue  # the first line of the text below a header: "Fiche 1", "Fiche 2"
        if seen.is_lone or _has_words(words):
            yield (edge.is_top, words), seen
        if not seen.is_lone and end == len(edge.text):
            yield (edge.is_top, _ENDS[0]), seen
        elif not seen.is_lone and start == 0 and edge.text[end] == " ":
            yield (edge.is_top, _ENDS[1]), seen


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    letters = [_ROMAN_LETTERS[letter] for letter in number.lower()]
    return sum(-one if one < after else one for one, after in zip(letters, [*letters[1:], 0], strict=True))


def _coming_back(edges: Iterable[Edge], alone: bool) -> Iterator[Edge]:
    """The lines that stand on enough pages around; `alone`: there is but one other page."""
    seen: dict[Pattern, list[_Seen]] = defaultdict(list)
    for edge in edges:
        for pattern, one in _patterns(edge):
            seen[pattern].append(one)
    for (_, words), lines in seen.items():
        first = 0
        for one in lines:
            while lines[first].edge.page < one.edge.page - _AROUND:
                first += 1
            enough = int(one.edge.is_outer) or _OTHERS if alone else _needed(one)
            if len(lines) > enough and _others(one, lines, first, words in _ENDS) >= enough:
                yield one.edge


def _needed(one: _Seen) -> int:
    if one.is_lone:
        return _OTHERS
    if one.edge.is_large:
        return _OTHERS_OF_LARGE
    return _OTHER_SLIDES if one.edge.on_slide else _OTHERS


def _others(one: _Seen, lines: list[_Seen], first: int, is_exact: bool) -> int:
    """On how many pages around `one` comes back; `lines` from `first` on are those of its pattern, in order of pages."""
    page, place, value = one.edge.page, one.edge.place, one.value
    pages = set()
    for index in range(first, len(lines)):
        other = lines[index]
        pace = other.edge.page - page
        if pace > _AROUND:
            break
        if pace and abs(other.edge.place - place) <= SAME_PLACE:
            growth = (other.value - value) / pace
            if growth == 1 or (not is_exact and 0 <= growth <= _FASTEST and not (one.is_lone and growth == 0)):
                pages.add(pace)
    return len(pages)


def _are_text(pages: Sequence[RawPage], found: Sequence[Edge]) -> Iterator[bool]:
    """Which of `found` have words that stand more often in the midst of pages: titles of boxes, code."""
    at_edge = Counter(edge.text for edge in found)
    anywhere = Counter(line.text for page in pages for line in page.lines if line.text in at_edge)
    return (_has_words(edge.text) and anywhere[edge.text] > 2 * at_edge[edge.text] for edge in found)


def _lone_numbers(pages: Sequence[RawPage], edges: Iterable[Edge], found: Iterable[Edge]) -> list[Edge]:
    """Numbers alone at an edge that are the page's number or label, or go on the count of the pages around."""
    labels = {page.number: page.label for page in pages}
    ahead: dict[int, set[int]] = defaultdict(set)
    for edge in found:
        ahead[edge.page].update(_value(number[0]) - edge.page for number in _NUMBER.finditer(edge.text))
    return [edge for edge in edges if edge.is_outer and not edge.is_large and _is_page_number(edge, labels[edge.page], ahead)]


def _is_page_number(edge: Edge, label: str | None, ahead: dict[int, set[int]]) -> bool:
    values = {seen.value for _, seen in _patterns(edge) if seen.is_lone}
    if edge.page in values or edge.text == label:
        return True
    wanted = {value - edge.page for value in values}
    around = range(edge.page - _FAR_AROUND, edge.page + _FAR_AROUND + 1) if wanted else ()
    return sum(not wanted.isdisjoint(ahead.get(page, ())) for page in around) >= _OTHERS


def _changing(edges: Iterable[Edge], found: Iterable[Edge]) -> list[Edge]:
    """Headings that change from page to page, in the outermost row where other pages around have their margins."""
    places: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for edge in found:
        if edge.is_outer:
            for near in (-1, 0, 1):
                places[edge.is_top, round(edge.place) + near].add(edge.page)
    return [edge for edge in edges if edge.is_outer and not edge.is_large and _has_others(edge, places)]


def _beside_numbers(edges: Iterable[Edge], found: Iterable[Edge]) -> list[Edge]:
    """Headings in one row with a page number, a blank between them and the text."""
    numbered = {(edge.page, edge.is_top, edge.row) for edge in found if any(seen.is_lone for _, seen in _patterns(edge))}
    return [
        edge
        for edge in edges
        if edge.is_apart and not (edge.is_large or edge.on_slide) and (edge.page, edge.is_top, edge.row) in numbered
    ]


def _has_others(edge: Edge, places: dict[tuple[bool, int], set[int]]) -> bool:
    there = places.get((edge.is_top, round(edge.place)), set())
    around = range(edge.page - _FAR_AROUND, edge.page + _FAR_AROUND + 1)
    return sum(page in there for page in around if page != edge.page) >= _OTHERS
