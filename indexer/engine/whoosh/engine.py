"""The Whoosh engine: the contract kept on a Whoosh index in a folder."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from whoosh import index as whoosh_index

from indexer import ranking
from indexer.engine.contract import (
    ALL_WORDS,
    BuildFacts,
    Explanation,
    Hit,
    Neighbour,
    Passage,
    Request,
    Result,
    Status,
    Suggestion,
    View,
)
from indexer.engine.whoosh import generations
from indexer.engine.whoosh.explaining import explained
from indexer.engine.whoosh.faceting import Counts, facets, filter_and_count, understood
from indexer.engine.whoosh.matching import Found, find
from indexer.engine.whoosh.neighbours import neighbours
from indexer.engine.whoosh.ordering import order, with_passages
from indexer.engine.whoosh.passages import choose, shown
from indexer.engine.whoosh.postings import Floats
from indexer.engine.whoosh.schema import document, schema
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.windows import sources
from indexer.errors import IndexDamaged
from indexer.facts.themes import Vocabulary
from indexer.highlight import mark
from indexer.model import Card, Dossier, PartReader
from indexer.notices import Notice
from indexer.plan import Plan
from indexer.synonyms import Synonyms
from indexer.understanding import Understood, respelled, understand

_MEMORY_MB = 256
_OPENING_TRIES = 5


class WhooshReader:
    """The reading side. One lock: Whoosh's matchers are not safe between threads."""

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
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None

    def _fresh(self) -> Snapshot:
        """The snapshot of the index in use, opened anew when a build has made another one."""
        for _ in range(_OPENING_TRIES):
            try:
                stat = (self._index / "current.json").stat()
                stamp = (stat.st_mtime_ns, stat.st_ino)
                if self._snapshot is None or stamp != self._stamp:
                    current = generations.read_current(self._index)
                    before, self._snapshot = self._snapshot, self._open(current)
                    self._stamp = stamp
                    if before:
                        before.close()
                return self._snapshot
            except FileNotFoundError:  # a commit cleared the old files between two steps: look again
                continue
        generations.read_current(self._index)
        raise IndexDamaged(f"L’index de « {self._index} » est incomplet. {generations.REBUILD}")

    def _open(self, current: generations.Current) -> Snapshot:
        return Snapshot(self._index / current.folder, current, self._synonyms, self._snapshot)

    def search(self, request: Request) -> Result:
        with self._lock:
            snapshot = self._fresh()
            request = understood(request, snapshot.facets.values())
            understood_query = understand(request.query, snapshot.lexicon, correct=request.correct)
            answer = _answer(snapshot, understood_query, request)
            scores = with_passages(snapshot, answer.plan, answer.found, np.array(sorted(answer.kept), np.int64))
            first = (request.page - 1) * request.size
            ranked = heapq.nsmallest(first + request.size, answer.kept, key=order(request, scores, snapshot.facets))[first:]
            hits = self._hits(snapshot, answer, ranked, scores, request.passages)
        return Result(
            request,
            len(answer.kept),
            hits,
            facets(answer.counts, request, snapshot.facets.values()),
            (*understood_query.notices, *answer.notices),
            answer.only_all_words,
            respelled(understood_query.correction, hits),
            understood_query.expansions,
            understood_query.offers,
        )

    def _hits(self, snapshot: Snapshot, answer: _Answer, ranked: list[int], scores: Floats, most: int) -> tuple[Hit, ...]:
        docs = np.array(sorted(ranked), np.int64) if most else np.empty(0, np.int64)
        where = sources(snapshot.postings, answer.plan, answer.found, docs) if most else []
        leaves = answer.plan.leaves()
        hits = []
        for doc in ranked:
            passages: tuple[Passage, ...] = ()
            if most:
                record = snapshot.record(doc)
                chosen = choose(where, doc, snapshot.facets[doc].words, record.starts, most)
                passages = shown(record, chosen, leaves, self._read_part)
            hits.append(Hit(snapshot.card(doc), float(scores[doc]), passages, _lacks(answer, doc)))
        return tuple(hits)

    def card(self, dossier_id: str) -> Card:
        with self._lock:
            snapshot = self._fresh()
            return snapshot.card(snapshot.docnum(dossier_id))

    def get(self, dossier_id: str, query: str = "") -> View:
        with self._lock:
            snapshot = self._fresh()
            words = understand(query, snapshot.lexicon).plan.leaves()
            docnum = snapshot.docnum(dossier_id)
            parts = snapshot.record(docnum).parts
            texts = [self._read_part(part.text_key, part.page) for part in parts]
            card = snapshot.card(docnum)
        shown = (
            Passage(mark(text, words), part.attachment, part.page, part.label, part.recognised)
            for part, text in zip(parts, texts, strict=True)
        )
        return View(card, tuple(shown))

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        with self._lock:
            return self._fresh().suggester.suggest(prefix, limit)

    def more_like(self, dossier_id: str, limit: int = 5) -> tuple[Neighbour, ...]:
        with self._lock:
            snapshot = self._fresh()
            near = neighbours(snapshot, snapshot.docnum(dossier_id), limit)
            return tuple(Neighbour(snapshot.card(doc), score, words) for doc, score, words in near)

    def explain(self, query: str, dossier_id: str) -> Explanation:
        asked = Request(query, passages=1)
        with self._lock:
            snapshot = self._fresh()
            doc = snapshot.docnum(dossier_id)
            answer = _answer(snapshot, understand(query, snapshot.lexicon), asked)
            kept = answer.kept if doc in answer.kept else answer.found.ids.tolist()
            scores = with_passages(snapshot, answer.plan, answer.found, np.array(sorted(kept), np.int64))
            clues = explained(snapshot, answer.plan, answer.found, doc, float(scores[doc]))
            (hit,) = self._hits(snapshot, answer, [doc], scores, 1)
        passage = hit.passages[0] if hit.passages else None
        return Explanation(hit.card, query, hit.score, clues, passage, hit.lacks, bool(np.isin(doc, answer.found.ids)))

    def status(self) -> Status:
        with self._lock:
            snapshot = self._fresh()
        current, records = snapshot.current, snapshot.facets.values()
        return Status(
            engine="whoosh",
            generation=current.generation,
            built_at=current.built_at,
            dossiers=len(records),
            attachments=sum(record.attachments for record in records),
            pages=sum(record.pages for record in records),
            unreadable=current.facts.unreadable,
            missing=current.facts.missing,
        )

    def close(self) -> None:
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._close_parts()


class _Answer(NamedTuple):
    """What a search comes to before its hits are ordered: `kept` are the document numbers that pass every filter."""

    plan: Plan
    found: Found
    kept: list[int]
    counts: Counts
    only_all_words: bool
    notices: tuple[Notice, ...]


def _answer(snapshot: Snapshot, understood_query: Understood, request: Request) -> _Answer:
    """Without a choice of "mots", a query of few words keeps to the dossiers that have them all, when there are any."""
    asked = understood_query.plan
    found = find(snapshot.postings, asked)
    matched = dict(zip(found.ids.tolist(), found.complete().tolist(), strict=True))
    several = len(asked.units) > 1 and "mots" not in request.filters
    if several and len(asked.units) <= ranking.SHARP_WORDS and not understood_query.question:
        sharp = replace(request, filters=request.filters | {"mots": (ALL_WORDS,)})
        kept, counts = filter_and_count(matched, snapshot.facets, sharp)
        if kept:
            only = len(counts["mots"]) > 1
            return _Answer(asked, found, kept, counts, only, ())
    kept, counts = filter_and_count(matched, snapshot.facets, request)
    lacking = several and kept and not any(matched[doc] for doc in kept)
    return _Answer(asked, found, kept, counts, False, (Notice("some_words"),) if lacking else ())


def _lacks(answer: _Answer, doc: int) -> tuple[str, ...]:
    """The words of the query that a dossier does not have."""
    return tuple(unit.text for unit, having in zip(answer.plan.units, answer.found.having, strict=True) if not having[doc])


class WhooshEngine(WhooshReader):
    """The engine with its writing side: used by one build at a time."""

    def __init__(self, index: Path, read_part: PartReader, vocabulary: Vocabulary, synonyms: Synonyms) -> None:
        super().__init__(index, read_part, synonyms)
        self._vocabulary = vocabulary

    def update(self, changed: Iterable[Dossier], removed: Iterable[str], facts: BuildFacts) -> None:
        current = generations.read_current(self._index)
        index = whoosh_index.open_dir(str(self._index / current.folder))
        writer = index.writer(limitmb=_MEMORY_MB)
        try:
            with writer.searcher() as searcher:
                for dossier_id in removed:
                    writer.delete_by_term("id", dossier_id, searcher=searcher)
                for dossier in changed:
                    writer.delete_by_term("id", dossier.card.id, searcher=searcher)
                    writer.add_document(**document(dossier, self._vocabulary))
            writer.commit()
        except BaseException:
            writer.cancel()
            raise
        generations.write_current(self._index, current.folder, current.generation + 1, facts)
        generations.remove_other_folders(self._index, keep=current.folder)

    def rebuild(self, dossiers: Iterable[Dossier], facts: BuildFacts) -> None:
        generation = generations.last_generation(self._index) + 1
        folder = generations.new_folder(self._index, generation)
        writer = whoosh_index.create_in(str(folder), schema()).writer(limitmb=_MEMORY_MB)
        try:
            for dossier in dossiers:
                writer.add_document(**document(dossier, self._vocabulary))
            writer.commit(optimize=True)
        except BaseException:
            writer.cancel()
            generations.discard(folder)
            raise
        generations.write_current(self._index, folder.name, generation, facts)
        generations.remove_other_folders(self._index, keep=folder.name)
