"""What an HTML parser takes a square of time for is taken out before: tags nested without end, tags with endless attributes."""

from __future__ import annotations

import re

_CONTAINER = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|nav|header|footer|form|fieldset|center|blockquote|ul|ol|dl|table|font|b|i|u|s|em"
    r"|strong|small|big|sub|sup|a|code|tt|figure|details)\b[^>]*>",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"<([a-z][a-z0-9]*)[^<>]{5000,}", re.IGNORECASE)
_INNER_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,300}\[[^\]]*\]\s*>", re.IGNORECASE)
_MOST_ATTRIBUTES = 2000
DEEPEST = 2000
"""No real page nests half as deep; browsers stop at 512."""


def tamed(html: str) -> str:
    """The page as a parser can take it: without entity declarations, without the attributes of tags that have thousands."""
    return _shallow(_LONG_TAG.sub(_without_attributes, _INNER_DOCTYPE.sub("", html, count=1)))


def _without_attributes(tag: re.Match[str]) -> str:
    return f"<{tag[1]}" if len(tag[0].split()) > _MOST_ATTRIBUTES else tag[0]


def _shallow(html: str) -> str:
    """The page without the container tags that lie deeper than `DEEPEST`; other pages as they are."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return " " if depth > DEEPEST else tag[0]

    return _CONTAINER.sub(kept, html) if html.count("<") > DEEPEST else html
