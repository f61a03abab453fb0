"""What an installation decides of reading: its vocabulary of themes, its labels, its places, its PDF readers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from indexer import analysis
from indexer.config import Settings
from indexer.corpus import FileKind
from indexer.errors import ConfigError
from indexer.facts.places import PlaceHints, territory_of
from indexer.facts.themes import Vocabulary, load_vocabulary
from indexer.facts.venues import load_venues
from indexer.pages import page
from indexer.pages.labels import Labels, load_labels
from indexer.pdf import options
from indexer.pdf.options import PdfOptions


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force for one build or reading."""

    vocabulary: Vocabulary
    labels: Labels
    places: PlaceHints
    pdf: PdfOptions

    @property
    def versions(self) -> dict[FileKind, str]:
        """By kind of file: the version of its reader. A file read by another version is read again."""
        return {"page": f"{page.VERSION}:{self.labels.digest}", "pdf": options.version(self.pdf)}

    @property
    def digest(self) -> str:
        """Changes with everything that changes the index of an unchanged page."""
        said = (analysis.VERSION, self.vocabulary, self.places)
        return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def load_rules(settings: Settings) -> Rules:
    """The rules that the settings name. Raises `ConfigError`, naming the file and the entry."""
    try:
        territory = territory_of(settings.territory)
    except ValueError as error:
        raise ConfigError(f"[places] territory : {error}") from error
    return Rules(
        load_vocabulary(settings.themes),
        load_labels(settings.labels),
        PlaceHints(territory, load_venues(settings.venues)),
        PdfOptions(
            reader="pdfium" if settings.pdf_reader == "pdfium" else "pdfminer",
            ocr="on" if settings.ocr == "on" else "off" if settings.ocr == "off" else "auto",
            workers=settings.pdf_workers,
            page_seconds=settings.pdf_page_seconds,
            memory_mb=settings.pdf_memory_mb,
        ),
    )
