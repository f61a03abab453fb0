"""From the lines of a document's pages to their text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.pdf.accents import compose
from indexer.pdf.contents import strip_leaders
from indexer.pdf.footnotes import set_apart
from indexer.pdf.hyphens import mend
from indexer.pdf.lexicon import is_word
from indexer.pdf.ligatures import as_letters, restore
from indexer.pdf.margins import split_margins
from indexer.pdf.order import in_reading_order
from indexer.pdf.raw import RawPage
from indexer.pdf.spacing import close_up

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:\d{1,2}(?!\w))?")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\ud800-\udfff]")


class CleanPage(NamedTuple):
    """The text of a page, paragraphs apart by a blank line, and its running headers, footers and page numbers."""

    text: str
    margins: tuple[str, ...]


def clean_pages(pages: Sequence[RawPage]) -> list[CleanPage]:
    """The text of each page of one document, in the same order."""
    split = _split(pages)
    texts = restore([compose(_text(in_reading_order(page))) for page, _ in split], is_word)
    counts = count_words(texts)
    return [
        CleanPage(_words(text, counts), tuple(_plain(line) for line in margins))
        for text, (_, margins) in zip(texts, split, strict=True)
    ]


def count_words(texts: Iterable[str]) -> Counter[str]:
    """The words of texts in lower case, hyphens and one or two digits at their end in them."""
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def _split(pages: Sequence[RawPage]) -> list[tuple[RawPage, tuple[str, ...]]]:
    """The pages and their margins; a document that would lose all the text of most of its pages has none."""
    split = split_margins(pages)
    emptied = sum(bool(margins) and not page.lines for page, margins in split)
    written = sum(bool(page.lines) for page in pages)
    return [(page, ()) for page in pages] if 2 * emptied > written else split


def _text(page: RawPage) -> str:
    blocks = ("\n".join(line.text for line in lines) for _, lines in groupby(page.lines, key=lambda line: line.block))
    return unicodedata.normalize("NFC", as_letters("\n\n".join(blocks)))


def _words(text: str, counts: Counter[str]) -> str:
    text = mend(close_up(strip_leaders(text)), counts)
    return _plain(set_apart(text, counts))


def _plain(text: str) -> str:
    text = _NOT_TEXT.sub("", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
