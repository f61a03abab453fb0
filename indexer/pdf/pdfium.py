"""The pages of a PDF as PDFium gives them, as text and as images. The only user of pypdfium2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from math import sqrt
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c

from indexer.model import OutlineEntry
from indexer.pdf.bitmap import Bitmap
from indexer.pdf.raw import Line, RawPage
from indexer.pdf.reasons import unreadable
from indexer.pdf.surrogates import in_units, well_formed

_POINTS = 72
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 32_000
_MOST_HEADINGS = 5_000
_MARKS = "\x02\ufffe"
_PIECE = re.compile(f"[^\r\n{_MARKS}]+[{_MARKS}]?|[{_MARKS}]")
_LOCKED = {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}
_PARAGRAPH_GAP = 0.5

Box = tuple[float, float, float, float]


class Pdfium:
    """A PDF opened by PDFium. Raises `UnreadableFile`: encrypted, damaged."""

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            raise unreadable("encrypted" if error.err_code in _LOCKED else "damaged") from error

    def close(self) -> None:
        self._document.close()

    def count(self) -> int:
        """How many pages the file announces."""
        return len(self._document)

    def read(self, number: int) -> RawPage | None:
        """Page `number`, None when it cannot be read."""
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            width, height = page.get_size()
            text = page.get_textpage()
            lines = tuple(_in_blocks(_lines(text, page.get_bbox(), page.get_rotation())))
            text.close()
            return RawPage(number, width, height, lines, reader="pdfium")
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def render(self, number: int, dpi: float) -> Bitmap | None:
        """Page `number` in grey at `dpi`, less for a very large page; None when it cannot be rendered."""
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            scale = _scale(page.get_width(), page.get_height(), dpi / _POINTS)
            image = page.render(scale=scale, grayscale=True)
            pixels = memoryview(image.buffer)
            rows = (pixels[start : start + image.width] for start in range(0, image.stride * image.height, image.stride))
            return Bitmap(image.width, image.height, b"".join(rows), scale * _POINTS)
        except (pypdfium2.PdfiumError, ValueError):
            return None
        finally:
            page.close()

    def label(self, number: int) -> str:
        """The printed label of page `number`, "" when it has none."""
        return str(self._document.get_page_label(number - 1))

    def title(self) -> str:
        return str(self._document.get_metadata_value("Title"))

    def language(self) -> str:
        """The tag of the document's language ("fr-FR"), "" when it has none."""
        length = pdfium_c.FPDFCatalog_GetLanguage(self._document, None, 0)
        buffer = (pdfium_c.FPDF_WCHAR * max(1, length // 2))()
        pdfium_c.FPDFCatalog_GetLanguage(self._document, buffer, length)
        return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")

    def outline(self) -> Iterator[OutlineEntry]:
        """The headings of the outline, at most 5,000."""
        for mark in islice(self._document.get_toc(), _MOST_HEADINGS):
            target = mark.get_dest()
            index = target.get_index() if target else None
            yield OutlineEntry(mark.level, well_formed(mark.get_title()), None if index is None else index + 1)


def _scale(width: float, height: float, wanted: float) -> float:
    """`wanted` pixels a point, or what keeps the image within what memory and tesseract take."""
    fitting = min(sqrt(_MOST_PIXELS / max(1.0, width * height)), _LONGEST_SIDE / max(1.0, width, height))
    return min(wanted, fitting)


def _lines(page: pypdfium2.PdfTextPage, bounds: Box, rotation: int) -> Iterator[tuple[str, Box]]:
    """The lines with their boxes, in points from the lower left corner of the page as it is shown."""
    text = in_units(page.get_text_range(errors="surrogatepass"))
    box = _Boxes(page, len(text))
    for found in _PIECE.finditer(text):
        start, end = found.span()
        while start < end and text[start] == " ":  # PDFium's own spaces have no place on the page
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if start < end:
            cut = text[end - 1] in _MARKS and box.is_hyphen(end - 1)
            piece = f"{text[start : end - 1]}-" if cut else text[start:end]
            yield well_formed(piece), _turned(box.of(start, end), bounds, rotation)


class _Boxes:
    """The places of the characters of a text page, by their index in its text."""

    def __init__(self, page: pypdfium2.PdfTextPage, length: int) -> None:
        self._page = page.raw
        self._same = page.count_chars() == length  # else the text leaves out or adds some characters

    def of(self, start: int, end: int) -> Box:
        """The box of the characters from `start` to `end`, by the first and the last."""
        first, last = self._rect(start), self._rect(end - 1)
        return (
            min(first.left, last.left),
            min(first.bottom, last.bottom),
            max(first.right, last.right),
            max(first.top, last.top),
        )

    def is_hyphen(self, index: int) -> bool:
        """Whether PDFium put its mark of a hyphen there: U+0002 may also be a letter that lost its meaning."""
        return bool(pdfium_c.FPDFText_IsHyphen(self._page, self._index(index)))

    def _rect(self, index: int) -> pdfium_c.FS_RECTF:
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(self._page, self._index(index), rect)
        return rect

    def _index(self, index: int) -> int:
        return index if self._same else int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._page, index))


def _turned(box: Box, bounds: Box, rotation: int) -> Box:
    """`box` seen from the lower left corner of a page shown turned by `rotation` degrees."""
    left, low, right, high = box
    if rotation == 90:
        return low - bounds[1], bounds[2] - right, high - bounds[1], bounds[2] - left
    if rotation == 180:
        return bounds[2] - right, bounds[3] - high, bounds[2] - left, bounds[3] - low
    if rotation == 270:
        return bounds[3] - high, left - bounds[0], bounds[3] - low, right - bounds[0]
    return left - bounds[0], low - bounds[1], right - bounds[0], high - bounds[1]


def _in_blocks(lines: Iterator[tuple[str, Box]]) -> Iterator[Line]:
    """The lines numbered by paragraph: one begins where a line does not stand close under the one before."""
    block = 0
    before: Box | None = None
    for text, box in lines:
        if before is not None and not _follows(box, before):
            block += 1
        yield Line(text, *box, block)
        before = box


def _follows(box: Box, before: Box) -> bool:
    gap = before[1] - box[3]
    near = _PARAGRAPH_GAP * (before[3] - before[1])
    return -2 * near < gap < near and box[0] < before[2] and before[0] < box[2]
