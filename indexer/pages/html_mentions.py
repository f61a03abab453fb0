"""What the lines of an HTML page say of the page itself: when it was published, where it lives, its title, its breadcrumb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from indexer.folding import fold
from indexer.pages.html_article import breadcrumb_steps
from indexer.pages.html_line import Line
from indexer.pages.labels import Labels
from indexer.pages.mentions import read_mention
from indexer.pages.references import footnote


@dataclass(slots=True)
class Mentions:
    """What the lines of a page say of the page itself; `lines` are the others."""

    lines: list[Line]
    published: date | None = None
    modified: datetime | None = None
    url: str | None = None
    footnotes: dict[int, str] = field(default_factory=dict)


def read_mentions(lines: list[Line], labels: Labels) -> Mentions:
    found = Mentions(
        [],
    )
    for index, line in enumerate(lines):
        note = footnote(line.text)
        if note:
            found.footnotes[note[0]] = note[1]
        elif mention := read_mention(line.text):
            found.published = found.published or mention.published
            found.modified = found.modified or mention.modified
            found.url = found.url or mention.url or _address_after(line, lines[index + 1 : index + 2])
        elif not _is_link_label(line, lines[index + 1 : index + 2], labels) and line.text != found.url:
            found.lines.append(line)
    return found


def _address_after(line: Line, following: list[Line]) -> str | None:
    """The address of an "URL de la source" that stands in a link or on the next line."""
    if "url" not in fold(line.text[:12]):
        return None
    linked = [span.href for span in line.links] + [one.text for one in following]
    return next((address for address in linked if address.startswith(("http://", "https://"))), None)


def _is_link_label(line: Line, following: list[Line], labels: Labels) -> bool:
    return labels.label_of(line.text) == "links" and any(footnote(one.text) for one in following)


def title_of(lines: list[Line], site: str) -> str | None:
    """The h1 of the article, else of the page; one that is the name of the site is none."""
    for inside in (True, False):
        for index, line in enumerate(lines):
            if line.tag == "h1" and line.inside == inside and fold(line.text) != fold(site):
                rest = (other.text for other in lines[index + 1 : index + 4] if other.block == line.block)
                return " ".join([line.text, *rest])
    return None


def is_title(line: Line, title: str | None) -> bool:
    """Whether a line is the title, or the part of it that an h1 over several lines gives."""
    return title is not None and ((line.tag == "h1" and line.text in title) or (line.tag == "h2" and line.text == title))


def crumbs_of(line: Line) -> tuple[str, ...]:
    """The steps of a line such as "Agenda > Politique de la ville"."""
    items = re.split(r"\s[›»>]\s", line.text) if len(line.text) <= 150 and "«" not in line.text else []
    return breadcrumb_steps(items) if len(items) > 1 and not line.cells else ()


def crumbs_before_title(lines: list[Line]) -> tuple[str, ...]:
    for line in lines[:40]:
        if line.tag == "h1":
            break
        if steps := crumbs_of(line):
            return steps
    return ()
