"""One PDF in one process: which reader for which page, cleaning, recognition."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic, process_time

from indexer.model import PdfReader, PdfText
from indexer.pdf import tesseract
from indexer.pdf.choice import has_letters, is_better, is_empty, is_good, text_of
from indexer.pdf.cleaning import CleanPage, clean_pages
from indexer.pdf.messages import Began, Job, Opened, PageRead, PageRecognised, encoded_page, page_of
from indexer.pdf.opened import OpenFile, Say
from indexer.pdf.options import file_seconds
from indexer.pdf.raw import RawPage
from indexer.pdf.result import Found, result

_SECONDS_A_SCAN = 10.0
_MOST_IN_VAIN = 5
"""Pages of one file that are no prose to either reader (code, an index): after these the first one is taken at its word."""
_OCR_DPI = 300
_SCAN_DARK = 0.02
_BLANK_DARK = 0.001
_FEW_LETTERS = 50

Pages = dict[int, RawPage | None]
"""By number; None could not be read. A page that is not there was not come to in time."""


def read_file(job: Job, say: Say) -> PdfText:
    """What the file of `job` says; `say` is told of each page on the way. Raises `UnreadableFile`, `OSError`, `MemoryError`."""
    with Path(os.fsdecode(job.path)).open("rb") as stream, closing(OpenFile(stream, job, say)) as file:
        say(Opened(file.pages))
        read = _read(file, job, say)
        text = _clean(read, job, say)
        scans = [number for number in sorted(text) if _is_scan(file, number, text[number])]
        images = _recognise(file, scans, job, say) if job.recognises else {}
        return result(file, Found(read, text, frozenset(scans), images, _clean(images, job, say)), job)


def _read(file: OpenFile, job: Job, say: Say) -> Pages:
    """The pages, until the file's time is over. Time is the processor's: a worker also waits for who reads its messages."""
    pages: Pages = {number: page_of(page) for number, page in job.read.items()}
    limit = process_time() + file_seconds(file.pages) - job.spent
    in_vain = 0
    for number in range(1, file.pages + 1):
        if number not in pages:
            if process_time() > limit:
                break
            page = pages[number] = _read_page(file, number, in_vain >= _MOST_IN_VAIN, job, say)
            if page and not is_empty(page) and not is_good(page):
                in_vain = in_vain + 1 if page.reader == job.options.reader else 0
    return pages


def _read_page(file: OpenFile, number: int, trusted: bool, job: Job, say: Say) -> RawPage | None:
    """The page by the first reader, by the other one where that found nothing good, the better of both.

    `trusted`: what the first reader finds is taken even if it is no prose.
    """
    best: RawPage | None = None
    for reader in _readers(job):
        page = file.read(number, reader)
        if page and (best is None or is_better(page, best)):
            best = page
            say(PageRead(number, encoded_page(best)))  # told at once: the other reader may end this worker
        if best and (_is_blank(file, number) if is_empty(best) else trusted or is_good(best)):
            return best
    if best is None:
        say(PageRead(number, encoded_page(None)))
    return best


def _readers(job: Job) -> tuple[PdfReader, PdfReader]:
    return ("pdfium", "pdfminer") if job.options.reader == "pdfium" else ("pdfminer", "pdfium")


def _is_blank(file: OpenFile, number: int) -> bool:
    dark = file.dark_share(number)
    return dark is not None and dark < _BLANK_DARK


def _is_scan(file: OpenFile, number: int, page: CleanPage) -> bool:
    """Whether an image takes the place of text: a page with a few letters is dark, one without any is not white."""
    if has_letters(page.text, _FEW_LETTERS):
        return False
    return (file.dark_share(number) or 0) >= (_SCAN_DARK if has_letters(page.text) else _BLANK_DARK)


def _clean(pages: Pages, job: Job, say: Say) -> dict[int, CleanPage]:
    """The text of the pages that were read; uncleaned where a worker died of the cleaning."""
    raw = [page for _, page in sorted(pages.items()) if page]
    began = Began("clean")
    if job.has_failed(began):
        return {page.number: CleanPage(text_of(page), ()) for page in raw}
    say(began)
    return {page.number: clean for page, clean in zip(raw, clean_pages(raw), strict=True)}


def _recognise(file: OpenFile, scans: Sequence[int], job: Job, say: Say) -> Pages:
    """The pages `scans` by their images, until the time for that is over."""
    pages: Pages = {number: page_of(page) for number, page in job.recognised.items()}
    left = file_seconds(file.pages) + _SECONDS_A_SCAN * len(scans) - job.spent
    for number in scans:
        if number not in pages and left > 0:
            start = monotonic()
            pages[number] = _recognise_page(file, number, job, say)
            left -= monotonic() - start
    return pages


def _recognise_page(file: OpenFile, number: int, job: Job, say: Say) -> RawPage | None:
    began = Began("recognise", number, "tesseract")
    page = None
    if not job.has_failed(began):
        say(began)
        image = file.render(number, _OCR_DPI)
        page = tesseract.recognise(number, image, job.options.page_seconds) if image else None
    say(PageRecognised(number, encoded_page(page)))
    return page
