"""Where in a saved page is the article, and what around it belongs to the site rather than to the article?"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.folding import fold
from indexer.pages.html_furniture import named_furniture
from indexer.pages.html_site import Marks
from indexer.pages.labels import Labels

_NEVER = frozenset(
    "script style noscript template svg math iframe object embed button select textarea input head title dialog frameset canvas"
    " audio video".split()
)
_AROUND = frozenset(["nav", "header", "footer", "aside", "form"])
_ROOTS = ["main", "[role=main]", "#main-content", "#content", "#contenu", ".region-content", ".print-content", "article", ".node"]
_HIDDEN = re.compile(
    r"(?:^|\s)(?:element-invisible|visually-hidden|sr-only|screen-reader-text|print-logo|print-site_name)(?:\s|$)"
)
_LEAST_ROOT = 0.2
"""A candidate for the article with less than this share of the longest candidate's text is only an anchor or a teaser."""


class Article:
    """The article of a page: its `root`, and what is to be left out when the page is read (`skips`)."""

    def __init__(self, tree: LexborHTMLParser, body: LexborNode, labels: Labels, marks: Marks) -> None:
        self._dropped = marks.dropped
        self._kept = _ancestors(_root_candidates(tree))
        self._kept |= _ancestors([node for node in tree.css("h1") if not _in_header(node)])
        self.root = marks.article or _choose(tree, body, labels)
        self._kept |= _ancestors([self.root, *_longest_text(self.root)])

    def skips(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether an element belongs to the site, is hidden, or is no text: it is left out with all that is in it."""
        if tag in _NEVER or (self._dropped and node.mem_id in self._dropped):
            return True
        if not attributes and tag not in _AROUND:
            return False
        if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
            return True
        if not (tag in _AROUND or _HIDDEN.search(attributes.get("class") or "") or named_furniture(attributes)):
            return False
        return node.mem_id not in self._kept


def _in_header(node: LexborNode) -> bool:
    """Whether an element lies in the site's header, a menu, a footer or beside the article."""
    parent, depth, in_header = node.parent, 0, False
    while parent is not None and depth < 200:
        if parent.tag in ("main", "article"):
            return False
        if parent.tag in ("nav", "footer", "aside"):
            return True
        in_header = in_header or (parent.tag == "header" and parent.css_first("a, nav, form, img") is not None)
        parent, depth = parent.parent, depth + 1
    return in_header


def _ancestors(nodes: list[LexborNode]) -> set[int]:
    """The nodes and all that they lie in, by identity."""
    found: set[int] = set()
    for start in nodes:
        node: LexborNode | None = start
        while node is not None and node.mem_id not in found:
            found.add(node.mem_id)
            node = node.parent
    return found


def _root_candidates(tree: LexborHTMLParser) -> list[LexborNode]:
    return [node for node in tree.css("main, [role=main], article") if not _in_header(node)]


def _choose(tree: LexborHTMLParser, body: LexborNode, labels: Labels) -> LexborNode:
    """The first of the usual containers that holds a fair part of the text, else the densest block."""
    found = [_fullest(nodes) for selector in _ROOTS if (nodes := _outermost(tree.css(selector)))]
    longest = max((size for _, size in found), default=0)
    for node, size in found:
        if size and size >= _LEAST_ROOT * longest:
            return node
    return _densest(tree, body, labels)


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in none before them; of very many, the first thousand."""
    seen: set[int] = set()
    kept = []
    for node in nodes[:1000]:
        parent = node.parent
        if parent is None or parent.mem_id not in seen:
            kept.append(node)
        seen.add(node.mem_id)
    return kept[:50]


def _fullest(nodes: list[LexborNode]) -> tuple[LexborNode, int]:
    sized = [(node, len(node.text().strip())) for node in nodes]
    return max(sized, key=lambda pair: pair[1])


def _densest(tree: LexborHTMLParser, body: LexborNode, labels: Labels) -> LexborNode:
    """The smallest block that holds the title, the longest text and the labels; the body when there is no title to go by."""
    title = next((node for node in tree.css("h1") if not _in_header(node)), None)
    if title is None:
        return body
    marks = [
        node
        for node in tree.css("dt, strong, b, th, h2, h3, h4, h5")[:500]
        if labels.label_of(node.text().strip()) and not _in_header(node)
    ]
    return _common_ancestor([title, *_longest_text(body), *marks]) or body


def _longest_text(top: LexborNode) -> list[LexborNode]:
    best, length = None, 0
    for node in top.traverse(include_text=True):
        if node.is_text_node and len(node.text_content or "") > length:
            parent = node.parent
            if parent is not None and parent.tag not in _NEVER and parent.tag != "a":
                best, length = parent, len((node.text_content or "").strip())
    return [best] if best is not None else []


def _common_ancestor(nodes: list[LexborNode]) -> LexborNode | None:
    paths = []
    for start in nodes:
        path: list[LexborNode] = []
        node: LexborNode | None = start
        while node is not None and len(path) < 5000:
            path.append(node)
            node = node.parent
        paths.append(path[::-1])
    common = None
    for level in zip(*paths, strict=False):
        if len({node.mem_id for node in level}) > 1:
            break
        common = level[0]
    return common if common is not None and common.tag not in ("html", "h1") and common.is_element_node else None


def breadcrumb(tree: LexborHTMLParser) -> tuple[str, ...]:
    """The words of "Vous êtes ici", from the most general on, without the site's home page."""
    for node in tree.css(
        "[class*=readcrumb], [id*=readcrumb], [aria-label*=ariane], [class*=ariane], [id*=ariane], #hierarchie, .arbo"
    )[:20]:
        items = [item.text(separator=" ") for item in node.css("li") or node.css("a")]
        text = node.text(separator=" ")
        if re.search(r"[›»>]", text) and not node.css("li"):
            items = re.split(r"[›»>]", text)
        elif re.search(r"\s/\s", text) and not node.css("li"):
            items = re.split(r"\s/\s", text)
        if steps := breadcrumb_steps(items):
            return steps
    return ()


def breadcrumb_steps(items: list[str]) -> tuple[str, ...]:
    """The steps without separators, the home page and the words "Vous êtes ici"."""
    steps = (re.sub(r"\s+", " ", re.sub(r"(?i)^\s*vous [eê]tes ici\s*:?", "", item)).strip(" ›»>/|\u00a0") for item in items)
    return tuple(step for step in steps if step and fold(step) not in ("accueil", "home", "vous etes ici"))
