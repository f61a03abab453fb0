"""What passes between the pool and its workers, as msgpack: no pickle from who met a hostile file."""

from __future__ import annotations

from typing import Literal

import msgspec

from indexer.model import PdfReader, PdfText
from indexer.pdf.options import PdfOptions
from indexer.pdf.raw import RawPage

Step = Literal["start", "open", "mend", "read", "look", "clean", "recognise", "tell"]


class Began(msgspec.Struct, frozen=True, tag=True):
    """The worker starts on something that may take long or kill it. `page` is 0 where the whole file is meant."""

    step: Step = "open"
    page: int = 0
    reader: PdfReader = "pdfium"


class Opened(msgspec.Struct, frozen=True, tag=True):
    """The file is open and announces `pages`."""

    pages: int


class PageRead(msgspec.Struct, frozen=True, tag=True):
    """What page `number` says: an encoded `RawPage | None` (None: unreadable). A second one for the same page is better."""

    number: int
    page: msgspec.Raw


class PageRecognised(msgspec.Struct, frozen=True, tag=True):
    """What page `number` says by its image: an encoded `RawPage | None` (None: given up)."""

    number: int
    page: msgspec.Raw


class Done(msgspec.Struct, frozen=True, tag=True):
    """The whole file is read. `retires`: the worker ends, its memory has grown."""

    text: PdfText
    retires: bool = False


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The file cannot be read."""

    reason: str
    retires: bool = False


Event = Began | Opened | PageRead | PageRecognised | Done | Failed


class Attempt(msgspec.Struct, frozen=True):
    """What cost a worker its life, and is not to be tried again."""

    began: Began
    slow: bool


class Job(msgspec.Struct):
    """A file to read, with what earlier workers made of it. `path` is as the system has it; `spent` in seconds of reading."""

    path: bytes
    options: PdfOptions
    recognises: bool
    spent: float = 0.0
    read: dict[int, msgspec.Raw] = {}
    recognised: dict[int, msgspec.Raw] = {}
    failed: list[Attempt] = []

    def has_failed(self, began: Began) -> bool:
        return any(attempt.began == began for attempt in self.failed)


def page_of(encoded: msgspec.Raw) -> RawPage | None:
    """The page of a `PageRead` or `PageRecognised`."""
    page: RawPage | None = _PAGES.decode(encoded)
    return page


def encoded_page(page: RawPage | None) -> msgspec.Raw:
    """The page for a `PageRead` or `PageRecognised`."""
    return msgspec.Raw(_ENCODER.encode(page))


_ENCODER = msgspec.msgpack.Encoder()
_PAGES = msgspec.msgpack.Decoder(RawPage | None)
