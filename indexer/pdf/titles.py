"""What a PDF says of itself that is worth showing: its title, its outline, its page labels, its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from indexer.model import OutlineEntry

_LONGEST_TITLE = 300
_LONGEST_LABEL = 50
_FEWEST_HEADINGS = 2
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]")
_FILE_NAME = re.compile(
    r"\S+_\S+|.*\.(?:docx?|odt|rtf|pptx?|odp|xlsx?|ods|pdf|indd|qxp|qxd|pub|ai|tex|dvi|html?|txt|jpe?g|png|tiff?)", re.I
)
_EMPTY_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|(?:untitled|sans[ -]?titre|sans nom|\(?anonymous\)?|document|diapositive|diapo"
    r"|slide|mise en page|classeur|présentation|presentation|titre|title|page|scan|numérisation)\s*[-_]?\s*\d*"
    r"|présentation powerpoint|powerpoint presentation|titre de la présentation|diapositive 1|[\W\d_]*)",
    re.I,
)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.I)


def title_of(given: str) -> str | None:
    """The title when it says something: not a file name, nor what a program puts there by itself."""
    title = _one_line(given)
    if not 3 < len(title) <= _LONGEST_TITLE or _EMPTY_TITLE.fullmatch(title) or _FILE_NAME.fullmatch(title):
        return None
    return title


def outline_of(entries: Iterable[OutlineEntry]) -> tuple[OutlineEntry, ...]:
    """The outline without its empty headings and file names; none when a single heading is left."""
    titles = ((entry, _one_line(entry.title)[:_LONGEST_TITLE]) for entry in entries)
    kept = tuple(OutlineEntry(entry.level, title, entry.page) for entry, title in titles if _is_heading(title))
    return kept if len(kept) >= _FEWEST_HEADINGS else ()


def _is_heading(title: str) -> bool:
    return any(map(str.isalpha, title)) and not _FILE_NAME.fullmatch(title)


def label_of(given: str, number: int) -> str | None:
    """The printed label of page `number`, None when it is the number itself."""
    label = _one_line(given)[:_LONGEST_LABEL]
    return label if label and label != str(number) else None


def language_of(given: str) -> str | None:
    """The two letters of a language tag ("fr-FR" → "fr"), None for what is no tag."""
    tag = _LANGUAGE.fullmatch(given.strip())
    return tag[1].lower() if tag else None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", _NOT_TEXT.sub("", text))).strip()
