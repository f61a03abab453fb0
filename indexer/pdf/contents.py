"""Dotted contents lines: the dots that lead from a heading to its page say nothing."""

from __future__ import annotations

import re

_DOT = r"[.…‥․·⋅]"
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Z]-?\d{1,3})"
_RUN = re.compile(rf"(?<![ \t\u00a0])[ \t\u00a0]*{_DOT}(?:[ \t\u00a0]*{_DOT})+[ \t\u00a0]*")
_PAGE = re.compile(rf"(?:p\.?[ \u00a0]?)?{_NUMBER}(?![^\W_])")
_WEIGHT = {"…": 3, "‥": 2}
_BEFORE_PAGE = 4
_AT_END = 8


def strip_leaders(text: str) -> str:
    """`text` with "Introduction ........ 12" made "Introduction 12", line by line; a line of dots alone becomes empty.

    Dots are leaders when there are 4 or more ("…" counts 3) before a page number that ends the line or stands before the next
    entry, or 8 or more at the end of a line whose number the page puts elsewhere. Those of prose ("etc...", "[…]") stay.
    """
    if ".." not in text and "…" not in text and ". ." not in text and "·" not in text and "⋅" not in text:
        return text
    return _RUN.sub(_plain, text)


def _plain(run: re.Match[str]) -> str:
    text, end = run.string, run.end()
    ends_line = end == len(text) or text[end] == "\n"
    starts_line = run.start() == 0 or text[run.start() - 1] == "\n"
    dots = sum(_WEIGHT.get(letter, 1) for letter in run[0] if not letter.isspace())
    if ends_line:
        return "" if dots >= _AT_END else run[0]
    if dots < _BEFORE_PAGE or not _PAGE.match(text, end):
        return run[0]
    return "" if starts_line else " "
