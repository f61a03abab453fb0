"""Text turned on its side, which pdfminer gives letter by letter, from the top down."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from indexer.pdf.raw import Line

_LETTERS = 2
"""A ligature is one glyph and two letters."""
_FEWEST = 5
_SAME_COLUMN = 2.0
_TOUCHING = 0.08
_SPACE = 0.15
_BROKEN = 1.0

_FORWARD = "qu nt ou ai ch au eu ph oi de le nd rt ct ns ur gr br pr ér tr"
_PAIRS = dict.fromkeys(_FORWARD.split(), 1) | {pair[::-1]: -1 for pair in _FORWARD.split()}


def join_rotated(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that stand upright, and those turned on their side, each made whole.

    Letters that touch each other one above the other are turned text: upright ones have the space between lines. Read
    upwards, as most is, unless capitals and pairs of letters say otherwise.
    """
    letters = [line for line in lines if len(line.text) <= _LETTERS]
    if len(letters) < _FEWEST:
        return list(lines), []
    found = [chain for column in _columns(letters) for chain in _chains(column) if _is_turned(chain)]
    turned = {letter for chain in found for letter in chain}
    return [line for line in lines if line not in turned], [_joined(chain) for chain in found]


def _columns(letters: Iterable[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for letter in sorted(letters, key=lambda line: line.x0 + line.x1):
        if columns and letter.x0 + letter.x1 - columns[-1][0].x0 - columns[-1][0].x1 <= 2 * _SAME_COLUMN:
            columns[-1].append(letter)
        else:
            columns.append([letter])
    return columns


def _chains(column: list[Line]) -> Iterator[list[Line]]:
    """The letters of a column from the top down, cut where more than a space is between them."""
    chain: list[Line] = []
    for letter in sorted(column, key=lambda line: -line.y1):
        if chain and chain[-1].y0 - letter.y1 > _BROKEN * (letter.x1 - letter.x0):
            yield chain
            chain = []
        chain.append(letter)
    if chain:
        yield chain


def _is_turned(chain: list[Line]) -> bool:
    if len(chain) < _FEWEST:
        return False
    size = median(letter.x1 - letter.x0 for letter in chain)
    touching = sum(abs(gap) <= _TOUCHING * size for gap in _gaps(chain))
    return 2 * touching >= len(chain)


def _gaps(chain: list[Line]) -> list[float]:
    return [above.y0 - below.y1 for above, below in itertools.pairwise(chain)]


def _joined(chain: list[Line]) -> Line:
    size = median(letter.x1 - letter.x0 for letter in chain)
    down, up = chain[0].text, chain[0].text
    for gap, letter in zip(_gaps(chain), chain[1:], strict=True):
        space = " " if gap > _SPACE * size else ""
        down, up = down + space + letter.text, letter.text + space + up
    text = down if _sense(down) > _sense(up) else up
    x0, x1 = min(letter.x0 for letter in chain), max(letter.x1 for letter in chain)
    return Line(text, x0, chain[-1].y0, x1, chain[0].y1, chain[0].block)


def _sense(text: str) -> int:
    """How much `text` looks written in this direction rather than the other: capitals first, pairs of letters of French."""
    words = text.split()
    capitals = sum(word[0].isupper() - word[-1].isupper() for word in words)
    folded = text.lower()
    return 2 * capitals + sum(_PAIRS.get(folded[at : at + 2], 0) for at in range(len(folded) - 1))
