"""Is it nearly the same text? Pages posted again and PDFs attached twice are told, never hidden.

A text is known by the smallest hashes of its runs of words: the share that two such sketches have in common estimates the share
of runs that the texts have in common (A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997).
"""

from __future__ import annotations

import heapq
import re
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Literal, NamedTuple

from indexer.model import Similar

_SIZE = 64
_RUN = 4
_FEWEST_WORDS = 30
_ALIKE = 0.8
_PROBES = 8
"""Hashes by which near copies meet: two texts 80 % alike share none of their eight smallest in one case in a million."""
_CROWD = 50
"""A run of words that more texts share is a formula of the site, and tells nothing."""
_MOST_TOLD = 10
_WORD = re.compile(r"\w+")


class Text(NamedTuple):
    """A page or PDF (`name`) of a dossier. `key` names its content, `sketch` is what `sketch()` made of its words."""

    dossier: str
    kind: Literal["page", "pdf"]
    name: str
    key: str
    sketch: bytes


def sketch(texts: Iterable[str]) -> bytes:
    """The sketch of a text given in pieces: up to 64 hashes of 4 bytes, ascending; empty for a text of a few words."""
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    if len(words) < _FEWEST_WORDS:
        return b""
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    smallest = heapq.nsmallest(_SIZE, {_hash(run) for run in runs})
    return struct.pack(f">{len(smallest)}I", *smallest)


def _hash(run: str) -> int:
    """CRC-32 spread over all its bits by a multiplication (Knuth, The Art of Computer Programming, vol. 3, 6.4)."""
    return zlib.crc32(run.encode()) * 2654435761 & 0xFFFFFFFF


def near_copies(texts: Iterable[Text]) -> dict[str, tuple[Similar, ...]]:
    """By dossier: the other dossiers that have a near copy of its page or of one of its PDFs, ten at most."""
    meeting: dict[object, list[Text]] = defaultdict(list)
    for text in texts:
        for probe in {text.key, *_hashes(text.sketch)[:_PROBES]}:
            meeting[probe].append(text)
    found: dict[str, set[Similar]] = defaultdict(set)
    for group in meeting.values():
        for one, other in combinations(group, 2) if len(group) <= _CROWD else ():
            if one.kind == other.kind and one.dossier != other.dossier and _alike(one, other):
                found[one.dossier].add(_similar(other))
                found[other.dossier].add(_similar(one))
    return {dossier: tuple(sorted(others, key=_order)[:_MOST_TOLD]) for dossier, others in found.items()}


def _similar(text: Text) -> Similar:
    return Similar(text.dossier, text.kind, text.name if text.kind == "pdf" else "")


def _order(similar: Similar) -> tuple[str, str, str]:
    return similar.kind, similar.dossier, similar.name


def _alike(one: Text, other: Text) -> bool:
    if one.key == other.key:
        return True
    left, right = set(_hashes(one.sketch)), set(_hashes(other.sketch))
    smallest = heapq.nsmallest(_SIZE, left | right)
    return bool(smallest) and len(left & right & set(smallest)) >= _ALIKE * len(smallest)


def _hashes(sketch: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(sketch) // 4}I", sketch)
