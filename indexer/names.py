"""Names of several words that are one word: those of `data/names.txt`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from indexer.folding import fold

_PATH = Path(__file__).parent / "data" / "names.txt"


LONGEST = 6
"""Words of the longest name."""


def may_begin(form: str) -> bool:
    """Whether a name begins with this folded word."""
    return form in _names()


def may_follow(form: str) -> bool:
    """Whether this folded word is the second of a name."""
    return form in _seconds()


def name_length(forms: Sequence[str], start: int) -> int:
    """How many of the folded words from `start` on are a name, 0 when they begin none; the longest."""
    candidates = _names().get(forms[start])
    if candidates is None:
        return 0
    return next((len(name) for name in candidates if tuple(forms[start : start + len(name)]) == name), 0)


@cache
def _names() -> dict[str, list[tuple[str, ...]]]:
    """By first word, the longest first."""
    lines = (line for line in _PATH.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted((tuple(re.findall(r"\w+", fold(line))) for line in lines), key=len, reverse=True):
        found[name[0]].append(name)
    return dict(found)


@cache
def _seconds() -> frozenset[str]:
    return frozenset(name[1] for names in _names().values() for name in names)
