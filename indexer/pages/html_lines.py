"""An HTML tree as lines of text: what a reader sees, with its links, its bold words and the list or field each line lies in.

The tree is walked without recursion, so that tags nested 100,000 deep are nothing special.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BOLD = frozenset(("b", "strong", "th", "dt", "h2", "h3", "h4", "h5", "h6"))
_LABEL_CLASS = re.compile(r"(?:^|[\s_-])label(?:$|[\s_:-])(?!hidden)|(?:^|\s)field__label")
_ITEM_CLASS = re.compile(r"(?:^|\s)field-?_{0,2}item(?:\s|$)")
_LISTS = frozenset(("ul", "ol", "dl"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_DEEPEST_SCOPE = 24
_LARGEST_CELL = 600
BREAK = "\x1f"
"""A line break inside a table cell."""


class Span(NamedTuple):
    """Characters `start` to `end` of a line; `href` is empty for bold words."""

    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as shown. Lines with the same `block` lie in one paragraph, with the same `group` in one list or table.

    `scopes` are the list items, definitions and fields around it, outermost first; `cells` are the starts of table cells.
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
        return replace(
            self,
            text=self.text[start:end],
            links=_within(self.links, start, end),
            bolds=_within(self.bolds, start, end),
            cells=(),
        )

    def without(self, start: int, end: int) -> Line:
        """The line with these characters left out."""
        head, tail = self.part(0, start), self.part(end)
        blank = " " if self.text[:start].endswith(" ") or self.text[end:].startswith(" ") else ""
        text = f"{head.text}{blank}{tail.text}".strip()
        shift = len(text) - len(tail.text)
        links = head.links + tuple(Span(span.start + shift, span.end + shift, span.href) for span in tail.links)
        return replace(self, text=text, links=links, bolds=head.bolds, cells=())


def _within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    cut = (Span(max(span.start, start) - start, min(span.end, end) - start, span.href) for span in spans)
    return tuple(span for span in cut if span.start < span.end)


@dataclass(slots=True)
class _Open:
    """An element being read, and what to restore when it ends."""

    tag: str
    serial: int
    block: bool
    scope: bool = False
    group: bool = False
    bold: bool = False
    link: bool = False
    row: bool = False
    heading: bool = False
    root: bool = False


@dataclass(slots=True)
class _Builder:
    skip: Callable[[LexborNode], bool]
    root_id: int
    lines: list[Line] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Span] = field(default_factory=list)
    bolds: list[Span] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    scopes: tuple[int, ...] = ()
    serial: int = 0
    block: int = 0
    group: int = 0
    prefix: str = ""
    tag: str = ""
    heading: str = ""
    href: str = ""
    link_from: int = -1
    bold_from: int = -1
    in_row: bool = False
    inside: bool = False

    def write(self, text: str) -> None:
        text = _BLANKS.sub(" ", text)
        if text.startswith(" ") and (not self.parts or self.parts[-1].endswith((" ", BREAK))):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)

    def break_line(self) -> None:
        """End the line; open links and bold words go on in the next one."""
        text = "".join(self.parts)
        if text.strip(" |" + BREAK):
            self._close_spans()
            self._keep(text.rstrip())
        self.parts, self.length, self.links, self.bolds, self.cells = [], 0, [], [], []
        self.link_from = 0 if self.link_from >= 0 else -1
        self.bold_from = 0 if self.bold_from >= 0 else -1

    def _keep(self, text: str) -> None:
        size = len(text)
        self.lines.append(
            Line(
                text,
                self.block,
                self.group,
                self.heading or self.tag,
                self.prefix,
                tuple(Span(a, min(b, size), href) for a, b, href in self.links if a < min(b, size)),
                tuple(Span(a, min(b, size)) for a, b, _ in self.bolds if a < min(b, size)),
                tuple(self.cells),
                self.scopes,
                self.inside,
            )
        )
        self.prefix = ""

    def _close_spans(self) -> None:
        if self.link_from >= 0:
            self.links.append(Span(self.link_from, self.length, self.href))
        if self.bold_from >= 0:
            self.bolds.append(Span(self.bold_from, self.length))

    def break_block(self, tag: str = "") -> None:
        if self.in_row:
            self.write(" ")
            return
        self.break_line()
        self.block += 1
        self.tag = tag

    def open(self, node: LexborNode) -> bool:
        """Read the start of a node; whether what is in it is to be read."""
        if node.is_text_node:
            self.write(node.text_content or "")
            return False
        tag = node.tag or ""
        if not node.is_element_node or self.skip(node):
            return False
        if tag == "br":
            self._break()
            return False
        self.serial += 1
        element = _Open(tag, self.serial, tag in _BLOCKS)
        if element.block and not (self.in_row and tag in ("td", "th")):
            self.break_block(tag)
        self._enter(node, element, node.attributes)
        self.opened.append(element)
        return True

    def _break(self) -> None:
        if self.in_row:
            self.parts.append(BREAK)
            self.length += 1
        else:
            self.break_line()

    def _enter(self, node: LexborNode, element: _Open, attributes: dict[str, str | None]) -> None:
        tag, classes = element.tag, attributes.get("class") or ""
        parent = self.opened[-1].serial if self.opened else 0
        if node.mem_id == self.root_id:
            element.root = self.inside = True
        if tag in ("dd", "li") or _ITEM_CLASS.search(classes):
            self._enter_item(element, parent)
        if not self.group and (tag in _LISTS or (tag == "table" and not _is_layout(node))):
            element.group, self.group = True, element.serial
        if tag == "tr" and self.group and not self.in_row:
            element.row = self.in_row = True
        if tag in ("td", "th") and self.in_row:
            self._enter_cell()
        if tag == "a" and self.link_from < 0 and attributes.get("href"):
            element.link, self.href, self.link_from = True, attributes["href"] or "", self.length
        if self.bold_from < 0 and (tag in _BOLD or _LABEL_CLASS.search(classes)):
            element.bold, self.bold_from = True, self.length
        if tag in _HEADINGS and not self.heading:
            element.heading, self.heading = True, tag

    def _enter_item(self, element: _Open, parent: int) -> None:
        if len(self.scopes) < _DEEPEST_SCOPE:
            self.scopes += (parent,)
            element.scope = True
        if element.tag == "li":
            self.prefix = "- "

    def _enter_cell(self) -> None:
        if self.cells:
            text = "".join(self.parts).rstrip()
            self.parts = [text + " | "]
            self.length = len(self.parts[0])
        self.cells.append(self.length)

    def close(self) -> None:
        """Read the end of the element opened last."""
        element = self.opened.pop()
        if element.link:
            self.links.append(Span(self.link_from, self.length, self.href))
            self.link_from = -1
        if element.bold:
            self.bolds.append(Span(self.bold_from, self.length))
            self.bold_from = -1
        if element.row:
            self.in_row = False
        if element.block and not (self.in_row and element.tag in ("td", "th")):
            self.break_block(self.opened[-1].tag if self.opened else "")
        if element.scope:
            self.scopes = self.scopes[:-1]
        if element.tag == "li":
            self.prefix = ""
        if element.group:
            self.group = 0
        if element.heading:
            self.heading = ""
        if element.root:
            self.inside = False


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only places parts of the page beside each other."""
    child = table.child
    while child is not None:
        if child.is_element_node and child.css_first("h1, h2, table, article, main, form") is not None:
            return True
        child = child.next
    return len(table.text()) > _LARGEST_CELL * max(1, len(table.css("td, th")))


def read_lines(top: LexborNode, root: LexborNode, skip: Callable[[LexborNode], bool]) -> list[Line]:
    """The lines under `top` in order, without the elements that `skip` names; those under `root` are `inside`."""
    builder = _Builder(skip, root.mem_id)
    node: LexborNode | None = top
    depth = 0
    while node is not None:
        below = None
        if builder.open(node):
            below = node.child
            if below is None:
                builder.close()
        if below is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and depth and node.next is None:
            node, depth = node.parent, depth - 1
            builder.close()
        node = node.next if node is not None and depth else None
    builder.break_line()
    return builder.lines
