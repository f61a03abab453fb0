"""Which lines of an article are labelled facts (dates, places, bodies, themes), and which are its text?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.pages.html_line import Line, Span
from indexer.pages.html_values import HEADING, PROSE, as_text, value_texts, values_after
from indexer.pages.label_table import Label
from indexer.pages.labelled import IN_TEXT
from indexer.pages.labels import BARS, Labels

_LONGEST_PHRASE = 120
_MOST_LABELS = 50
"""No line has more; cutting one at each would take time that grows with their square."""
_UNMARKED: frozenset[Label] = frozenset(
    ("dates", "places", "calendar", "organiser", "participant", "partner", "structure", "tags")
)
"""Labels that a line of nothing else may be without a colon, bold letters or a label's class."""


@dataclass(slots=True)
class Facts:
    """The values by label, and the lines that remain the article's text (organisers, contact and the like as "Label : value")."""

    labels: Labels
    lines: list[Line] = field(default_factory=list)
    values: dict[Label, list[str]] = field(default_factory=dict)

    def read(self, source: list[Line]) -> None:
        """Part labelled facts from text. The lines are those of the article, in order."""
        index = 0
        while index < len(source):
            index += self._read(source, index)

    def _read(self, source: list[Line], index: int) -> int:
        """Take the fact that starts at a line, or the line itself as text; how many lines that is."""
        line = source[index]
        if len(line.cells) > 1:
            return self._read_columns(source, index) or self._read_row(line)
        found = self._labelled(line)
        if found is None:
            self.lines.append(line)
            return 1
        label, words, value = found
        if label in ("files", "links"):
            self.lines += [value] if value.text else []
            return 1
        more = values_after(source, index, bool(value.text), lambda other: self._labelled(other) is not None)
        values = [value, *more] if value.text else more
        if not values and self._says_nothing(line, label):
            return 1
        if self._marked(line, value, values) and self._add(label, words, values, bool(value.text)):
            return 1 + len(more)
        self.lines.append(line)
        return 1

    def _add(self, label: Label, words: str, values: list[Line], beside: bool) -> bool:
        """Take a label with its values, the first `beside` it or below; False when they do not read as such and stay text."""
        texts = value_texts(label, values)
        self.values.setdefault(label, []).extend(texts)
        if texts and label in IN_TEXT:
            self.lines += as_text(words, values, beside)
        return bool(texts)

    def _read_row(self, line: Line) -> int:
        """A row of a table: its first cell may be the label of the others."""
        first, second = line.cell(0), line.part(line.cells[1])
        label = self.labels.label_of(first.text)
        is_fact = label and not self.labels.label_of(line.cell(1).text)
        if not (label and is_fact and self._add(label, first.text.rstrip(" :"), [second], True)):
            self.lines.append(line)
        return 1

    def _read_columns(self, source: list[Line], index: int) -> int:
        """A table whose first row is labels: its columns are values, its rows stay text. 0 for any other row."""
        head = source[index]
        fields = [self.labels.label_of(head.cell(number).text) for number in range(len(head.cells))]
        if None in fields:
            return 0
        end = index + 1
        while end < len(source) and source[end].group == head.group:
            end += 1
        rows = source[index + 1 : end]
        for row in rows:
            for number, label in list(enumerate(fields))[: len(row.cells)]:
                if label and (texts := value_texts(label, [row.cell(number)])):
                    self.values.setdefault(label, []).extend(texts)
        self.lines += [head, *rows] if rows else []
        return len(rows) + 1 if rows else 0

    def _marked(self, line: Line, value: Line, values: list[Line]) -> bool:
        """Whether a label shows as one; one without any mark must be a line of its own, with short values that are no prose."""
        if value.text or line.bolds or line.text.endswith((":", "?")) or self.labels.introduces(line.text):
            return True
        return not line.prefix and all(len(one.text) <= _LONGEST_PHRASE and not PROSE.search(one.text) for one in values)

    def _says_nothing(self, line: Line, label: Label) -> bool:
        """Whether a label without values is left out of the text; a heading may head other things."""
        return label not in ("other", "calendar") and (label not in IN_TEXT or not HEADING.fullmatch(line.tag))

    def _labelled(self, line: Line) -> tuple[Label, str, Line] | None:
        """(label, its words, the value in the same line, maybe empty)."""
        alone = self.labels.label_of(line.text)
        if alone:
            bold = bool(line.bolds) and line.bolds[0].start == 0 and line.bolds[0].end >= len(line.text.rstrip(" :?"))
            shown = bold or alone in _UNMARKED or line.text.endswith((":", "?"))
            return (alone, line.text.rstrip(" :"), line.part(len(line.text))) if shown else None
        return self._after_bold(line) or self._after_colon(line) or self._after_phrase(line)

    def _after_bold(self, line: Line) -> tuple[Label, str, Line] | None:
        """ "<b>Date :</b> 12 mai", "<span class=label>Date</span> 12 mai", "<b>Organisé par</b> la CAF" """
        if not line.bolds or line.bolds[0].start:
            return None
        bold = line.bolds[0]
        words = line.text[: bold.end]
        label = self.labels.label_of(words)
        if label is None or not (bold.label or self.labels.introduces(words) or re.search(r"[:?]\s*$", words)):
            return None
        lead = re.match(r"[\s:]*", line.text[bold.end :])
        return label, words.rstrip(" :"), line.part(bold.end + (lead.end() if lead else 0))

    def _after_colon(self, line: Line) -> tuple[Label, str, Line] | None:
        found = self.labels.split(line.text)
        return (found[0], found[1], line.part(line.text.rfind(found[2]))) if found and found[2] else None

    def _after_phrase(self, line: Line) -> tuple[Label, str, Line] | None:
        """ "Organisé par la CAF", when nothing else is said."""
        found = self.labels.phrase(line.text)
        return (found[0], line.text[: found[1]], line.part(found[1])) if found else None


def read_facts(lines: list[Line], labels: Labels) -> Facts:
    """Part labelled facts from text. The lines are those of the article, in order."""
    facts = Facts(labels)
    facts.read([part for line in lines for part in _split(line, labels)])
    return facts


def _split(line: Line, labels: Labels) -> list[Line]:
    """A line at each label inside it: "<b>Date :</b> 12 mai <b>Lieu :</b> Lille" is two, so is "Date : 12 mai | Lieu : Lille"."""
    if line.cells:
        return [line]
    starts = {bold.start for bold in line.bolds[:_MOST_LABELS] if bold.start and _is_bold_label(line, bold, labels)}
    if labels.split(line.text):
        starts.update(labels.starts_in(line.text))
    if not starts:
        return [line]
    bounds = [0, *sorted(starts), len(line.text)]
    return [line.part(start, start + len(line.text[start:end].rstrip(BARS))) for start, end in pairwise(bounds)]


def _is_bold_label(line: Line, bold: Span, labels: Labels) -> bool:
    words = line.text[bold.start : bold.end]
    marked = bold.label or re.search(r"[:?]\s*$", words) or re.match(r"\s*:", line.text[bold.end :])
    return bool(marked) and labels.label_of(words) is not None
