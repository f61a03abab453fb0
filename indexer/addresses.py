"""Which page is it? Addresses reduced to what identifies a page, and the pages of one dossier put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

_NODE = re.compile(r"/node/\d+")
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|do)$|^/?$")


def canonical(url: str) -> str:
    """The key of an address: without scheme, www., /print, query, fragment and trailing slash; percent-decoded.

    "http://www.irev.fr/print/node/12/reseau?x=1" → "irev.fr/node/12". The query stays where a script is the whole path and the
    query names the page ("article.php3?id_article=12").
    """
    parts = urlsplit(url if "//" in url else f"//{url}")
    path = unicodedata.normalize("NFC", unquote(parts.path))
    path = re.sub(r"^/print(?=/)", "", path)
    node = _NODE.match(path)
    query = f"?{parts.query}" if parts.query and _SCRIPT.search(path) else ""
    return (parts.netloc.lower().removeprefix("www.") + (node.group() if node else path)).rstrip("/") + query


def same_pages(addresses: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Put together the files (by path) that share an address: each list is one page, sorted by path."""
    owner: dict[str, str] = {}
    parent = {path: path for path in addresses}

    def root(path: str) -> str:
        while parent[path] != path:
            parent[path] = path = parent[parent[path]]
        return path

    for path in sorted(addresses):
        for address in addresses[path]:
            key = canonical(address)
            if key in owner:
                parent[root(path)] = root(owner[key])
            else:
                owner[key] = path
    groups: dict[str, list[str]] = {}
    for path in sorted(addresses):
        groups.setdefault(root(path), []).append(path)
    return list(groups.values())


def identity(addresses: Iterable[str], path: str) -> str:
    """What a page is known by for good: its address by words rather than by node number, else its path in the corpus."""
    keys = sorted((bool(_NODE.search(key)), key) for key in map(canonical, addresses))
    return keys[0][1] if keys else path
