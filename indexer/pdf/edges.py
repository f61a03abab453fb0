"""The lines near the top and the bottom of pages, among which running headers, footers and page numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from indexer.pdf.raw import RawPage

SAME_PLACE = 3.0
_ZONE = 0.18
_WIDER_ZONE = 0.3
"""Where the rows are looked for that stand apart from one of the zone, or not."""
_ROWS = 3
_ROW_LINES = 12
_SAME_ROW = 4.0
_SET_APART = 1.8
_TITLE_SIZE = 1.25
_SLIDE_TITLE_SIZE = 1.1

Near = tuple[float, int]
"""How far a line is from the edge, in points, and its index on its page."""


class Edge(NamedTuple):
    """A line in one of the three rows nearest to the top or the bottom of a page, in its outermost 18 %.

    `line` is its index on the page; `place` its distance from the edge, in points; `row` counts from the edge, from 0;
    `is_apart`: clearly away from the next row; `is_large`: as titles are; `on_slide`: on a page wider than high.
    """

    page: int
    line: int
    text: str
    is_top: bool
    place: float
    row: int
    is_apart: bool
    is_large: bool
    on_slide: bool

    @property
    def is_outer(self) -> bool:
        """Whether it has the edge on one side and a blank on the other."""
        return self.row == 0 and self.is_apart


def edges_of(pages: Sequence[RawPage]) -> list[Edge]:
    """The edge lines of a document, page after page; those without a letter or digit are none."""
    sizes = [_text_size(page) for page in pages]
    usual = median(sizes) if sizes else 0.0
    return [edge for page, size in zip(pages, sizes, strict=True) for edge in _edges(page, max(size, usual))]


def _text_size(page: RawPage) -> float:
    """The height of the lines in which most letters stand, that is the median by letters."""
    heights = sorted((line[4] - line[2], len(line[0])) for line in page.lines)
    left = sum([letters for _, letters in heights]) / 2
    for height, letters in heights:
        left -= letters
        if left <= 0:
            return height
    return 0.0


def _edges(page: RawPage, size: float) -> Iterator[Edge]:
    on_slide = page.width > page.height
    large = size * (_SLIDE_TITLE_SIZE if on_slide else _TITLE_SIZE)
    for is_top in (True, False):
        rows = _rows(page, is_top)
        for number, row in enumerate(rows[:_ROWS]):
            if row[0][0] >= page.height * _ZONE:
                break
            beyond = rows[number + 1][0][0] if number + 1 < len(rows) else page.height
            for place, index in row if len(row) <= _ROW_LINES else ():  # a longer one is a drawing or a table
                line = page.lines[index]
                height = line.y1 - line.y0
                is_apart = beyond - place > _SET_APART * height
                text = " ".join(line.text.split())
                yield Edge(page.number, index, text, is_top, place, number, is_apart, height > large, on_slide)


def _rows(page: RawPage, is_top: bool) -> list[list[Near]]:
    """The rows of lines near an edge from that edge inward, one more than are looked at."""
    rows: list[list[Near]] = []
    for place, index in sorted(_places(page, is_top)):
        if not any(map(str.isalnum, page.lines[index].text)):
            continue
        if rows and place - rows[-1][0][0] <= _SAME_ROW:
            rows[-1].append((place, index))
        elif len(rows) > _ROWS:
            break
        else:
            rows.append([(place, index)])
    return rows


def _places(page: RawPage, is_top: bool) -> list[Near]:
    limit, height = page.height * _WIDER_ZONE, page.height
    if is_top:
        return [(height - line[2], index) for index, line in enumerate(page.lines) if 0 < height - line[2] < limit]
    return [(line[2], index) for index, line in enumerate(page.lines) if 0 < line[2] < limit]
