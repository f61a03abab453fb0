"""A page of a PDF as a reader gives it, before any cleaning: lines with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.model import PdfReader


class Line(NamedTuple):
    """A line of text and its box, in points from the lower left corner of the page.

    `block` numbers the paragraph or cell that the reader puts the line in: lines of one block belong together.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    block: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page: `number` from 1, printed `label`, size in points, lines in the reader's own order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    label: str | None = None
    reader: PdfReader = "pdfminer"
