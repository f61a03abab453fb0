"""One line of an HTML page as a reader sees it, with its links, its bold words and what it lies in."""

from __future__ import annotations

from typing import NamedTuple

BREAK = "\x1f"
"""A line break inside a table cell."""
CELL = " | "
"""Between two cells of a row."""


class Span(NamedTuple):
    """Characters `start` to `end` of a line: a link to `href`, or bold words, which the page's classes may call a `label`."""

    start: int
    end: int
    href: str = ""
    label: bool = False


class Line(NamedTuple):
    """One line as shown. Lines with the same `block` lie in one paragraph, with the same `group` in one list or table.

    `scopes` are the block elements around it, outermost first; the items of one list, the definitions of one
    term and the values of one field have one more in common. `cells` are the starts of table cells.
    """

    text: str
    block: int
    group: int = 0
    tag: str = ""
    prefix: str = ""
    links: tuple[Span, ...] = ()
    bolds: tuple[Span, ...] = ()
    cells: tuple[int, ...] = ()
    scopes: tuple[int, ...] = ()
    inside: bool = True

    def part(self, start: int, end: int | None = None) -> Line:
        """The characters from `start` to `end` as a line, without the blanks around them."""
        end = len(self.text) if end is None else end
        text = self.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        links, bolds = _within(self.links, start, end), _within(self.bolds, start, end)
        return Line(
            self.text[start:end], self.block, self.group, self.tag, self.prefix, links, bolds, (), self.scopes, self.inside
        )

    def cell(self, number: int) -> Line:
        """One cell of a table's row."""
        end = self.cells[number + 1] - len(CELL) if number + 1 < len(self.cells) else None
        return self.part(self.cells[number], end)

    def without(self, start: int, end: int) -> Line:
        """The line with these characters left out."""
        head, tail = self.part(0, start), self.part(end)
        blank = " " if self.text[:start].endswith(" ") or self.text[end:].startswith(" ") else ""
        text = f"{head.text}{blank}{tail.text}".strip()
        shift = len(text) - len(tail.text)
        links = head.links + tuple(span._replace(start=span.start + shift, end=span.end + shift) for span in tail.links)
        return self._replace(text=text, links=links, bolds=head.bolds, cells=())


def _within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    return tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start, span.href, span.label)
        for span in spans
        if span.start < end and span.end > start
    )
