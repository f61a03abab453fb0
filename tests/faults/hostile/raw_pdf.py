"""PDFs written object by object, so that each part can be wrong."""

from __future__ import annotations

import zlib

GOOD = "Le budget participatif des quartiers"
"""What a file says whose text can be had, hurtful or not."""
Objects = dict[int, bytes]


def says(text: str = GOOD) -> bytes:
    """The operators that show `text`."""
    return b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % text.encode("cp1252")


def stream(content: bytes, entries: bytes = b"", *, packed: bool = False, length: bytes | None = None) -> bytes:
    data = zlib.compress(content, 1) if packed else content
    filter_ = b"/Filter/FlateDecode" if packed else b""
    size = b"%d" % len(data) if length is None else length
    return b"<<%s%s/Length %s>>stream\n%s\nendstream" % (entries, filter_, size, data)


def objects(
    content: bytes = b"", *, page: bytes = b"", resources: bytes = b"", catalog: bytes = b"", box: bytes = b"0 0 595 842"
) -> Objects:
    """A document of one page that shows `GOOD`, then does `content`: 1 catalogue, 2 pages, 3 page, 4 content, 5 font."""
    media = b"/MediaBox[%s]" % box if box else b""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>" % (media, resources, page),
        4: stream(says() + b"\n" + content),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }


def written(found: Objects, trailer: bytes = b"", *, start: int | None = None, shift: int = 0, end: bytes = b"%%EOF\n") -> bytes:
    """A file of these objects; `shift` is by how much its table is wrong, `start` where it says that the table stands."""
    file = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in found.items():
        places[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    last = max(found, default=0)
    rows = (b"%010d 00000 n \n" % (places[n] + shift) if n in places else b"0000000000 65535 f \n" for n in range(1, last + 1))
    at = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (last + 1, b"".join(rows))
    file += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n" % (last + 1, trailer, at if start is None else start)
    return bytes(file + end)


def of(content: bytes = b"", more: Objects | None = None, trailer: bytes = b"", **options: bytes) -> bytes:
    """A whole file, `more` objects in place of its own or beside them."""
    return written(objects(content, **options) | (more or {}), trailer)
