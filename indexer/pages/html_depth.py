"""Tags nested without end are made shallow before parsing: an HTML parser's time grows with the square of the depth."""

from __future__ import annotations

import re

_CONTAINER = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|nav|header|footer|form|fieldset|center|blockquote|ul|ol|dl|table|font|b|i|u|s|em|strong|small"
    r"|big|sub|sup|a|code|tt|figure|details)\b[^>]*>",
    re.IGNORECASE,
)
DEEPEST = 2000
"""No real page nests half as deep; browsers stop at 512."""


def shallow(html: str) -> str:
    """The page without the container tags that lie deeper than `DEEPEST`; other pages as they are."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return " " if depth > DEEPEST else tag[0]

    return _CONTAINER.sub(kept, html) if html.count("<") > DEEPEST else html
