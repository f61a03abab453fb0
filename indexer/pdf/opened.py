"""A PDF open in the readers that can open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from indexer.errors import UnreadableFile
from indexer.model import PdfReader
from indexer.pdf.bitmap import Bitmap
from indexer.pdf.mending import LARGEST, mended
from indexer.pdf.messages import Began, Event, Job
from indexer.pdf.miner import Miner
from indexer.pdf.options import file_seconds
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.raw import RawPage
from indexer.pdf.reasons import unreadable

_HEADER_WITHIN = 1024
_OBJECTS_WITHIN = 1_000_000
_FIRST_END = 2048
"""A file made for the web has an end mark near its beginning as well."""
_DARK_DPI = 36

Say = Callable[[Event], None]


class OpenFile:
    """The file of `job`, open as `stream`. `say` is told before each thing that may take long. Raises `UnreadableFile`.

    PDFium opens every file, for it says what a page looks like and costs little; pdfminer.six when it is needed.
    """

    def __init__(self, stream: BinaryIO, job: Job, say: Say) -> None:
        self._stream, self._job, self._say = stream, job, say
        self._pdfium: Pdfium | None = None
        self._miner: Miner | None = None
        self._fault: UnreadableFile | None = None
        self._dark: dict[int, float | None] = {}
        self.is_mended = False  # or cut before its end: pages may be lost
        self._check_header()
        self._check_objects()
        self.pages = self._open(Path(os.fsdecode(job.path))) or self._mend()

    def close(self) -> None:
        if self._pdfium:
            self._pdfium.close()

    def _check_header(self) -> None:
        head = self._stream.read(_HEADER_WITHIN)
        if not head:
            raise unreadable("empty")
        if b"%PDF-" not in head:
            raise unreadable("not_pdf")

    def _check_objects(self) -> None:
        """A file without an object near its ends has none that a reader finds; to search a large one takes long."""
        size = self._stream.seek(0, os.SEEK_END)
        self._stream.seek(0)
        first_end = _FIRST_END if b"/Linearized" in self._stream.read(_FIRST_END) else 0
        self._stream.seek(max(size - _OBJECTS_WITHIN, first_end))
        self.is_mended = b"%%EOF" not in self._stream.read()
        for place in (0, max(0, size - _OBJECTS_WITHIN)):
            self._stream.seek(place)
            if b"obj" in self._stream.read(_OBJECTS_WITHIN):
                return
        raise unreadable("damaged")

    def _open(self, source: Path | bytes) -> int:
        """How many pages there are, 0 when no reader can open `source`."""
        most = self._stream.seek(0, os.SEEK_END)  # no page takes less than a byte: a count beyond that is a fault, or bait
        try:
            if self._may(Began("open", 0, "pdfium")):
                self._pdfium = Pdfium(source)
                return min(most, self._pdfium.count())
        except UnreadableFile as error:
            self._check_lock(error)
        try:
            return self._opened_miner().count(most)
        except UnreadableFile as error:
            self._check_lock(error)
            return 0

    def _check_lock(self, error: UnreadableFile) -> None:
        if error.reason == "encrypted":
            raise error

    def _mend(self) -> int:
        """How many pages there are once the lost end of the file is made anew. Raises `UnreadableFile` when there is none."""
        data = self._mended()
        if data:
            self._stream, self._miner, self._fault = BytesIO(data), None, None
            self.is_mended = True
        pages = self._open(data) if data else 0
        if not pages:
            raise unreadable("too_slow" if any(attempt.slow for attempt in self._job.failed) else "damaged")
        return pages

    def _mended(self) -> bytes | None:
        size = self._stream.seek(0, os.SEEK_END)
        if size > LARGEST or not self._may(Began("mend")):
            return None
        self._stream.seek(0)
        return mended(self._stream.read())

    def _opened_miner(self) -> Miner:
        if self._fault:
            raise self._fault
        if self._miner is None:
            try:
                if not self._may(Began("open", 0, "pdfminer")):
                    raise unreadable("damaged")
                self._miner = Miner(self._stream)
            except UnreadableFile as error:
                self._fault = error
                raise
        return self._miner

    def _may(self, step: Began) -> bool:
        """Whether no worker died of this; the pool then knows that it begins."""
        if self._job.has_failed(step):
            return False
        self._say(step)
        return True

    def read(self, number: int, reader: PdfReader) -> RawPage | None:
        """Page `number` by `reader`, None when that one cannot read it."""
        try:
            source = self._opened_miner() if reader == "pdfminer" else self._pdfium
        except UnreadableFile:
            return None
        return source.read(number) if source and self._may(Began("read", number, reader)) else None

    def dark_share(self, number: int) -> float | None:
        """The share of dark pixels on page `number`, None when it cannot be rendered, or not in time."""
        if number not in self._dark:
            may = self._job.spent < file_seconds(self.pages) and self._may(Began("look", number))
            image = self.render(number, _DARK_DPI) if may else None
            self._dark[number] = image.dark_share if image else None
        return self._dark[number]

    def render(self, number: int, dpi: float) -> Bitmap | None:
        """The image of page `number`, None when it cannot be rendered."""
        return self._pdfium.render(number, dpi) if self._pdfium else None

    def described(self) -> Pdfium | None:
        """What knows the title, the outline, the labels and the language, None where nothing does."""
        return self._pdfium if self._may(Began("tell")) else None
