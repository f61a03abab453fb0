"""What does this PDF say? Page by page. The only user of pdfminer.six."""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTContainer, LTFigure, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from indexer.errors import UnreadableFile
from indexer.model import PdfPage, PdfText

VERSION = "pdf-1"

_HEADER_WITHIN = 1024
_LONGEST_TITLE = 300
_UNREADABLE = {
    "empty": ("fichier vide (0 octet)", "Téléchargez-le de nouveau ou retirez-le du corpus."),
    "not_pdf": (
        "ce n’est pas un PDF, malgré son extension",
        "Ouvrez-le pour voir ce que c’est (souvent une page d’erreur du site), puis téléchargez le vrai PDF.",
    ),
    "encrypted": (
        "PDF protégé par un mot de passe",
        "Demandez à son auteur une copie sans mot de passe, ou enregistrez-en une après l’avoir ouvert.",
    ),
    "damaged": ("PDF endommagé ou tronqué", "Téléchargez-le de nouveau ; s’il s’ouvre quand même, réenregistrez-le en PDF."),
    "no_text": (
        "aucune page ne contient de texte : sans doute un document numérisé",
        "Passez-le à la reconnaissance de caractères (par exemple avec ocrmypdf), puis remettez-le dans le corpus.",
    ),
}
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ud800-\udfff]")
_CUT_WORD = re.compile(r"([^\W\d_])[-\u2010\u2011]\n([^\W\d_])")
_FILE_NAME = re.compile(
    r"\S+_\S+|.*\.(?:docx?|odt|rtf|pptx?|odp|xlsx?|ods|pdf|indd|qxp|qxd|pub|ai|tex|dvi|html?|txt|jpe?g|png|tiff?)", re.I
)
_EMPTY_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|(?:untitled|sans[ -]?titre|sans nom|\(?anonymous\)?|document|diapositive|diapo"
    r"|slide|mise en page|classeur|présentation|presentation|titre|title|page|scan|numérisation)\s*[-_]?\s*\d*"
    r"|présentation powerpoint|powerpoint presentation|titre de la présentation|diapositive 1|[\W\d_]*)",
    re.I,
)


def read_pdf(path: Path) -> PdfText:
    """The text of a PDF, one page in memory at a time. Raises `UnreadableFile` (with its reason) and `OSError`.

    Pages come in order and none is missing: one that cannot be read is empty, and `problem` names it.
    """
    with path.open("rb") as stream, _quiet():
        _check_header(stream)
        document = _open(stream)
        title = _title(document)
        pages, faults = _read_pages(document)
    if any(page.text for page in pages):
        return PdfText(tuple(pages), title, "; ".join(faults) or None)
    raise _unreadable("damaged" if faults or not pages else "no_text")


def _unreadable(reason: str) -> UnreadableFile:
    return UnreadableFile(reason, *_UNREADABLE[reason])


@contextmanager
def _quiet() -> Iterator[None]:
    """pdfminer logs and warns about each small fault of a file; what matters is said in `problem`."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _check_header(stream: BinaryIO) -> None:
    head = stream.read(_HEADER_WITHIN)
    if not head:
        raise _unreadable("empty")
    if b"%PDF-" not in head:
        raise _unreadable("not_pdf")
    stream.seek(0)


def _open(stream: BinaryIO) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(stream))
    except PDFEncryptionError as error:
        raise _unreadable("encrypted") from error
    except Exception as error:  # pdfminer meets damage with errors of every kind
        raise _unreadable("damaged") from error


def _read_pages(document: PDFDocument) -> tuple[list[PdfPage], list[str]]:
    """The pages, and what could not be read of them as French phrases."""
    labels = _labels(document)
    document.catalog.pop("PageLabels", None)  # a fault in the labels must not cost the pages
    pages: list[PdfPage] = []
    failed: list[int] = []
    faults: list[str] = []
    reader = _PageReader()
    try:
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            text = reader.read(page)
            if text is None:
                failed.append(number)
            pages.append(PdfPage(number, text or "", _label(labels, number)))
    except Exception:  # the tree of pages itself is damaged
        faults.append(f"illisible après la page {len(pages)}")
    if failed:
        faults.insert(0, _pages_phrase(failed))
    missing = _announced(document) - len(pages)
    if missing > 0 and len(faults) == bool(failed):
        faults.append("1 page manque" if missing == 1 else f"{missing} pages manquent")
    return pages, faults


def _pages_phrase(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:10])) + (f"… ({len(numbers)} pages)" if len(numbers) > 10 else "")
    return f"page {listed} illisible" if len(numbers) == 1 else f"pages {listed} illisibles"


def _announced(document: PDFDocument) -> int:
    try:
        count = resolve1(resolve1(document.catalog["Pages"])["Count"])
    except Exception:  # no count, or not where it should be
        return 0
    return count if isinstance(count, int) else 0


class _PageReader:
    """pdfminer's interpreter with its fonts cached; made anew after a page that broke it."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        resources = PDFResourceManager()
        self._device = PDFPageAggregator(resources, laparams=LAParams(boxes_flow=None, all_texts=True))
        self._interpreter = PDFPageInterpreter(resources, self._device)

    def read(self, page: PDFPage) -> str | None:
        """The text of a page, None when it cannot be read."""
        try:
            self._interpreter.process_page(page)
            return clean("\n\n".join(box.get_text().strip("\n") for box in _boxes(self._device.get_result())))
        except Exception:  # errors of every kind, recursion and memory among them: they stay on their page
            self._start()
            return None


def _boxes(layout: LTPage) -> Iterator[LTTextBox]:
    """The text boxes of a page, those inside figures (form XObjects) too, in order."""
    waiting: list[Any] = [layout]
    while waiting:
        item = waiting.pop()
        if isinstance(item, LTTextBox):
            yield item
        elif isinstance(item, (LTPage, LTFigure)) and isinstance(item, LTContainer):
            waiting.extend(reversed(list(item)))


def clean(text: str) -> str:
    """Light cleaning of a page: ligature characters as letters, no soft hyphens, words cut between lower-case letters joined."""
    text = re.sub("\u00ad\n?", "", text.replace("\f", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text.translate(_LIGATURES)))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = _CUT_WORD.sub(lambda cut: cut[1] + cut[2] if cut[1].islower() and cut[2].islower() else cut[0], text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _labels(document: PDFDocument) -> Iterator[str | None]:
    try:
        return document.get_page_labels()
    except Exception:  # none, or damaged: pages then have their numbers only
        return repeat(None)


def _label(labels: Iterator[str | None], number: int) -> str | None:
    try:
        label = clean(next(labels) or "")[:50]
    except Exception:  # damaged from here on
        return None
    return label if label and label != str(number) else None


def _title(document: PDFDocument) -> str | None:
    """The title of the metadata when it says something: not a file name, nor what a program puts there by itself."""
    for title in map(_decoded, _titles(document.info)):
        if 3 < len(title) <= _LONGEST_TITLE and not _EMPTY_TITLE.fullmatch(title) and not _FILE_NAME.fullmatch(title):
            return title
    return None


def _titles(info: Iterable[Any]) -> Iterator[Any]:
    for entry in info:
        if isinstance(entry, dict):
            yield entry.get("Title")


def _decoded(value: Any) -> str:
    try:
        value = resolve1(value)
        text = decode_text(value) if isinstance(value, bytes) else ""
    except Exception:  # a reference to nowhere, or bytes in no encoding
        return ""
    return re.sub(r"\s+", " ", clean(text))
