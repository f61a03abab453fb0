"""pdfminer.six's interpreter and device, for the letters of a page alone: the same letters at the same places, faster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.utils import Matrix, Rect

from indexer.pdf.content import operations

# what moves, writes and draws letters; lines, areas, colours and images say nothing
_OPERANDS = {"q": 0, "Q": 0, "cm": 6, "BT": 0, "ET": 0, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Tf": 2, "Tr": 1, "Ts": 1}
_OPERANDS |= {"Td": 2, "TD": 2, "Tm": 6, "T*": 0, "Tj": 1, "TJ": 1, "'": 1, '"': 3, "Do": 1}
_METHODS = {"T*": "do_T_a", "'": "do__q", '"': "do__w"}


class TextInterpreter(PDFPageInterpreter):
    """Does the operators that concern text."""

    def execute(self, streams: Sequence[object]) -> None:
        self.stream_ids.clear()
        found = [stream_value(stream) for stream in streams]
        found = [stream for stream in found if stream.objid is not None and stream.objid not in self.parent_stream_ids]
        self.stream_ids.update(stream.objid for stream in found if stream.objid is not None)
        for name, operands in operations(b"\n".join(stream.get_data() for stream in found)):
            count = _OPERANDS.get(name)
            if count is not None and len(operands) >= count:
                getattr(self, _METHODS.get(name, f"do_{name}"))(*operands[len(operands) - count :])


class TextDevice(PDFPageAggregator):
    """Keeps the letters, in the page and in its figures."""

    def render_image(self, *_: object) -> None:
        pass

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
    ) -> float:
        across, b, c, up, x, y = matrix
        if b or c or font.is_vertical():
            return super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        advance = font.char_width(cid) * fontsize * scaling
        low = font.get_descent() * fontsize + rise
        x1, y0, y1 = across * advance + x, up * low + y, up * (low + fontsize) + y
        self.cur_item.add(_Letter(text, (min(x, x1), min(y0, y1), max(x, x1), max(y0, y1))))
        return advance


class _Letter(LTChar):
    """A letter that stands upright: its text and its box, without what no one asks here."""

    def __init__(self, text: str, box: Rect) -> None:
        self._text = text
        self.set_bbox(box)
