"""What does a page in print form, kept as text, say? Body first, then labelled lines, then numbered footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from indexer.model import Link, Page
from indexer.pages.label_table import Label
from indexer.pages.labelled import IN_TEXT, addresses_of, labelled, split_tags
from indexer.pages.labels import BARS, Labels
from indexer.pages.language import language_of
from indexer.pages.mentions import read_mention
from indexer.pages.references import MARK, absolute, distinct, footnote, page_addresses

_LINK = re.compile(
    r"(?P<image>!)?\[(?P<label>[^\[\]\n]*)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)(?:\s?\[(?P<n>\d{1,3})\])?"
)
_MARKED = re.compile(r"\s*(?P<label>\S[^\[\]]*?)\s*\[(?P<n>\d{1,3})\]")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]]*[^\s<>\[\].,;:!?)»”’\"']")
_BOLD = re.compile(r"\*\*(?=\S)([^\n*]{1,200})(?<=\S)\*\*|(?<!\w)__(?=\S)([^\n_]{1,200})(?<=\S)__(?!\w)")
_FILE = re.compile(r"\S.*\.[A-Za-z]\w{1,4}")
_LONGEST_TITLE = 150
_LONGEST_VALUE = 250


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    labels: Labels
    body: list[str] = field(default_factory=list)
    values: dict[Label, list[str]] = field(default_factory=lambda: defaultdict(list))
    footnotes: dict[int, str] = field(default_factory=dict)
    published: date | None = None
    modified: datetime | None = None
    url: str | None = None
    current: Label | None = None
    after_blank: bool = False

    def take(self, line: str) -> None:
        """Read the next line."""
        if note := footnote(line):
            self.footnotes[note[0]] = note[1]
        elif not self._take_mention(line) and not self._take_label(line):
            self._take_other(line)
        self.after_blank = not line.strip()

    def _take_mention(self, line: str) -> bool:
        mention = read_mention(line)
        if mention is None:
            return False
        self.published = self.published or mention.published
        self.modified = self.modified or mention.modified
        self.url = self.url or mention.url
        self.current = None if mention.published else "source"
        return True

    def _take_label(self, line: str) -> bool:
        found = self.labels.split(line) or self._phrase(line)
        if found is None or (len(found[2]) > _LONGEST_VALUE and found[0] != "files"):
            return False
        self.current, _, value = found
        if self.current in IN_TEXT:
            self.body.append(line)
        if value:
            self.values[self.current].append(value)
        return True

    def _phrase(self, line: str) -> tuple[Label, str, str] | None:
        """ "Organisé par la CAF" as the label, its words and the value."""
        found = self.labels.phrase(line)
        return (found[0], line[: found[1]], line[found[1] :]) if found else None

    def _take_other(self, line: str) -> None:
        if self.current is not None and line.strip() and self._is_value(line):
            self._add_value(self.current, line.strip())
            if self.current not in IN_TEXT:
                return
        elif line.strip():
            self.current = None
        self.body.append(line)

    def _add_value(self, label: Label, value: str) -> None:
        """A line of its own; the lines of one address are put together when the page is whole."""
        values = self.values[label]
        if label == "places" and values and not self.after_blank:
            values[-1] += "\n" + value
        else:
            values.append(value)

    def _is_value(self, line: str) -> bool:
        """A line under a label is one of its values unless it reads as a paragraph of the body."""
        if self.current in IN_TEXT:
            return not self.after_blank and len(line) <= _LONGEST_VALUE
        if line[0].isspace() or _LINK.search(line):
            return True
        return len(line) <= _LONGEST_VALUE and not (self.after_blank and re.search(r"\w{3}[.!?…]\s*$", line))


def _parts(line: str, labels: Labels) -> list[str]:
    """A line at each label inside it, when it begins with one: "Date : 12 mai | Lieu : Lille" is two."""
    starts = labels.starts_in(line) if labels.split(line) else []
    return [line[start:end].rstrip(BARS) for start, end in pairwise([0, *starts, len(line)])] if starts else [line]


def page_text(text: str, labels: Labels) -> Page:
    """Read a page in print form. Missing blocks and labels without values give empty fields."""
    reading = _Reading(labels)
    for line in text.split("\n"):
        for part in _parts(line, labels):
            reading.take(part)
    if reading.url is None:
        reading.url = next((found[0] for value in reading.values["source"] if (found := _ADDRESS.search(value))), None)
    title, body = _split_title("\n".join(reading.body).strip())
    reading.values["places"] = [place for value in reading.values["places"] for place in addresses_of(value.split("\n"))]
    facts = labelled(reading.values | {"tags": [tag for value in reading.values["tags"] for tag in split_tags(_plain(value))]})
    text = _plain(body)
    return Page(
        text=text,
        title=_plain(title) if title else None,
        links=distinct(_links(body, reading)),
        dates=facts.dates,
        places=facts.places,
        organisations=facts.organisations,
        tags=facts.tags,
        published=reading.published,
        modified=reading.modified,
        addresses=page_addresses([reading.url]),
        language=language_of(text, None),
    )


def _split_title(body: str) -> tuple[str | None, str]:
    first, _, rest = body.partition("\n")
    if heading := re.match(r"#{1,2}\s+(.+)", first):
        return heading[1].strip(" #"), rest.strip()
    if rest and re.match(r"\s*(?:={3,}|-{3,})\s*(?:\n|$)", rest):
        return first.strip(), rest.partition("\n")[2].strip()
    short = len(first) <= _LONGEST_TITLE and not first.rstrip().endswith((".", ":", ";", ","))
    if short and rest[:1] == "\n" and rest.strip() and not first.lstrip().startswith(("-", "*", "•", "«", "<", "http")):
        return first.strip(), rest.strip()
    return None, body


def _plain(text: str) -> str:
    """Markdown links as their words, without reference marks, heading marks, bold marks and trailing blanks."""
    text = MARK.sub("", _LINK.sub(lambda link: link["label"], text))
    text = re.sub(r"[\u00a0\u202f\u2007\u2009]", " ", text.replace("\u00ad", ""))
    text = _BOLD.sub(lambda bold: bold[1] or bold[2], text)
    text = "\n".join(re.sub(r"^#{1,6}\s+", "", line.rstrip()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _links(body: str, reading: _Reading) -> Iterator[Link]:
    """The links of the body, of the attached files, then the footnotes that no words led to."""
    yield from _links_of(body, reading)
    for value in (*reading.values["files"], *reading.values["links"]):
        found = list(_links_of(value, reading))
        yield from found
        rest = _LINK.sub("", value)
        marked = list(_MARKED.finditer(rest))
        for mark in marked:
            yield from _link(reading.footnotes.get(int(mark["n"])), mark["label"], reading.url)
        if not found and not marked and _FILE.fullmatch(value.strip("-*• ")):
            yield from _link(value.strip("-*• "), value.strip("-*• "), reading.url if "/" in value else None)
    for url in reading.footnotes.values():
        yield from _link(url, None, reading.url)


def _links_of(text: str, reading: _Reading) -> Iterator[Link]:
    for link in _LINK.finditer(text):
        url = link["url"] if link["url"] not in ("", "#") else reading.footnotes.get(int(link["n"] or 0))
        if not link["image"]:
            yield from _link(url, link["label"].strip(), reading.url)
    for found in _ADDRESS.finditer(_LINK.sub("", text)):
        yield Link(found[0], found[0])


def _link(url: str | None, label: str | None, base: str | None) -> Iterator[Link]:
    target = absolute(url, base) if url else None
    if target:
        yield Link(target, label or target)
