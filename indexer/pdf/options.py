"""How PDFs are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexer.errors import ConfigError
from indexer.pdf import tesseract

_VERSION = "pdf-2"


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """`reader` reads first, the other one where it fails. `workers` 0 is one for each core; limits: a page, a worker."""

    reader: Literal["pdfminer", "pdfium"] = "pdfminer"
    ocr: Literal["auto", "on", "off"] = "auto"
    workers: int = 0
    page_seconds: float = 60
    memory_mb: int = 1024


def version(options: PdfOptions) -> str:
    """What the text of a PDF depends on beside the PDF: a file read by another version is read again."""
    return f"{_VERSION}:{options.reader}"


def file_seconds(pages: int) -> float:
    """How long the reading of a file of so many pages may take: measured to lose no sound file."""
    return 60 + 0.5 * pages


def can_recognise(options: PdfOptions) -> bool:
    """Whether scanned pages are recognised. Raises `ConfigError` where this is asked for and what it needs is not installed."""
    if options.ocr == "off":
        return False
    if options.ocr == "on" and not tesseract.is_installed():
        raise ConfigError(
            '[ocr] mode = "on" demande tesseract et son français, qui manquent. Installez-les '
            '(apt install tesseract-ocr tesseract-ocr-fra), ou mettez mode = "auto".'
        )
    return tesseract.is_installed()
