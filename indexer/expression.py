"""An expression whose occurrences are sought: words without a sign are a phrase."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"""["«»“”„*()]|(?:^|\s)[-+]|\b(?:OR|AND|OU|ET)\b|\w:""")


def as_expression(text: str) -> str:
    """The query that means the words as they follow each other, when nothing in `text` says otherwise."""
    return f'"{text}"' if len(text.split()) > 1 and not _SIGNS.search(text) else text
