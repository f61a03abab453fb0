"""The Whoosh engine: the contract kept on a Whoosh index in a folder."""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from whoosh import index as whoosh_index

from indexer.analysis import fold
from indexer.engine.contract import (
    UNKNOWN,
    BuildFacts,
    Hit,
    Passage,
    Request,
    Result,
    Status,
    Suggestion,
    View,
)
from indexer.engine.whoosh import generations
from indexer.engine.whoosh.faceting import facets, filter_and_count, understood
from indexer.engine.whoosh.passages import passages
from indexer.engine.whoosh.schema import FacetRecord, document, schema
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.errors import IndexDamaged
from indexer.facts.themes import Vocabulary
from indexer.highlight import mark
from indexer.model import Card, Dossier, PartReader
from indexer.notices import Notice
from indexer.query import Leaf, leaves, parse, relaxed

_MEMORY_MB = 256
_OPENING_TRIES = 5


class WhooshReader:
    """The reading side. One lock: Whoosh's matchers are not safe between threads."""

    def __init__(self, index: Path, read_part: PartReader, close_parts: Callable[[], None] = lambda: None) -> None:
        """A reader of the index in the folder `index`, opened at the first question.

        Every method may raise `IndexMissing`, `IndexDamaged` or `IndexVersionMismatch`.
        """
        self._index = index
        self._read_part = read_part
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
                    before, self._snapshot = self._snapshot, Snapshot(self._index / current.folder, current, self._snapshot)
                    self._stamp = stamp
                    if before:
                        before.close()
                return self._snapshot
            except FileNotFoundError:  # a commit cleared the old files between two steps: look again
                continue
        generations.read_current(self._index)
        raise IndexDamaged(f"L’index de « {self._index} » est incomplet. {generations.REBUILD}")

    def search(self, request: Request) -> Result:
        parsed = parse(request.query)
        notices = parsed.notices
        with self._lock:
            snapshot = self._fresh()
            tree = parsed.tree
            matched = snapshot.match(tree)
            if not matched and (wider := relaxed(tree)) and (matched := snapshot.match(wider)):
                tree, notices = wider, (*notices, Notice("some_words"))
            request = understood(request, snapshot.facets.values())
            kept, counts = filter_and_count(matched, snapshot.facets, request)
            first = (request.page - 1) * request.size
            ranked = heapq.nsmallest(first + request.size, kept, key=_order(request, matched, snapshot))[first:]
            hits = tuple(self._hit(snapshot, docnum, matched[docnum], list(leaves(tree)), request.passages) for docnum in ranked)
        return Result(request, len(kept), hits, facets(counts, request, snapshot.facets.values()), notices)

    def _hit(self, snapshot: Snapshot, docnum: int, score: float, words: list[Leaf], most: int) -> Hit:
        record, occurrences = snapshot.record(docnum), snapshot.occurrences(docnum, words)
        return Hit(snapshot.card(docnum), score, passages(record, occurrences, words, self._read_part, most))

    def card(self, dossier_id: str) -> Card:
        with self._lock:
            snapshot = self._fresh()
            return snapshot.card(snapshot.docnum(dossier_id))

    def get(self, dossier_id: str, query: str = "") -> View:
        words = list(leaves(parse(query).tree))
        with self._lock:
            snapshot = self._fresh()
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
        wanted = fold(prefix.strip())
        if len(wanted) < 2:
            return ()
        with self._lock:
            records = self._fresh().facets.values()
        known = Counter(suggestion for record in records for suggestion in _suggestions(record))
        fitting = (suggestion for suggestion in known if any(word.startswith(wanted) for word in _beginnings(suggestion.text)))
        return tuple(sorted(fitting, key=lambda suggestion: (-known[suggestion], suggestion.text))[:limit])

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


def _suggestions(record: FacetRecord) -> Iterator[Suggestion]:
    yield Suggestion(record.title, "titre")
    yield from (Suggestion(value.label, "theme") for value in record.values["theme"] if value.key != UNKNOWN)
    yield from (Suggestion(value.label, "lieu") for value in record.values["lieu"] if value.key != UNKNOWN)


def _beginnings(text: str) -> Iterator[str]:
    """The text from each of its words on, folded."""
    words = fold(text).split()
    return (" ".join(words[start:]) for start in range(len(words)))


def _order(request: Request, matched: dict[int, float], snapshot: Snapshot) -> Callable[[int], tuple[float, float, str]]:
    """The sort key of a document number: the dossiers without a date come last, ties are settled by identifier."""
    records = snapshot.facets

    def by_relevance(docnum: int) -> tuple[float, float, str]:
        return (-matched[docnum], 0, records[docnum].id)

    def by_date(docnum: int) -> tuple[float, float, str]:
        spans = records[docnum].spans
        if request.sort == "date":
            return (-max((start for start, _ in spans), default=0), -matched[docnum], records[docnum].id)
        return (min((start for start, _ in spans), default=float("inf")), -matched[docnum], records[docnum].id)

    return by_relevance if request.sort == "pertinence" else by_date


class WhooshEngine(WhooshReader):
    """The engine with its writing side: used by one build at a time."""

    def __init__(self, index: Path, read_part: PartReader, vocabulary: Vocabulary) -> None:
        super().__init__(index, read_part)
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
