"""An HTML tree as lines of text: what a reader sees, with its links, its bold words and the list or field each line lies in.

The tree is walked without recursion, so that tags nested 100,000 deep are nothing special.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from indexer.pages.html_line import Line
from indexer.pages.html_writer import Writer

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset(("b", "strong", "th", "dt", "h2", "h3", "h4", "h5", "h6"))
_LABEL_CLASS = re.compile(r"(?:^|[\s_-])label(?:$|[\s_:-])(?!hidden)|(?:^|\s)field__label")
_ITEM_CLASS = re.compile(r"(?:^|\s)field-?_{0,2}item(?:\s|$)")
_LISTS = frozenset(("ul", "ol", "dl"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DEEPEST_SCOPE = 60
_DEEPEST_INDENT = 6
_LARGEST_CELL = 600
_PARAGRAPHS = 3

Attributes = dict[str, str | None]
Skip = Callable[[LexborNode, str, Attributes], bool]
"""(element, its tag, its attributes) → whether it is left out with all that is in it."""


@dataclass(slots=True)
class _Open:
    """An element being read, and what ends with it."""

    tag: str
    serial: int
    block: bool
    outer: tuple[int, ...] | None = None
    group: bool = False
    bold: bool = False
    link: bool = False
    row: bool = False
    heading: bool = False
    root: bool = False
    item: int = 0
    """In a numbered list, the number of its last item."""


@dataclass(slots=True)
class _Reader:
    skip: Skip
    root_id: int
    writer: Writer = field(default_factory=Writer)
    opened: list[_Open] = field(default_factory=list)
    lists: list[_Open] = field(default_factory=list)
    serial: int = 0

    def open(self, node: LexborNode) -> bool:
        """Read the start of a node; whether what is in it is to be read."""
        if node.is_text_node:
            self._write(node.text_content or "")
            return False
        if not node.is_element_node:
            return False
        tag, attributes = node.tag or "", node.attributes
        if self.skip(node, tag, attributes):
            return False
        if tag == "br":
            self.writer.break_line()
            return False
        self._start(node, tag, attributes)
        return True

    def _write(self, text: str) -> None:
        lines = text.split("\n") if self.opened and self.opened[-1].tag == "pre" else [text]
        for number, line in enumerate(lines):
            if number:
                self.writer.break_line()
            self.writer.write(line)

    def _start(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        self.serial += 1
        element = _Open(tag, self.serial, tag in _BLOCKS)
        if element.block and not self._is_cell(tag):
            self.writer.break_block(tag)
        if node.mem_id == self.root_id:
            element.root = self.writer.inside = True
        classes = attributes.get("class") or ""
        if element.block and not self.writer.in_row:
            self._start_scope(element, tag in ("dd", "li") or _ITEM_CLASS.search(classes) is not None)
        self._start_group(node, element, attributes)
        self._start_words(element, classes, attributes)
        self.opened.append(element)

    def _is_cell(self, tag: str) -> bool:
        return tag in ("td", "th") and self.writer.in_row

    def _start_scope(self, element: _Open, is_item: bool) -> None:
        """The element is a scope; the items of one parent share another, named by the parent's negative serial."""
        element.outer = self.writer.scopes
        if len(element.outer) < _DEEPEST_SCOPE:
            siblings = (-self.opened[-1].serial,) if is_item and self.opened else ()
            self.writer.scopes += (*siblings, element.serial)

    def _start_group(self, node: LexborNode, element: _Open, attributes: Attributes) -> None:
        tag, writer = element.tag, self.writer
        if not writer.group and (tag in _LISTS or (tag == "table" and not _is_layout(node))):
            element.group, writer.group = True, element.serial
        if tag in ("ul", "ol"):
            start = attributes.get("start") or "1"
            element.item = int(start) - 1 if start.isdecimal() and len(start) < 5 else 0
            self.lists.append(element)
        elif tag == "li":
            writer.prefix = self._list_mark()
        elif tag == "tr" and writer.group and not writer.in_row:
            element.row = writer.in_row = True
        elif self._is_cell(tag):
            writer.start_cell()

    def _list_mark(self) -> str:
        """ "- ", or the number of an item in a numbered list, moved in by the lists around its own."""
        if not self.lists:
            return "- "
        own = self.lists[-1]
        own.item += 1
        return "  " * min(len(self.lists) - 1, _DEEPEST_INDENT) + (f"{own.item}. " if own.tag == "ol" else "- ")

    def _start_words(self, element: _Open, classes: str, attributes: Attributes) -> None:
        tag = element.tag
        if tag == "a":
            element.link = self.writer.start_link(attributes.get("href") or "")
        if tag in _BOLD or (classes and _LABEL_CLASS.search(classes)):
            element.bold = self.writer.start_bold(tag not in _BOLD)
        if tag in _HEADINGS and not self.writer.heading:
            element.heading, self.writer.heading = True, tag

    def close(self) -> None:
        """Read the end of the element opened last."""
        element, writer = self.opened.pop(), self.writer
        if element.link:
            writer.end_link()
        if element.bold:
            writer.end_bold()
        if element.row:
            writer.in_row = False
        if element.block and not self._is_cell(element.tag):
            writer.break_block(self.opened[-1].tag if self.opened else "")
        if element.outer is not None:
            writer.scopes = element.outer
        self._close_group(element)
        if element.heading:
            writer.heading = ""
        if element.root:
            writer.inside = False

    def _close_group(self, element: _Open) -> None:
        if element.tag == "li":
            self.writer.prefix = ""
        if self.lists and self.lists[-1] is element:
            self.lists.pop()
        if element.group:
            self.writer.group = 0


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only places parts of the page beside each other."""
    child = table.child
    while child is not None:
        if child.is_element_node and child.css_first("h1, h2, table, article, main, form") is not None:
            return True
        child = child.next
    if any(len(cell.css("p")) >= _PARAGRAPHS for cell in table.css("td")):
        return True
    return len(table.text()) > _LARGEST_CELL * max(1, len(table.css("td, th")))


def read_lines(top: LexborNode, root: LexborNode, skip: Skip) -> list[Line]:
    """The lines under `top` in order, without the elements that `skip` names; those under `root` are `inside`."""
    reader = _Reader(skip, root.mem_id)
    node: LexborNode | None = top
    depth = 0
    while node is not None:
        below = None
        if reader.open(node):
            below = node.child
            if below is None:
                reader.close()
        if below is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and depth and node.next is None:
            node, depth = node.parent, depth - 1
            reader.close()
        node = node.next if node is not None and depth else None
    reader.writer.break_line()
    return reader.writer.lines
