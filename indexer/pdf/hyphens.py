"""Words cut at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.analysis import SOFT_HYPHEN
from indexer.pdf.lexicon import is_word

_CUT = re.compile(rf"[-\u2010\u2011{SOFT_HYPHEN}][ \t]*\n\s*(?=[^\W\d_])")
_BEFORE = re.compile(r"[^\W\d_]+\Z")
_AFTER = re.compile(r"[^\W\d_]+")
_SOFT_INSIDE = re.compile(rf"(?<![^\W\d_])[^\W\d_]++(?:{SOFT_HYPHEN}[^\W\d_]++)+")
_SOFT_BESIDE = re.compile(rf"{SOFT_HYPHEN}(?![ \t]*\n)")
_LONGEST = 60


def mend(text: str, counts: Mapping[str, int]) -> str:
    """`text` with the words cut at line ends made whole; `counts` are the words of the document in lower case, hyphens in them.

    A hyphen is the word's own when the document has it more often so than joined, or when both halves are words, or the second
    begins with a capital, and neither the document nor the dictionary has the word joined. Where nothing tells, a soft hyphen
    stands between the halves. A word cut between two paragraphs (the foot of a column) is made whole only where it is attested.
    """
    if SOFT_HYPHEN in text:
        text = _SOFT_BESIDE.sub("-", _SOFT_INSIDE.sub(lambda word: _without_soft(word[0], counts), text))
    return _CUT.sub(lambda cut: _link(cut, counts), text)


def _without_soft(word: str, counts: Mapping[str, int]) -> str:
    """Inside a line a soft hyphen is nothing, or what some fonts draw for a hyphen ("Jean\u00adPaul")."""
    halves = word.split(SOFT_HYPHEN)
    return "-".join(halves) if len(halves) == 2 and between(halves[0], halves[1], counts) == "-" else "".join(halves)


def _link(cut: re.Match[str], counts: Mapping[str, int]) -> str:
    text, start, end = cut.string, cut.start(), cut.end()
    first = _BEFORE.search(text, max(0, start - _LONGEST), start)
    if cut[0].startswith(SOFT_HYPHEN):
        return ""
    if first is None:
        return cut[0]
    second = _AFTER.match(text, end)
    link = between(first[0], second[0] if second else "", counts)
    return cut[0] if link and cut[0].count("\n") > 1 else link


def between(first: str, second: str, counts: Mapping[str, int]) -> str:
    """What belongs between the halves of a cut word: nothing, its hyphen, or a soft hyphen where nothing tells."""
    joined, apart = (first + second).lower(), f"{first}-{second}".lower()
    if counts.get(apart, 0) > counts.get(joined, 0):
        return "-"
    if counts.get(joined) or is_word(joined):
        return ""
    if second[0].isupper() or (is_word(first) and is_word(second)):
        return "-"
    return SOFT_HYPHEN
