"""What do the readers make of one file? For a librarian who wonders why; no index is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus import KINDS, FileKind
from indexer.dossier import assemble, plan_dossiers
from indexer.errors import ChercheVilleError, UnreadableFile
from indexer.model import Card, OutlineEntry, PageFile, PdfFile, PdfFilePage, PdfPage, PdfText
from indexer.pages.page import read_page
from indexer.pdf.pool import read_pdf
from indexer.rules import Rules
from indexer.wording import unread_words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the file that is not as it should be: `kind` is a short stable code, `source` the words concerned."""

    kind: str
    message: str
    source: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as read: its facts (None when it cannot be read), its text page by page (an event page has one), its problems."""

    path: Path
    kind: FileKind
    card: Card | None
    pages: tuple[PdfPage, ...]
    problems: tuple[Problem, ...]
    outline: tuple[OutlineEntry, ...] = ()


def read_one(path: Path, rules: Rules) -> FileReading:
    """Read one page or PDF as a build would. Raises `ChercheVilleError` when it cannot be opened or is neither."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise ChercheVilleError(f"« {path} » n’est ni une page (.txt, .html, .htm, .xhtml) ni un PDF (.pdf).")
    try:
        return _page(path, rules) if kind == "page" else _pdf(path, rules)
    except UnreadableFile as error:
        return FileReading(path, kind, None, (), (Problem(error.reason, str(error), advice=error.advice),))
    except OSError as error:
        raise ChercheVilleError(f"« {path} » ne peut être ouvert ({error.strerror}). Vérifiez son chemin, ses droits.") from error


def _page(path: Path, rules: Rules) -> FileReading:
    page = read_page(path.name, path.read_bytes(), rules.labels)
    (plan,) = plan_dossiers([PageFile(path.name, "page", page)], [])
    card = assemble(plan, lambda *_: page.text, rules).card
    return FileReading(path, "page", card, (PdfPage(1, page.text),), tuple(_problems(card)))


def _pdf(path: Path, rules: Rules) -> FileReading:
    pdf = read_pdf(path, rules.pdf)
    pages = tuple(PdfFilePage(page.number, page.label, page.state) for page in pdf.pages)
    file = PdfFile(path.name, "pdf", path.stat().st_size, pages, pdf.title, pdf.language, pdf.outline)
    texts = {page.number: page.text for page in pdf.pages}
    (plan,) = plan_dossiers([], [file])
    card = assemble(plan, lambda _, number: texts[number], rules).card
    return FileReading(path, "pdf", card, pdf.pages, (*_problems(card), *_unread(pdf, pages)), pdf.outline)


def _unread(pdf: PdfText, pages: tuple[PdfFilePage, ...]) -> Iterator[Problem]:
    if words := unread_words(pages):
        yield Problem(pdf.state, words)


def _problems(card: Card) -> Iterator[Problem]:
    """What is doubtful in the facts of a page."""
    for doubt in card.doubts:
        yield Problem(doubt.kind, doubt.message, doubt.source)
    for when in card.dates:
        if when.doubt:
            yield Problem("doubtful_date", when.doubt, when.source)
    for place in card.places:
        if place.kind == "ambiguous":
            yield Problem("ambiguous_place", f"plusieurs communes portent ce nom : {', '.join(place.candidates)}", place.source)
