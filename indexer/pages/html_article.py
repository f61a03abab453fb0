"""Where in a saved page is the article, and what around it belongs to the site rather than to the article?"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.analysis import fold
from indexer.pages.labels import label_of

_NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "textarea",
        "input",
        "head",
        "title",
        "dialog",
    ]
)
_AROUND = frozenset(["nav", "header", "footer", "aside", "form"])
_ROOTS = ["main", "[role=main]", "#main-content", "#content", "#contenu", ".region-content", ".print-content", "article", ".node"]
_HIDDEN = re.compile(
    r"(?:^|\s)(?:element-invisible|visually-hidden|sr-only|screen-reader-text|print-logo|print-site_name)(?:\s|$)"
)
_ANYWHERE = frozenset(
    [
        "cookie",
        "cookies",
        "consent",
        "rgpd",
        "gdpr",
        "tarteaucitron",
        "axeptio",
        "didomi",
        "breadcrumb",
        "breadcrumbs",
        "ariane",
        "pager",
        "pagination",
        "skiplink",
        "skiplinks",
        "newsletter",
        "addtoany",
        "sharethis",
    ]
)
_AT_AN_END = frozenset(
    [
        "menu",
        "menus",
        "nav",
        "navbar",
        "navigation",
        "sidebar",
        "footer",
        "pied",
        "header",
        "entete",
        "toolbar",
        "tools",
        "outils",
        "share",
        "sharing",
        "partage",
        "partager",
        "social",
        "favoris",
        "bandeau",
        "popup",
        "modal",
        "skip",
        "search",
        "recherche",
        "comments",
        "commentaires",
    ]
)
_CONTENT_CLASS = re.compile(r"^(?:field|node|page|views?|taxonomy|type|entry|post|article)(?:[-_]|$)")
_BREADCRUMB = re.compile(r"breadcrumb|fil-?d?-?ariane|(?:^|[\s_-])ariane", re.I)
_LEAST_ROOT = 0.2
"""A candidate for the article with less than this share of the longest candidate's text is only an anchor or a teaser."""


class Article:
    """The article of a page: its `root`, and what is to be left out when the page is read (`skips`)."""

    def __init__(self, tree: LexborHTMLParser, body: LexborNode) -> None:
        self._kept = _ancestors(_root_candidates(tree))
        self._kept |= _ancestors([node for node in tree.css("h1") if not _in_header(node)])
        self.root = _choose(tree, body)
        self._kept |= _ancestors([self.root, *_longest_text(self.root)])

    def skips(self, node: LexborNode) -> bool:
        """Whether an element belongs to the site, is hidden, or is no text: it is left out with all that is in it."""
        tag = node.tag or ""
        if tag in _NEVER:
            return True
        attributes = node.attributes
        if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
            return True
        if not (tag in _AROUND or _HIDDEN.search(attributes.get("class") or "") or is_furniture(attributes)):
            return False
        return node.mem_id not in self._kept


def _in_header(node: LexborNode) -> bool:
    parent, depth = node.parent, 0
    while parent is not None and depth < 200:
        if parent.tag in ("main", "article"):
            return False
        if parent.tag in ("header", "nav", "footer", "aside"):
            return True
        parent, depth = parent.parent, depth + 1
    return False


def is_furniture(attributes: dict[str, str | None]) -> bool:
    """Whether the class, id or role of an element says that it is a menu, a banner, a breadcrumb…"""
    if (attributes.get("role") or "") in ("navigation", "banner", "contentinfo", "search", "complementary", "dialog"):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return any(_names_furniture(name) for name in names if not _CONTENT_CLASS.match(name))


def _names_furniture(name: str) -> bool:
    words = [word for word in re.split(r"[-_]+", name) if word]
    return bool(words) and (not _ANYWHERE.isdisjoint(words) or words[0] in _AT_AN_END or words[-1] in _AT_AN_END)


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


def _choose(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """The first of the usual containers that holds a fair part of the text, else the densest block."""
    found = [_fullest(nodes) for selector in _ROOTS if (nodes := _outermost(tree.css(selector)))]
    longest = max((size for _, size in found), default=0)
    for node, size in found:
        if size and size >= _LEAST_ROOT * longest:
            return node
    return _densest(tree, body)


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


def _densest(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """The smallest block that holds the title, the longest text and the labels; the body when there is no title to go by."""
    title = next((node for node in tree.css("h1") if not _in_header(node)), None)
    if title is None:
        return body
    labels = [
        node
        for node in tree.css("dt, strong, b, th, h2, h3, h4, h5")[:500]
        if label_of(node.text().strip()) and not _in_header(node)
    ]
    return _common_ancestor([title, *_longest_text(body), *labels]) or body


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
    for node in tree.css("[class*=readcrumb], [id*=readcrumb], [aria-label*=ariane], [class*=ariane], [id*=ariane]")[:20]:
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
