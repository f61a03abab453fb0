"""The lines of an article that are its text, and the links in them and beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.folding import fold
from indexer.model import Link
from indexer.pages.html_furniture import announces_related, said_furniture
from indexer.pages.html_line import BREAK, Line
from indexer.pages.references import MARK, absolute

_WEIGHT = re.compile(r"\(?\s*+(?:poids|taille)\s*+:[\d\s.,]++(?:[kmg]i?)?(?:o|b|octets?)\b\s*+\)?", re.I)
_MOST_DOWNLOADS = 50
_DOWNLOAD = re.compile(
    r"(?:telecharge(?:r|ment|z)(?: (?:le|ce|la) (?:fichier|document|pdf))?|pdf|ouvrir|voir|ici|cliquez ici|lien)?[\W_]*"
)


def content(lines: list[Line], footnotes: dict[int, str], base: str | None) -> tuple[list[Line], list[Link]]:
    """The lines that are text, and the links in them; download links take the words beside or before them."""
    kept: list[Line] = []
    links: list[Link] = []
    for line in _without_related(_without_menu(lines)):
        if said_furniture(line.text, bool(line.links)):
            links += _file_links(line, base, kept[-1].text if kept else "")
            continue
        line = _without_marks(line, footnotes)
        line, found = _without_downloads(line, base, kept[-1].text if kept else "")
        links += found
        links += _links(line, base)
        if line.text.strip(" |-–:()"):
            kept.append(line)
    return kept, links


def _without_menu(lines: list[Line]) -> list[Line]:
    """The lines but those that begin a page with links to others and nothing else, as a menu without any mark of one does."""
    first = next((index for index, line in enumerate(lines) if not _is_page_link(line)), 0)
    return lines[first:]


def _without_related(lines: list[Line]) -> Iterator[Line]:
    """The lines but those that announce links to other pages ("À lire aussi") and the lines of nothing but such a link below."""
    related = False
    for index, line in enumerate(lines):
        if announces_related(line.text):
            related = any(map(_is_page_link, lines[index + 1 : index + 2]))
        elif not _is_page_link(line):
            related = False
        if not related:
            yield line


def _is_page_link(line: Line) -> bool:
    """Whether a line is nothing but a link to a page, not a file."""
    return any(span.start == 0 and span.end >= len(line.text) - 2 and not is_file(span.href) for span in line.links)


def _without_marks(line: Line, footnotes: dict[int, str]) -> Line:
    """The line without its "[2]" marks, if the page has the footnotes."""
    for mark in reversed(list(MARK.finditer(line.text))):
        if int(mark[1]) in footnotes:
            line = line.without(mark.start(), mark.end())
    return line


def _without_downloads(line: Line, base: str | None, before: str) -> tuple[Line, list[Link]]:
    """A line "label, weight, download link" as its label, which the links take; other lines as they are."""
    if len(line.links) > _MOST_DOWNLOADS:
        return line, []
    downloads = [span for span in line.links if _DOWNLOAD.fullmatch(fold(line.text[span.start : span.end])) and not line.cells]
    weight = _WEIGHT.search(line.text)
    if not weight and not any(is_file(span.href) for span in downloads):
        return line, []
    bare = line
    for span in sorted(downloads, key=lambda span: span.start, reverse=True):
        bare = bare.without(span.start, span.end)
    if weight := _WEIGHT.search(bare.text):
        bare = bare.without(weight.start(), weight.end())
    words = re.sub(r"\(\s*\)", "", bare.text).strip(" |-–:") or before
    return bare, [Link(url, words) for span in downloads if (url := absolute(span.href, base))]


def _file_links(line: Line, base: str | None, before: str) -> Iterator[Link]:
    for span in line.links:
        url = absolute(span.href, base)
        if url and is_file(span.href):
            yield Link(url, before[:200] or url.rsplit("/", 1)[-1])


def is_file(href: str) -> bool:
    return re.search(r"\.(?:pdf|docx?|odt|pptx?|odp|xlsx?|ods|zip)(?:[?#]|$)", href, re.I) is not None or "/files/" in href


def _links(line: Line, base: str | None) -> Iterator[Link]:
    for span in line.links:
        if url := absolute(span.href, base):
            yield Link(url, line.text[span.start : span.end].replace(BREAK, " ").strip() or url)


def outside_files(lines: Iterable[Line], base: str | None) -> Iterator[Link]:
    """Files linked from beside the article are attached to it all the same."""
    for line in lines:
        yield from _file_links(line, base, line.text if not said_furniture(line.text, bool(line.links)) else "")
