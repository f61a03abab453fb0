"""Text of an HTML page put into lines, as it comes: blanks, breaks, cells, and the links and bold words that stay open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.pages.html_line import BREAK, CELL, Line, Span

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(slots=True)
class Writer:
    """The line being written, and what it lies in (see `Line`)."""

    lines: list[Line] = field(default_factory=list)
    block: int = 0
    group: int = 0
    tag: str = ""
    heading: str = ""
    prefix: str = ""
    scopes: tuple[int, ...] = ()
    inside: bool = False
    in_row: bool = False
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _links: list[Span] = field(default_factory=list)
    _bolds: list[Span] = field(default_factory=list)
    _cells: list[int] = field(default_factory=list)
    _link: Span | None = None
    _bold: Span | None = None

    def write(self, text: str) -> None:
        """Text of the page: blanks are one space, at the start of a line none."""
        text = _BLANKS.sub(" ", text)
        if text.startswith(" ") and (not self._parts or self._parts[-1].endswith((" ", BREAK))):
            text = text[1:]
        if text:
            self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def break_line(self) -> None:
        """End the line, in a cell mark its end; open links and bold words go on in the next one."""
        if self.in_row:
            self._append(BREAK)
            return
        text = "".join(self._parts)
        if text.strip(" |" + BREAK):
            self._keep(text.rstrip())
        self._parts, self._length, self._links, self._bolds, self._cells = [], 0, [], [], []
        self._link = self._link and self._link._replace(start=0)
        self._bold = self._bold and self._bold._replace(start=0)

    def _keep(self, text: str) -> None:
        links = [*self._links, self._link._replace(end=self._length)] if self._link else self._links
        bolds = [*self._bolds, self._bold._replace(end=self._length)] if self._bold else self._bolds
        tag, size, cells = self.heading or self.tag, len(text), tuple(self._cells)
        self.lines.append(
            Line(
                text,
                self.block,
                self.group,
                tag,
                self.prefix,
                _cut(links, size),
                _cut(bolds, size),
                cells,
                self.scopes,
                self.inside,
            )
        )
        self.prefix = ""

    def break_block(self, tag: str = "") -> None:
        """End the paragraph; in a table's row, where paragraphs are words of a cell, only the word."""
        if self.in_row:
            self.write(" ")
            return
        self.break_line()
        self.block += 1
        self.tag = tag

    def start_cell(self) -> None:
        if self._cells:
            self._parts = ["".join(self._parts).rstrip() + CELL]
            self._length = len(self._parts[0])
        self._cells.append(self._length)

    def start_link(self, href: str) -> bool:
        """Whether a link starts here: not within another."""
        if self._link is not None or not href:
            return False
        self._link = Span(self._length, 0, href)
        return True

    def end_link(self) -> None:
        if self._link is not None:
            self._links.append(self._link._replace(end=self._length))
        self._link = None

    def start_bold(self, label: bool) -> bool:
        """Whether bold words, or a label of the page's classes, start here: not within others."""
        if self._bold is not None:
            return False
        self._bold = Span(self._length, 0, label=label)
        return True

    def end_bold(self) -> None:
        if self._bold is not None:
            self._bolds.append(self._bold._replace(end=self._length))
        self._bold = None


def _cut(spans: list[Span], size: int) -> tuple[Span, ...]:
    """The spans within the first `size` characters."""
    if not spans or spans[-1].end <= size:
        return tuple(spans)
    return tuple(span._replace(end=min(span.end, size)) for span in spans if span.start < size)
