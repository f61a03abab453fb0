"""PDFs for the tests: sound ones by reportlab, hostile ones by hand."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf.bitmap import Bitmap
from indexer.pdf.pdfium import Pdfium

Draw = Callable[[Canvas], None]


def make(
    path: Path,
    *pages: str,
    title: str = "",
    lang: str | None = None,
    encrypt: StandardEncryption | None = None,
    draw: Draw | None = None,
) -> Path:
    """A PDF of one page for each text of `pages`, `draw` done on each."""
    canvas = Canvas(str(path), encrypt=encrypt, lang=lang)
    canvas.setTitle(title)
    for page in pages:
        for row, line in enumerate(page.split("\n")):
            canvas.drawString(72, 700 - 14 * row, line)
        if draw:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def says(text: str) -> bytes:
    """The operators of a page that says `text`."""
    return b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % text.encode("cp1252")


def scanned(path: Path, *pages: str) -> Path:
    """A PDF of images, without a letter of text: `pages` as they look at 200 dots an inch."""
    drawn = Pdfium(make(path, *pages))
    images = [drawn.render(number, 200) for number in range(1, drawn.count() + 1)]
    drawn.close()
    return by_hand(path, *(_image(image) for image in images if image))


def _image(image: Bitmap) -> bytes:
    pixels = zlib.compress(image.pixels).hex().encode()
    size = b"/W %d/H %d" % (image.width, image.height)
    return b"q 595 0 0 842 0 0 cm BI %s/CS/G/BPC 8/F[/AHx/Fl] ID %s> EI Q" % (size, pixels)


def by_hand(path: Path, *contents: bytes, count: int | None = None, forms: bytes = b"", kids: bytes = b"") -> Path:
    """A PDF whose pages do the operators `contents`; the tree of pages says `count` and has `kids` more."""
    pages = range(5, 5 + 2 * len(contents), 2)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s %s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % page for page in pages), kids, count or len(contents)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: _stream(forms, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 4 0 R>>>>"),
    }
    for page, content in zip(pages, contents, strict=True):
        objects[page] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>>>" % (page + 1)
        )
        objects[page + 1] = _stream(content)
    path.write_bytes(_file(objects))
    return path


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 1)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _file(objects: dict[int, bytes]) -> bytes:
    file, places = b"%PDF-1.5\n", []
    for number, content in sorted(objects.items()):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(file),
    )
