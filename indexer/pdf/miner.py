"""The pages of a PDF as pdfminer.six gives them. The only user of pdfminer.six."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO

from pdfminer.layout import LAParams, LTContainer, LTFigure, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from indexer.pdf.letters import TextDevice, TextInterpreter
from indexer.pdf.raw import Line, RawPage
from indexer.pdf.reasons import unreadable
from indexer.pdf.surrogates import well_formed

_PAGE_SECONDS = 3.0
_PAGES_BETWEEN_COLLECTIONS = 50


class Miner:
    """A PDF opened by pdfminer.six. Raises `UnreadableFile`: encrypted, damaged."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._document = PDFDocument(PDFParser(stream))
        except PDFEncryptionError as error:
            raise unreadable("encrypted") from error
        except MemoryError:
            raise
        except Exception as error:  # pdfminer meets damage with errors of every kind
            raise unreadable("damaged") from error
        self._document.catalog.pop("PageLabels", None)  # a fault in the labels must not cost the pages
        self._found: list[PDFPage] = []
        self._others = PDFPage.create_pages(self._document)
        self._start()

    def _start(self) -> None:
        resources = PDFResourceManager()
        self._device = TextDevice(resources, laparams=LAParams(boxes_flow=None, all_texts=True))
        self._interpreter = TextInterpreter(resources, self._device)

    def count(self, most: int) -> int:
        """How many pages there are, `most` at most; those after a fault in the tree of pages are not seen."""
        self._find(most)
        return len(self._found)

    def read(self, number: int) -> RawPage | None:
        """Page `number`, None when it cannot be read or takes over 3 s. Raises `MemoryError`."""
        if number % _PAGES_BETWEEN_COLLECTIONS == 0:
            gc.collect()
        try:
            with _time_limit(_PAGE_SECONDS):
                self._find(number)
                self._interpreter.process_page(self._found[number - 1])
                layout = self._device.get_result()
                return RawPage(number, layout.width, layout.height, tuple(_lines(layout)))
        except MemoryError:
            raise
        except (Exception, _TooSlow):  # errors of every kind, recursion among them: they stay on their page
            self._start()
            return None

    def _find(self, number: int) -> None:
        try:
            self._found.extend(islice(self._others, max(0, number - len(self._found))))
        except MemoryError:
            raise
        except Exception:  # the tree of pages itself is damaged
            self._others = iter(())


class _TooSlow(BaseException):
    """Not an `Exception`: pdfminer catches those here and there."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _lines(layout: LTPage) -> Iterator[Line]:
    for block, box in enumerate(_boxes(layout)):
        for line in box:
            x0, y0, x1, y1 = (side if isfinite(side) else 0.0 for side in line.bbox)
            if text := well_formed(line.get_text().rstrip("\n")).strip(" "):
                yield Line(text, x0, y0, x1, y1, block)


def _boxes(layout: LTPage) -> Iterator[LTTextBox]:
    """The text boxes of a page, those inside figures (form XObjects) too, in order."""
    waiting: list[Any] = [layout]
    while waiting:
        item = waiting.pop()
        if isinstance(item, LTTextBox):
            yield item
        elif isinstance(item, (LTPage, LTFigure)) and isinstance(item, LTContainer):
            waiting.extend(reversed(list(item)))
