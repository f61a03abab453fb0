"""The rows of a table whose cells come column by column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indexer.pdf.raw import Line

Cell = list[Line]
"""Lines from the top down."""

SAME_ROW = 3.0
_MOSTLY = 0.8
_RAGGED = 0.15


def table_rows(columns: Sequence[Cell]) -> list[list[Cell]]:
    """The rows of a table from the top down, each with its cells that are not empty, from the left.

    A column none of whose lines goes on the one before has one line for each row; the lines of the other columns go with it:
    with the row that begins at their height or above, or, where cells are centred, with the nearest one. Without such a column,
    or where rows would cut the sentences of another, the whole is one row.
    """
    entries = [column for column in columns if is_entries(column)]
    if not entries or any(len(column) == 1 for column in columns):
        return [list(columns)]
    starts = [_middle(line) for line in min(entries, key=len)]
    level = [[at for start in starts for at in _level(start, column)] for column in columns]
    if any(map(_cuts_sentences, columns, level)):
        return [list(columns)]
    if sum(map(len, level)) < _MOSTLY * len(starts) * len(columns):
        bounds = [(above + below) / 2 for above, below in pairwise(starts)]
    else:
        bounds = [below + SAME_ROW for below in starts[1:]]
    return _divided(columns, bounds)


def _divided(columns: Sequence[Cell], bounds: Sequence[float]) -> list[list[Cell]]:
    """The columns cut at heights, from the top down."""
    depths = [-bound for bound in bounds]
    rows: list[list[Cell]] = [[[] for _ in columns] for _ in range(len(bounds) + 1)]
    for number, column in enumerate(columns):
        for line in column:
            rows[bisect_left(depths, -_middle(line))][number].append(line)
    return [filled for row in rows if (filled := [cell for cell in row if cell])]


def _level(height: float, column: Cell) -> range:
    """The index of the line of `column` at that height, if there is one."""
    at = bisect_left(column, -height - SAME_ROW, key=lambda line: -_middle(line))
    return range(at, at + 1 if at < len(column) and _middle(column[at]) >= height - SAME_ROW else at)


def _cuts_sentences(column: Cell, level: Sequence[int]) -> bool:
    """Whether most of these lines go on the one before, which is full."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = right - _RAGGED * (right - left)
    going_on = [column[at].text[0].islower() and column[at - 1].x1 >= full for at in level if at]
    return 2 * sum(going_on) > len(going_on) and len(column) > len(level)


def line_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines from the top down, those of one height together, from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y0):
        if rows and rows[-1][0].y0 - line.y0 <= SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def is_entries(column: Cell) -> bool:
    """Whether hardly a line can go on the one before."""
    return sum(not line.text[0].islower() for line in column) >= _MOSTLY * len(column)


def _middle(line: Line) -> float:
    return (line.y0 + line.y1) / 2


def is_aligned(column: Sequence[Line]) -> bool:
    """Whether the lines have their left ends, their right ends or their middles one under the other, as cells have."""
    sides = ([line.x0 for line in column], [line.x1 for line in column], [(line.x0 + line.x1) / 2 for line in column])
    return any(_together(side) >= _MOSTLY * len(column) for side in sides)


def _together(places: Sequence[float]) -> int:
    usual = sorted(places)[len(places) // 2]
    return sum(abs(place - usual) <= SAME_ROW for place in places)
