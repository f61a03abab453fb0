"""Is what a reader made of a page good enough, and which of two is better?"""

from __future__ import annotations

import re
from itertools import islice

from indexer.pdf.garbage import is_garbage, real_words
from indexer.pdf.raw import RawPage

_LETTER = re.compile(r"[^\W_]")


def text_of(page: RawPage) -> str:
    """The lines of a page, uncleaned."""
    return "\n".join(line.text for line in page.lines)


def has_letters(text: str, fewest: int = 1) -> bool:
    """Whether there are at least `fewest` letters or digits."""
    return sum(1 for _ in islice(_LETTER.finditer(text), fewest)) == fewest


def is_empty(page: RawPage) -> bool:
    """Whether there is not a letter or digit on the page."""
    return not has_letters(text_of(page))


def is_good(page: RawPage) -> bool:
    """Whether there is text and it is no garbage."""
    text = text_of(page)
    return has_letters(text) and not is_garbage(text)


def is_better(page: RawPage, other: RawPage) -> bool:
    """Whether `page` is to be kept rather than `other`: no garbage where that is, else more real words."""
    return _worth(page) > _worth(other)


def _worth(page: RawPage) -> tuple[bool, int]:
    text = text_of(page)
    return not is_garbage(text), real_words(text)
