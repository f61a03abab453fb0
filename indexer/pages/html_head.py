"""What the head of an HTML page says: titles, addresses, publication and modification dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from selectolax.lexbor import LexborHTMLParser

from indexer.folding import fold
from indexer.pages.mentions import read_timestamp
from indexer.pages.references import absolute

_PUBLISHED = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
]
_MODIFIED = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "revised",
]
_TITLE_END = re.compile(r"\s+(?:[|•·»]|::)\s+|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says.

    `addresses` as given, the canonical one first; `base` is absolute; `site` is the site's name or ""; `language` as declared.
    """

    title: str | None
    site: str
    addresses: tuple[str, ...]
    base: str | None
    published: date | None
    modified: datetime | None
    language: str | None


def read_head(tree: LexborHTMLParser) -> Head:
    """Read the metadata of a page, wherever in it they stand."""
    metas = {name: content for name, content in _metas(tree) if content}
    canonical = list(_rel(tree, "canonical"))
    addresses = (*canonical, metas.get("og:url", ""), *_rel(tree, "shortlink"))
    site = metas.get("og:site_name", "")
    published = _moment(tree, metas, _PUBLISHED, "datePublished", "pubdate|published|submitted|entry-date")
    modified = _moment(tree, metas, _MODIFIED, "dateModified", "updated|modified")
    title = metas.get("og:title") or _document_title(tree, site)
    return Head(
        title or None,
        site,
        tuple(filter(None, addresses)),
        _base(tree, addresses),
        published and published.date(),
        modified,
        _language(tree, metas),
    )


def _language(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    root = tree.css_first("html")
    attributes = root.attributes if root is not None else {}
    return attributes.get("lang") or attributes.get("xml:lang") or metas.get("dc.language") or metas.get("og:locale")


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for meta in reversed(tree.css("meta")):  # the first of a name wins
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        yield name.lower(), _spaced(attributes.get("content") or "")


def _rel(tree: LexborHTMLParser, rel: str) -> Iterator[str]:
    for link in tree.css("link[rel][href]"):
        if rel in (link.attributes.get("rel") or "").lower().split():
            yield (link.attributes.get("href") or "").strip()


def _base(tree: LexborHTMLParser, addresses: tuple[str, ...]) -> str | None:
    node = tree.css_first("base[href]")
    if node is None:
        return None
    home = next((address for address in addresses if address.startswith("http")), None)
    base = absolute(node.attributes.get("href") or "", home)
    return base if base and base.startswith("http") else None


def _moment(tree: LexborHTMLParser, metas: dict[str, str], names: list[str], itemprop: str, classes: str) -> datetime | None:
    for name in names:
        if name in metas and (moment := read_timestamp(metas[name])):
            return moment
    for node in tree.css("time[datetime], abbr[title]"):
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {'pubdate' if 'pubdate' in attributes else ''}"
        if attributes.get("itemprop") == itemprop or re.search(rf"(?:^|\s)(?:{classes})(?:\s|$)", marks):
            return read_timestamp(attributes.get("datetime") or attributes.get("title") or "")
    return None


def _document_title(tree: LexborHTMLParser, site: str) -> str:
    """The words of <title> without the name of the site that ends them."""
    node = tree.css_first("head title") or tree.css_first("title")
    title = _spaced(node.text()) if node is not None else ""
    ends = list(_TITLE_END.finditer(title))
    if site and ends and fold(title).endswith(fold(site)):
        return title[: -len(site)].rstrip(" |•·»:–—-")
    return title[: ends[-1].start()].rstrip() if ends else title


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
