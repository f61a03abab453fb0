"""What the reading of a PDF comes to: the state of each page and of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.model import PdfPage, PdfPageState, PdfState, PdfText
from indexer.pdf.choice import has_letters
from indexer.pdf.cleaning import CleanPage
from indexer.pdf.messages import Job
from indexer.pdf.opened import OpenFile
from indexer.pdf.raw import RawPage
from indexer.pdf.reasons import unreadable
from indexer.pdf.titles import label_of, language_of, outline_of, title_of


@dataclass(frozen=True, slots=True)
class Found:
    """By page number: the raw pages (None: unreadable, absent: not come to) and their text; the scans, their images' likewise."""

    read: dict[int, RawPage | None]
    text: dict[int, CleanPage]
    scans: frozenset[int]
    images: dict[int, RawPage | None]
    recognised: dict[int, CleanPage]


def result(file: OpenFile, found: Found, job: Job) -> PdfText:
    """The text of the file, each page in its place. Raises `UnreadableFile` when no page could be read."""
    pages = tuple(_page(file, number, found, job) for number in range(1, file.pages + 1))
    state = _state({page.state for page in pages})
    if file.is_mended and state == "read":
        state = "partly"  # pages may be lost with the end of the file
    told = file.described()
    if told is None:
        return PdfText(pages, state=state)
    pages = tuple(replace(page, label=label_of(told.label(page.number), page.number)) for page in pages)
    return PdfText(pages, title_of(told.title()), state, outline_of(told.outline()), language_of(told.language()))


def _state(states: set[PdfPageState]) -> PdfState:
    if states and not states & {"scan", "unreadable", "slow"}:
        return "read"
    if states & {"text", "ocr"}:
        return "partly"
    if "scan" in states:
        return "needs_ocr"
    raise unreadable("too_slow" if "slow" in states else "damaged")


def _page(file: OpenFile, number: int, found: Found, job: Job) -> PdfPage:
    raw = found.read.get(number)
    if raw is None:
        slow = number not in found.read or _was_slow(number, job)
        return PdfPage(number, "", state="slow" if slow else "unreadable", reader=job.options.reader)
    clean = found.text[number]
    if number in found.scans:
        return _scan(number, clean, raw, found, job)
    state = _state_of_text(file, number, clean)
    return PdfPage(number, clean.text, None, state, clean.margins, raw.reader)


def _was_slow(number: int, job: Job) -> bool:
    return any(attempt.slow for attempt in job.failed if attempt.began.page == number)


def _state_of_text(file: OpenFile, number: int, clean: CleanPage) -> PdfPageState:
    if has_letters(clean.text):
        return "text"
    return "unreadable" if file.is_mended or file.dark_share(number) is None else "blank"


def _scan(number: int, clean: CleanPage, raw: RawPage, found: Found, job: Job) -> PdfPage:
    """A page that is an image: what the image says, and what the file says if that is not in it."""
    image = found.recognised.get(number)
    if image is None:
        state: PdfPageState = "slow" if job.recognises else "scan"
        return PdfPage(number, clean.text, None, state, clean.margins, raw.reader)
    given, seen = set(_words(clean.text)), set(_words(image.text))
    text = image.text if given <= seen else f"{clean.text}\n\n{image.text}".strip()
    return PdfPage(number, text, None, "ocr", clean.margins + image.margins, "tesseract")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
