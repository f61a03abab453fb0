"""The lines of a page in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from indexer.pdf.raw import Line, RawPage
from indexer.pdf.rotated import join_rotated
from indexer.pdf.rows import SAME_ROW, is_aligned, is_entries, line_rows, table_rows

_OVERLAP = 0.25
_GUTTER = 4.0
_RUNNING_LETTERS = 18
_RUNNING_LINES = 3
_TABLE_ROWS = 3
_INDEX_LINES = 8
_MOST_BLOCKS = 400


class _Block(NamedTuple):
    """Lines that stay together, and their box; its top and bottom are drawn in a little, for boxes of lines overlap."""

    lines: tuple[Line, ...]
    x0: float
    y0: float
    x1: float
    y1: float


Column = list[_Block]
Band = list[_Block]
Spans = list[tuple[float, float]]


def in_reading_order(page: RawPage) -> RawPage:
    """`page` with its lines in reading order, for pdfminer's pages: the other readers' come in order.

    Columns of running text are read one after the other, what spans them (a title) before or after them. A table is read row
    by row: columns of which one has short lines that are aligned as cells are, or which all begin their cells at the same
    heights. Lines of one block stay together, but for blocks that hold several cells; cells of one line make one line, and
    so do the pieces of a line that wide spaces cut (dots before a page number). Text turned on its side comes last.
    """
    if page.reader != "pdfminer":
        return page
    lines, turned = join_rotated(page.lines)
    blocks = [_block(map(_joined, line_rows(group))) for _, group in groupby(lines, key=lambda line: line.block)]
    is_whole = sum(len(block.lines) for block in blocks) == len(page.lines)
    if len(blocks) > _MOST_BLOCKS or (is_whole and _is_stacked(blocks)):
        return page
    ordered = [*_ordered(_mended(blocks)), *(_block([line]) for line in turned)]
    return replace(page, lines=tuple(line._replace(block=number) for number, block in enumerate(ordered) for line in block.lines))


def _block(group: Iterable[Line]) -> _Block:
    lines = tuple(group)
    _, left, low, right, high, _ = zip(*lines, strict=True)
    slack = _OVERLAP * min(line.y1 - line.y0 for line in lines)
    return _Block(lines, min(left), min(low) + slack, max(right), max(high) - slack)


def _is_stacked(blocks: Sequence[_Block]) -> bool:
    """Whether each block stands below the one before: nothing to order."""
    return all(below.y1 <= above.y0 for above, below in pairwise(blocks))


def _mended(blocks: Sequence[_Block]) -> list[_Block]:
    """The blocks, with the ends that wide spaces cut off lines put back: blocks that begin in another, level with its lines."""
    whole: list[_Block] = []
    for block in sorted(blocks, key=lambda block: len(block.lines), reverse=True):
        at = next((at for at, host in enumerate(whole) if _is_piece(block, host)), None)
        if at is None:
            whole.append(block)
        else:
            whole[at] = _block(map(_joined, line_rows([*whole[at].lines, *block.lines])))
    return whole


def _is_piece(block: _Block, host: _Block) -> bool:
    if len(host.lines) == 1 or not (host.x0 <= block.x0 < host.x1 and host.y0 <= block.y1 and block.y0 <= host.y1):
        return False
    return all(any(_continues(line, begun) for begun in host.lines) for line in block.lines)


def _continues(line: Line, begun: Line) -> bool:
    return begun.x1 <= line.x0 and abs(line.y0 - begun.y0) <= SAME_ROW


def _ordered(blocks: Sequence[_Block]) -> Iterator[_Block]:
    for section in _sections(_bands(blocks)):
        columns = _columns(list(chain.from_iterable(section)))
        if len(columns) == 1:
            yield from sorted(chain.from_iterable(section), key=lambda block: (-block.y1, block.x0))
        elif _is_table(columns):
            yield from chain.from_iterable(map(_table, section))
        else:
            yield from chain.from_iterable(map(_ordered, columns))


def _bands(blocks: Iterable[_Block]) -> list[Band]:
    """The blocks cut wherever a blank runs across all of them, from the top down."""
    bands: list[Band] = []
    low = float("inf")
    for block in sorted(blocks, key=lambda block: -block.y1):
        if block.y1 <= low:
            bands.append([])
        bands[-1].append(block)
        low = min(low, block.y0)
    return bands


def _sections(bands: Iterable[Band]) -> Iterator[list[Band]]:
    """The bands that follow each other with the same gutters running down through them; others alone."""
    section: list[Band] = []
    filled: Spans = []
    for band in bands:
        spans = _merged([(block.x0, block.x1) for block in band])
        together = _merged([*filled, *spans])
        if section and not 1 < len(together) == max(len(filled), len(spans)):
            yield section
            section, together = [], spans
        section.append(band)
        filled = together
    if section:
        yield section


def _merged(spans: Spans) -> Spans:
    """The spans from the left, those made one that have no gutter between them."""
    merged: Spans = []
    for left, right in sorted(spans):
        if merged and left < merged[-1][1] + _GUTTER:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _columns(blocks: Sequence[_Block]) -> list[Column]:
    """The blocks cut wherever a gutter runs down between all of them, from the left."""
    spans = _merged([(block.x0, block.x1) for block in blocks])
    return [[block for block in blocks if left <= block.x0 <= right] for left, right in spans]


def _is_table(columns: list[Column]) -> bool:
    texts = [_lines(column) for column in columns]
    if all(map(_is_index, texts)):
        return False
    if any(not _is_running(lines) and is_aligned(lines) for lines in texts):
        return True
    if not all(is_entries([block.lines[0] for block in column]) for column in columns):
        return False
    tops = [[block.y1 for block in column] for column in columns]
    fewest = min(tops, key=len)
    return len(fewest) >= _TABLE_ROWS and all(_is_near(top, others) for others in tops for top in fewest)


def _lines(column: Column) -> list[Line]:
    return sorted(chain.from_iterable(block.lines for block in column), key=lambda line: -line.y0 - line.y1)


def _is_near(top: float, others: Iterable[float]) -> bool:
    return any(abs(top - other) <= SAME_ROW for other in others)


def _is_index(lines: Sequence[Line]) -> bool:
    """Whether most lines end with the number of a page, and many have words before it."""
    ends = sum(line.text[-1].isdecimal() for line in lines)
    words = sum(not line.text[0].isdecimal() for line in lines)
    return len(lines) >= _INDEX_LINES and 2 * ends > len(lines) and 3 * words > len(lines)


def _is_running(lines: Sequence[Line]) -> bool:
    """Whether most letters stand in lines of a sentence's length, and there are a few of these."""
    lengths = [len(line.text) for line in lines]
    long = [length for length in lengths if length >= _RUNNING_LETTERS]
    return len(long) >= _RUNNING_LINES and 2 * sum(long) > sum(lengths)


def _table(band: Band) -> Iterator[_Block]:
    columns = _columns(band)
    if len(columns) == 1:
        yield from _ordered(band)
        return
    rows = table_rows([_lines(column) for column in columns])
    for row in rows:
        if all(len(cell) == 1 for cell in row):
            yield _block([_joined([cell[0] for cell in row])])
        elif len(rows) == 1:
            yield from chain.from_iterable(map(_ordered, columns))
        else:
            yield from map(_block, row)


def _joined(row: Sequence[Line]) -> Line:
    """The lines of a row as one."""
    if len(row) == 1:
        return row[0]
    text = " ".join(line.text for line in row)
    low, high = min(line.y0 for line in row), max(line.y1 for line in row)
    return Line(text, row[0].x0, low, row[-1].x1, high, row[0].block)
