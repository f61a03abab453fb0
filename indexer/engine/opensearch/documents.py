"""A dossier as the cluster indexes it: its words as one text a field, its windows, its facts."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np

from indexer import ranking
from indexer.engine.contract import MOST_PERIODS
from indexer.engine.document import INFERRED, PRECISIONS, Combination, Document, document
from indexer.engine.lines import place_key
from indexer.engine.opensearch.mapping import LONGEST_WORD, TEXTS, VERSION
from indexer.engine.periods import EPOCH, month_number
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier
from indexer.stream import STOP, NamedVocabulary, Stream

LAST_BITS = 22
"""Bits of a day number (date.toordinal()): a span is its first day and its last in one number."""
_HOLE = "=."
"""Stands where no word is, between two files: nothing that is sought."""


def digest(dossier: Dossier) -> str:
    """What tells a dossier from another version of it; texts are told by their keys, which never change their meaning."""
    return blake2b(msgspec.json.encode((VERSION, dossier.card, dossier.parts)), digest_size=16).hexdigest()


class Documents:
    """Makes documents; the words met so far are known by their numbers."""

    def __init__(self, themes: Themes) -> None:
        self._themes = themes
        self.words = NamedVocabulary()
        self._written: list[str] = []

    def document(self, dossier: Dossier) -> tuple[dict[str, Any], Document]:
        """A dossier as the cluster takes it, and as it was made."""
        made = document(dossier, self._themes, self.words)
        self._learn()
        row = made.row
        at = self._at_positions(made.running)
        if row.head < len(at):
            at[row.head - 1] = TEXTS
        body: dict[str, Any] = {
            "id": row.id,
            "card": msgspec.Raw(row.card),
            "record": msgspec.Raw(row.record),
            "title_shown": dossier.card.title[:1000],
            "text": " ".join(at),
            **{name: " ".join(self._at_positions(getattr(made, name))) for name in ("title", "theme", "place")},
            "windows": _windows(at),
            "day": made.days,
            "first_place": place_key(dossier.card),
            "facet": {"theme-found": _keys(row.found_themes), **{name: _keys(found) for name, found in row.values.items()}},
            "period": _periods(row.spans),
            "span": [{"gte": first, "lte": last} for first, last, _ in row.spans],
            "first": [first for first, _, _ in row.spans],
            "first_last": [first << LAST_BITS | last for first, last, _ in row.spans],
            **{name: getattr(row, name) for name in ("words", "tokens", "attachments", "pages", "changed")},
            "acronym": [f"{short}\t{long}" for short, long in row.acronyms],
            "bag": self._bag(made.running, row.head),
            "digest": digest(dossier),
        }
        return body, made

    def _learn(self) -> None:
        """How the forms are written that were met since the last time."""
        for form in self.words.form_names[len(self._written) :]:
            term = self.words.term_names[self.words.form_term(form)]
            self._written.append(f"{form[:LONGEST_WORD]}/{term[:LONGEST_WORD]}")

    def _at_positions(self, stream: Stream) -> list[str]:
        """What stands at each position."""
        at = [_HOLE] * stream.length
        for form, position, kind in zip(stream.forms.tolist(), stream.positions.tolist(), stream.kinds.tolist(), strict=True):
            word = f"={self.words.form_names[form][:LONGEST_WORD]}" if kind == STOP else self._written[form]
            at[position] = word if at[position] is _HOLE else f"{at[position]}|{word}"
        return at

    def _bag(self, running: Stream, head: int) -> list[str]:
        """Each term of the texts, facts and stop words left out, with how often it stands there."""
        told = (running.kinds != STOP) & (running.positions >= head)
        places = np.unique(np.stack([self.words.terms_of(running.forms[told]), running.positions[told]]), axis=1)
        terms, counts = np.unique(places[0], return_counts=True)
        each = zip(terms.tolist(), counts.tolist(), strict=True)
        return [f"{self.words.term_names[term][:LONGEST_WORD]}\t{count}" for term, count in each]


def _windows(at: list[str]) -> list[dict[str, Any]]:
    starts = range(0, max(len(at), 1), ranking.PASSAGE_STEP)
    return [{"number": n, "text": " ".join(at[start : start + ranking.PASSAGE_WORDS])} for n, start in enumerate(starts)]


def _keys(values: Combination) -> list[str]:
    return [f"{value.key}\t{value.label}" for value in values]


def _periods(spans: tuple[tuple[int, int, int], ...]) -> dict[str, list[int]]:
    """Years and months that dates touch; of which only the year is known, no month."""
    found: dict[str, set[int]] = {"annee": set(), "annee-indiquee": set(), "mois": set(), "mois-indiquee": set()}
    for first, last, kind in spans:
        begin, end = (date.fromordinal(day) for day in (first, last))
        years = _last(begin.year - EPOCH, end.year - EPOCH)
        months = _last(month_number(begin), month_number(end)) if kind % INFERRED != PRECISIONS.index("year") else range(0)
        for name, numbers in (("annee", years), ("mois", months)):
            found[name].update(numbers)
            if kind < INFERRED:
                found[f"{name}-indiquee"].update(numbers)
    return {name: sorted(numbers) for name, numbers in found.items()}


def _last(first: int, last: int) -> range:
    return range(max(first, last - MOST_PERIODS + 1), last + 1)
