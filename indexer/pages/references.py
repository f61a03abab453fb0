"""Links of a page: "[1] https://…" footnotes, and addresses made absolute."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from indexer.model import Link

MARK = re.compile(r"\s?\[(\d{1,3})\]")
_FOOTNOTE = re.compile(r"\s*\[(\d{1,3})\]\s*+:?\s*+<?((?:https?://|/)[^\s>]+)>?\s*")
_WHOLE = re.compile(r"https?://[\w.-]+(?:/[^\[\]/.]*)*$")
_ROOTED = re.compile(r"/(?![/.])(?:[^/\[\]]|/(?!\.))*$")
"""Addresses that can be told from a base without more ado: no "..", no other host."""
_NOT_PAGES = ("mailto:", "javascript:", "tel:", "data:", "about:", "#")


def footnote(line: str) -> tuple[int, str] | None:
    """The number and address of a line such as "[1] https://…"."""
    found = _FOOTNOTE.fullmatch(line)
    return (int(found[1]), found[2]) if found else None


def absolute(href: str, base: str | None) -> str | None:
    """The address that a link leads to from a page at `base`; None when it leads to no other page or file."""
    href = re.sub(r"[\t\n\r]", "", href).strip()
    if not href or href.lower().startswith(_NOT_PAGES):
        return None
    if base is None or _WHOLE.match(href):
        return href
    try:
        return _origin(base) + href if _ROOTED.match(href) else urljoin(base, href)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    return urljoin(base, "/").rstrip("/")


def page_addresses(candidates: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct http addresses that can tell one page from another: a site's home page cannot."""
    return tuple(dict.fromkeys(address for address in candidates if address and _names_a_page(address)))


def _names_a_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and parts.path.strip("/") != ""


def distinct(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links in order, one for each address: the first that has words of its own."""
    found: dict[str, Link] = {}
    for link in links:
        if link.url not in found or found[link.url].label in ("", link.url):
            found[link.url] = link
    return tuple(found.values())
