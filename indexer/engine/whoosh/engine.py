"""The Whoosh engine: the contract kept on a Whoosh index in a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer import ranking
from indexer.engine.contract import (
    ALL_WORDS,
    BuildFacts,
    Concordance,
    Every,
    Explanation,
    Form,
    Hit,
    Keywords,
    LineOrder,
    Neighbour,
    Passage,
    Request,
    Result,
    Status,
    Suggestion,
    Trend,
    View,
)
from indexer.engine.lines import forms
from indexer.engine.nearby import beside
from indexer.engine.occurrences import Occurrences
from indexer.engine.passages import choose, passages
from indexer.engine.standing import TextReader
from indexer.engine.whoosh import generations, index_writer
from indexer.engine.whoosh.concordance import in_order, lines, occurrences
from indexer.engine.whoosh.explaining import explained
from indexer.engine.whoosh.faceting import Filtered, facets, filtered, understood
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.keywords import collocates, keywords
from indexer.engine.whoosh.matching import Found, at, find
from indexer.engine.whoosh.nearby import files_of
from indexer.engine.whoosh.neighbours import neighbours
from indexer.engine.whoosh.ordering import Windows, ordered, windows, with_passages
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.shown import each_shown
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.trends import trend
from indexer.errors import IndexDamaged
from indexer.expression import as_expression
from indexer.facts.themes import Vocabulary as Themes
from indexer.highlight import Text, divided, mark
from indexer.language import gettext
from indexer.model import Card, Dossier, Part, PartReader
from indexer.notices import Notice
from indexer.plan import Plan
from indexer.synonyms import Synonyms
from indexer.understanding import Understood, respelled

_OPENING_TRIES = 5


class WhooshReader:
    """The reading side. Threads share the snapshot, which never changes; a commit is followed by another one."""

    def __init__(
        self, index: Path, read_part: PartReader, synonyms: Synonyms, close_parts: Callable[[], None] = lambda: None
    ) -> None:
        """A reader of the index in the folder `index`, opened at the first question.

        Every method may raise `IndexMissing`, `IndexDamaged` or `IndexVersionMismatch`.
        """
        self._index = index
        self._read_part = read_part
        self._synonyms = synonyms
        self._close_parts = close_parts
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None

    def _fresh(self) -> Snapshot:
        """The snapshot of the index in use, opened anew when a build has made another one."""
        for _ in range(_OPENING_TRIES):
            try:
                stat = (self._index / "current.json").stat()
                stamp = (stat.st_mtime_ns, stat.st_ino)
                if self._snapshot is None or stamp != self._stamp:
                    self._renew(stamp)
                return self._snapshot  # type: ignore[return-value]
            except FileNotFoundError:  # a commit cleared the old files between two steps: look again
                continue
        generations.read_current(self._index)
        raise IndexDamaged(
            gettext("L’index de « %(index)s » est incomplet. Lancez : chercheville build --full", index=self._index)
        )

    def _renew(self, stamp: tuple[int, int]) -> None:
        with self._lock:
            if self._snapshot is None or stamp != self._stamp:
                current = generations.read_current(self._index)
                self._snapshot = Snapshot(self._index / current.folder, current, self._synonyms, self._snapshot)
                self._stamp = stamp

    def search(self, request: Request) -> Result:
        snapshot = self._fresh()
        request = understood(request, snapshot.columns)
        asked = snapshot.understood(request.query, request.correct)
        answer = _answer(snapshot, asked, request)
        kept = answer.kept
        scores, here = with_passages(snapshot, asked.plan, kept)
        first = (request.page - 1) * request.size
        ranked = ordered(snapshot, request, kept, scores, first + request.size)[first:]
        hits = self._hits(snapshot, asked.plan, kept, ranked, scores, here, request.passages)
        return Result(
            request,
            len(kept.ids),
            hits,
            facets(answer.found, answer.passed, snapshot.columns, request),
            (*asked.notices, *answer.notices),
            answer.only_all_words,
            respelled(asked.correction, hits),
            asked.expansions,
            asked.offers,
        )

    def every(self, request: Request) -> Iterator[Card]:
        snapshot = self._fresh()
        request = understood(request, snapshot.columns)
        asked = snapshot.understood(request.query, request.correct)
        kept = _answer(snapshot, asked, request).kept
        scores, _ = with_passages(snapshot, asked.plan, kept)
        ranked = ordered(snapshot, request, kept, scores, len(kept.ids))
        return (snapshot.card(doc) for doc in kept.ids[ranked].tolist())

    def _hits(
        self, snapshot: Snapshot, plan: Plan, found: Found, ranked: Ints, scores: Floats, here: Windows | None, most: int
    ) -> tuple[Hit, ...]:
        """The hits at the places `ranked` of the documents found, with at most so many passages each."""
        docs = found.ids[ranked]
        shown = self._passages(snapshot, plan, np.sort(docs), here, most) if most else {}
        hits = []
        for place, doc in zip(ranked.tolist(), docs.tolist(), strict=True):
            lacks = tuple(unit.text for unit, having in zip(plan.units, found.having, strict=True) if not having[place])
            hits.append(Hit(snapshot.card(doc), float(scores[place]), shown.get(doc, ()), lacks))
        return tuple(hits)

    def _passages(
        self, snapshot: Snapshot, plan: Plan, docs: Ints, here: Windows | None, most: int
    ) -> dict[int, tuple[Passage, ...]]:
        """The passages of each of `docs` (ascending)."""
        near = (here.of(docs) if here else None) or windows(snapshot, plan, docs)
        found = {}
        for doc, shown in zip(docs.tolist(), each_shown(near.sources, docs, near.scores), strict=True):
            record = snapshot.record(doc)
            chosen = choose(shown, record.starts, most)
            found[doc] = passages(record, shown, chosen, self._texts_of(snapshot))
        return found

    def _text(self, snapshot: Snapshot, part: Part) -> Text:
        """The text of a part; those shown lately are kept."""
        key = ("part", part.text_key, part.page)
        return snapshot.postings.kept(key, lambda: divided(self._read_part(part.text_key, part.page)))  # type: ignore[no-any-return]

    def card(self, dossier_id: str) -> Card:
        snapshot = self._fresh()
        return snapshot.card(snapshot.docnum(dossier_id))

    def get(self, dossier_id: str, query: str = "") -> View:
        snapshot = self._fresh()
        words = snapshot.understood(query).plan.leaves()
        docnum = snapshot.docnum(dossier_id)
        shown = (
            Passage(mark(text, words), part.attachment, part.page, part.label, part.recognised)
            for part, text in self._texts(snapshot, docnum)
        )
        return View(snapshot.card(docnum), tuple(shown))

    def _texts(self, snapshot: Snapshot, docnum: int) -> list[tuple[Part, str]]:
        return [(part, self._read_part(part.text_key, part.page)) for part in snapshot.record(docnum).parts]

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._fresh().suggester.suggest(prefix, limit)

    def more_like(self, dossier_id: str, limit: int = 5) -> tuple[Neighbour, ...]:
        snapshot = self._fresh()
        docnum = snapshot.docnum(dossier_id)
        texts = [snapshot.card(docnum).title, *(text for _, text in self._texts(snapshot, docnum))]
        near = neighbours(snapshot, docnum, texts, limit)
        return tuple(Neighbour(snapshot.card(doc), score, words) for doc, score, words in near)

    def explain(self, query: str, dossier_id: str) -> Explanation:
        snapshot = self._fresh()
        doc = snapshot.docnum(dossier_id)
        asked = snapshot.understood(query)
        answer = _answer(snapshot, asked, Request(query))
        matches = bool(np.isin(doc, answer.found.ids))
        ranked = answer.kept
        if not np.isin(doc, ranked.ids):
            ranked = answer.found if matches else at(snapshot.postings, asked.plan, doc)
        scores, here = with_passages(snapshot, asked.plan, ranked)
        place = int(np.searchsorted(ranked.ids, doc))
        clues = explained(snapshot, asked.plan, at(snapshot.postings, asked.plan, doc), float(scores[place]))
        (hit,) = self._hits(snapshot, asked.plan, ranked, np.array([place]), scores, here, 1)
        passage = hit.passages[0] if hit.passages else None
        return Explanation(hit.card, query, hit.score, clues, passage, hit.lacks, matches)

    def concordance(
        self, request: Request, order: LineOrder = "document", first: int = 0, most: int | None = None, beside: str = ""
    ) -> Concordance:
        snapshot = self._fresh()
        found, notices, key = self._occurrences(snapshot, request, beside)
        read = self._texts_of(snapshot)
        ranked = snapshot.postings.kept(("concordance", order, *key), lambda: in_order(snapshot, found, order, read))
        shown = found.taken(ranked[first : None if most is None else first + most])
        return Concordance(len(found.docs), len(np.unique(found.docs)), lines(snapshot, shown, read), notices)

    def forms(self, request: Request, beside: str = "") -> tuple[Form, ...]:
        snapshot = self._fresh()
        found, _, key = self._occurrences(snapshot, request, beside)
        return snapshot.postings.kept(("forms", *key), lambda: forms(lines(snapshot, found, self._texts_of(snapshot))))  # type: ignore[no-any-return]

    def _occurrences(
        self, snapshot: Snapshot, request: Request, near: str
    ) -> tuple[Occurrences, tuple[Notice, ...], tuple[Any, ...]]:
        """Where the expression of a request stands; what is to be said of it; what it is kept under."""
        request = understood(request, snapshot.columns)
        asked, other = (snapshot.understood(as_expression(words), correct=False) for words in (request.query, near))
        docs = _answer(snapshot, asked, request).kept.ids if asked.plan.units else np.empty(0, np.int64)
        found = occurrences(snapshot, asked.plan, docs)
        if near:
            found = beside(found, occurrences(snapshot, other.plan, docs), files_of(snapshot, found.docs))
        filters = (request.since, request.until, request.found_themes, *sorted(request.filters.items()))
        return found, (*asked.notices, *other.notices), (request.query, near, *filters)

    def _texts_of(self, snapshot: Snapshot) -> TextReader:
        return lambda part: self._text(snapshot, part)

    def trend(self, request: Request, expressions: Sequence[str], every: Every = "annee", *, inferred: bool = True) -> Trend:
        snapshot = self._fresh()
        docs = self._selected(snapshot, request)
        sought = [(words, snapshot.understood(as_expression(words), correct=False).plan) for words in expressions]
        return trend(snapshot, docs, sought, every, inferred=inferred)

    def keywords(self, request: Request, against: Request | None = None, most: int = 100, least: int = 5) -> Keywords:
        snapshot = self._fresh()
        here, others = (self._selected(snapshot, one) for one in (request, against or Request()))
        there = np.setdiff1d(others, here, assume_unique=True)
        return keywords(snapshot, here, there, most, least, self._texts_of(snapshot))

    def collocates(self, request: Request, most: int = 100, least: int = 5) -> Keywords:
        snapshot = self._fresh()
        plan = snapshot.understood(as_expression(request.query), correct=False).plan
        docs = self._selected(snapshot, replace(request, query=""))
        return collocates(snapshot, plan, docs, most, least, self._texts_of(snapshot))

    def _selected(self, snapshot: Snapshot, request: Request) -> Ints:
        """The documents that a search finds."""
        request = understood(request, snapshot.columns)
        return _answer(snapshot, snapshot.understood(request.query, request.correct), request).kept.ids

    def status(self) -> Status:
        snapshot = self._fresh()
        current = snapshot.current
        return Status(
            engine="whoosh",
            generation=current.generation,
            built_at=current.built_at,
            dossiers=snapshot.postings.documents,
            attachments=snapshot.columns.attachments,
            pages=snapshot.columns.pages,
            unreadable=current.facts.unreadable,
            missing=current.facts.missing,
        )

    def close(self) -> None:
        self._snapshot = None
        self._close_parts()


class _Answer(NamedTuple):
    """What a search comes to before its hits are ordered."""

    found: Found
    passed: Filtered
    only_all_words: bool
    notices: tuple[Notice, ...]

    @property
    def kept(self) -> Found:
        """What passes the filters."""
        return self.found.kept(self.passed.kept)


def _answer(snapshot: Snapshot, asked: Understood, request: Request) -> _Answer:
    """Without a choice of "mots", a query of few words keeps to the dossiers that have them all, when there are any."""
    units = asked.plan.units
    found = find(snapshot.postings, asked.plan)
    several = len(units) > 1 and "mots" not in request.filters
    if several and len(units) <= ranking.SHARP_WORDS and not asked.question:
        sharp = filtered(found, snapshot.columns, replace(request, filters=request.filters | {"mots": (ALL_WORDS,)}))
        if sharp.kept.any():
            return _Answer(found, sharp, not found.complete[sharp.counted["mots"]].all(), ())
    passed = filtered(found, snapshot.columns, request)
    lacking = several and passed.kept.any() and not found.complete[passed.kept].any()
    return _Answer(found, passed, False, (Notice("some_words"),) if lacking else ())


class WhooshEngine(WhooshReader):
    """The engine with its writing side: used by one build at a time."""

    def __init__(self, index: Path, read_part: PartReader, themes: Themes, synonyms: Synonyms, memory_mb: int = 512) -> None:
        """`memory_mb` bounds what writing takes."""
        super().__init__(index, read_part, synonyms)
        self._themes = themes
        self._memory_mb = memory_mb

    def update(self, changed: Iterable[Dossier], removed: Iterable[str], facts: BuildFacts) -> None:
        index_writer.update(self._index, changed, removed, self._themes, self._memory_mb, facts)

    def rebuild(self, dossiers: Iterable[Dossier], facts: BuildFacts) -> None:
        index_writer.rebuild(self._index, dossiers, self._themes, self._memory_mb, facts)

    def tidy(self) -> None:
        index_writer.tidy(self._index)
