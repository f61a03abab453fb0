"""A PDF whose end is lost, with the table of its objects: made openable again from the objects that are there."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

LARGEST = 200_000_000
"""In bytes: what mending takes into memory."""
_LARGEST_PACK = 50_000_000
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s+(\d{1,5})\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PACK = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d+)")

Places = dict[int, tuple[int, int]]
"""By number of object: where it stands in the file, and its generation."""


def mended(data: bytes) -> bytes | None:
    """`data` with a catalogue of the pages that stand in it, in their order there; None when there is none.

    How many pages are lost cannot be known.
    """
    places: Places = {}
    packed: dict[int, bytes] = {}
    pages: dict[int, None] = {}
    for number, generation, start, content in _objects(data):
        places[number] = start, generation
        inner = dict(_unpacked(content))
        packed |= inner
        pages |= {one: None for one, said in [(number, _head(content)), *inner.items()] if _PAGE.search(said)}
    return _with_table(data, places, packed, list(pages)) if pages else None


def _objects(data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Number, generation, place and content of each object that stands by itself."""
    found = list(_OBJECT.finditer(data))
    for (place, end), match in zip(pairwise([*(match.start() for match in found), len(data)]), found, strict=True):
        yield int(match[1]), int(match[2]), place, data[match.end() : end]


def _head(content: bytes) -> bytes:
    return _STREAM.split(content, 1)[0]


def _unpacked(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of the objects that are packed in a stream of objects (PDF 1.7, 7.5.7)."""
    head, *stream = _STREAM.split(content, 1)
    first = _FIRST.search(head)
    if not (stream and first and _PACK.search(head)):
        return
    try:
        plain = zlib.decompressobj().decompress(stream[0], _LARGEST_PACK)
        numbers = list(map(int, plain[: int(first[1])].split()))
    except (zlib.error, ValueError):
        return
    starts = [int(first[1]) + start for start in numbers[1::2]]
    for number, (start, end) in zip(numbers[::2], pairwise([*starts, len(plain)]), strict=False):
        yield number, plain[start:end]


def _with_table(data: bytes, places: Places, packed: dict[int, bytes], pages: list[int]) -> bytes:
    catalog = max([*places, *packed]) + 1
    tree = catalog + 1
    kids = b" ".join(b"%d %d R" % (page, places.get(page, (0, 0))[1]) for page in pages)
    added = {number: content for number, content in packed.items() if number not in places} | {
        catalog: b"<</Type/Catalog/Pages %d 0 R>>" % tree,
        tree: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
    }
    file = bytearray(data)
    for number, content in added.items():
        places[number] = len(file) + 1, 0
        file += b"\n%d 0 obj\n%s\nendobj" % (number, content)
    table = b"".join(b"%d 1\n%010d %05d n \n" % (number, *place) for number, place in sorted(places.items()))
    return bytes(file) + b"\nxref\n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        tree + 1,
        catalog,
        len(file) + 1,
    )
