"""Parts of a page that its mark-up names rather than its words: by a declared site's selectors, by Drupal's field classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.pages.html_lines import read_lines
from indexer.pages.html_values import value_texts
from indexer.pages.label_table import FACTS, Label, Part
from indexer.pages.labelled import IN_TEXT
from indexer.pages.labels import Labels

_FIELD = re.compile(r"(?:^|\s)field-{1,2}name-(?:field-)?([\w-]+)")
_FIELDS = '[class*="field-name-"], [class*="field--name-"]'
_SHOWN_LABEL = ".field-label, .field__label, .label-above, .label-inline"
_TAG_LINKS = ", ".join(f'{part} a[rel~="tag"]' for part in ("article", "main", ".node", ".post"))
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))
_MOST_NODES = 200


@dataclass(slots=True)
class Marks:
    """What the mark-up says: the article, the title, the values by label, and the elements (by identity) to leave out."""

    article: LexborNode | None = None
    title: str | None = None
    values: dict[Label, list[str]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)


def read_marks(tree: LexborHTMLParser, labels: Labels, address: str | None) -> Marks:
    """What the sites declared for a page's address, and the classes of its fields, say of it."""
    marks = Marks()
    for site in labels.sites:
        if site.holds_for(address):
            _read_site(marks, tree, site.selectors)
    for label, node in _drupal_fields(tree, labels):
        _take(marks, label, node)
    for link in tree.css(_TAG_LINKS)[:_MOST_NODES]:
        marks.values.setdefault("tags", []).extend(_words(link))
    return marks


def _read_site(marks: Marks, tree: LexborHTMLParser, selectors: Mapping[Part, tuple[str, ...]]) -> None:
    found = {part: list(_select(tree, selectors.get(part, ()))) for part in selectors}
    marks.article = marks.article or next(iter(found.get("article", [])), None)
    marks.title = marks.title or next((text for node in found.get("title", []) if (text := " ".join(_words(node)))), None)
    marks.dropped |= {node.mem_id for node in found.get("drop", [])}
    for label in FACTS:
        for node in found.get(label, []):
            _take(marks, label, node)


def _select(tree: LexborHTMLParser, selectors: Iterable[str]) -> Iterator[LexborNode]:
    for selector in selectors:
        yield from tree.css(selector)[:_MOST_NODES]


def _drupal_fields(tree: LexborHTMLParser, labels: Labels) -> Iterator[tuple[Label, LexborNode]]:
    """Fields shown without a label, whose class says one: "field-name-field-lieu"."""
    for node in tree.css(_FIELDS)[:_MOST_NODES]:
        name = _FIELD.search(node.attributes.get("class") or "")
        label = labels.label_of(name[1].replace("-", " ")) if name else None
        if label in FACTS and node.css_first(_SHOWN_LABEL) is None:
            yield label, node


def _take(marks: Marks, label: Label, node: LexborNode) -> None:
    """The values of an element, unless it is too long to be one; those that have a place of their own leave the text."""
    texts = value_texts(label, read_lines(node, node, _no_text))
    if node.mem_id in marks.dropped or not texts:
        return
    marks.values.setdefault(label, []).extend(texts)
    if label not in IN_TEXT:
        marks.dropped.add(node.mem_id)


def _words(node: LexborNode) -> list[str]:
    return [line.text for line in read_lines(node, node, _no_text)]


def _no_text(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in _NO_TEXT
