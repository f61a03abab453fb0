"""This project's engine on the plain job: its codec, its evaluation on arrays, one field of text and one of titles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bench.search.engine import Answer, Doc, Docs, Query
from indexer import ranking
from indexer.analysis import Token
from indexer.engine.common_words import Common
from indexer.engine.contract import UNKNOWN
from indexer.engine.document import Row
from indexer.engine.whoosh.array_file import ArrayWriter
from indexer.engine.whoosh.codec import ArraySegment
from indexer.engine.whoosh.columns import columns_of, write_columns
from indexer.engine.whoosh.common_file import write_common
from indexer.engine.whoosh.evidence import Label, clues, scored
from indexer.engine.whoosh.facet_columns import Chosen, SnapshotColumns
from indexer.engine.whoosh.field_buffer import FieldBuffer, lengths
from indexer.engine.whoosh.field_file import FieldWriter, Ints
from indexer.engine.whoosh.forward import write_forward
from indexer.engine.whoosh.index_writer import merge
from indexer.engine.whoosh.ordering import top
from indexer.engine.whoosh.phrases import phrase_places
from indexer.engine.whoosh.posting_list import Postings
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.segment_builder import FIELDS
from indexer.engine.whoosh.segments import Toc, open_segments, placed, read_toc, write_toc
from indexer.engine.whoosh.vectors import DocSet, Vector, intersection, union, vector
from indexer.facets import Value
from indexer.query import Words
from indexer.stream import PLAIN, Vocabulary

_LABELS = {"text": Label("", "", "texte", 1.0), "title": Label("", "", "titre", 2.0)}
_FACETS = {"themes": "theme", "place": "lieu", "type": "type", "year": "annee"}


class Engine:
    """The segments of a folder, evaluated as the product evaluates them."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        cores = len(os.sched_getaffinity(0))
        with ProcessPoolExecutor(cores, get_context("fork")) as pool:
            segments = list(pool.map(_built, [docs] * cores, range(cores), [cores] * cores, [folder] * cores, [raw] * cores))
        (folder / "toc").write_text(" ".join(map(str, write_toc(folder, [merge(folder, segments)], 1))))
        for segment in segments:
            (folder / segment.file_name).unlink()

    def open(self, folder: Path) -> None:
        generation, checksum = (folder / "toc").read_text().split()
        listed = read_toc(folder, Toc(int(generation), int(checksum)))
        self._segments = placed(listed, open_segments(folder, listed, {}).values())
        self._reader = PostingsReader(self._segments)
        self._columns = SnapshotColumns(self._segments, self._reader.live)
        self._days = np.zeros(self._reader.size, np.int64)
        self._days[self._columns.span_docs] = self._columns.span_first

    def forget(self) -> None:
        self._reader.cache.clear()

    def answer(self, query: Query) -> Answer:
        found, worth = self._found(query)
        ids = found.ids
        if query.kind == "filtered":
            ids = ids[self._passes(query, ids)]
        keys = -self._days[ids] if query.kind == "browse" else -sum(one.at(ids) for one in worth)
        first = ids[top(self, keys, None, ids, 10)].tolist()
        for doc in first:
            self._stored(doc)
        counted = self._columns.chosen(ids)
        facets = {name: self._counted(column, counted) for name, column in _FACETS.items()}
        return Answer(len(ids), [self._id(doc) for doc in first], facets)

    def id_ranks(self, docs: Ints, few: int) -> Ints:
        """Ties are settled by identifier."""
        return np.array([self._id(doc) for doc in docs.tolist()], np.int64)

    def _id(self, doc: int) -> int:
        one = next(placed for placed in reversed(self._segments) if doc >= placed.base)
        return int(one.segment.ids.of(doc - one.base))

    def _stored(self, doc: int) -> bytes:
        one = next(placed for placed in reversed(self._segments) if doc >= placed.base)
        return one.segment.cards.of(doc - one.base)

    def _found(self, query: Query) -> tuple[DocSet, list[Vector]]:
        if query.kind == "browse":
            return DocSet(self._reader.all_ids), []
        if query.kind == "phrase":
            docs, worth = self._phrase(query.terms)
            return docs, [worth]
        words = [self._word(term) for term in query.terms]
        sets = [docs for docs, _ in words]
        joined = union(sets, self._reader.size) if query.kind == "or" else intersection(sets)
        return joined, [worth for _, worth in words]

    def _word(self, term: str) -> tuple[DocSet, Vector]:
        return self._reader.kept(("word", term), lambda: self._weighed(term))  # type: ignore[no-any-return]

    def _weighed(self, term: str) -> tuple[DocSet, Vector]:
        found = [clues(self._reader, field, term, label) for field, label in _LABELS.items()]
        worth = vector([(clue.ids, clue.scores) for clue in found], self._reader.size)
        return worth.docs(), worth

    def _phrase(self, terms: list[str]) -> tuple[DocSet, Vector]:
        return self._reader.kept(("phrase", *terms), lambda: self._phrase_weighed(terms))  # type: ignore[no-any-return]

    def _phrase_weighed(self, terms: list[str]) -> tuple[DocSet, Vector]:
        leaf = Words(" ".join(terms), tuple(Token(term, term, 0, 0, n) for n, term in enumerate(terms)), "texte", True)
        summands = []
        for field, label in _LABELS.items():
            docs, counts = np.unique(phrase_places(self._reader, leaf, field).docs, return_counts=True)
            rarity = sum(ranking.idf(self._reader.documents, self._reader.df(field, term)) for term in terms)
            summands.append((docs, scored(self._reader, field, label, rarity, Postings(docs, counts.astype(float))).scores))
        worth = vector(summands, self._reader.size)
        return worth.docs(), worth

    def _passes(self, query: Query, ids: Ints) -> np.ndarray:
        first, last = (date(day // 10_000, day // 100 % 100, day % 100).toordinal() for day in (query.first, query.last))
        key = ("days", first, last)
        days = self._reader.kept(key, lambda: self._columns.within(first, last))
        return self._columns.facets["theme"].mask([query.theme], ids) & days[ids]

    def _counted(self, column: str, docs: Chosen) -> dict[str, int]:
        facet = self._columns.facets[column]  # type: ignore[index]
        counts = facet.count(docs)
        there = np.flatnonzero(counts).tolist()
        return {facet.values[n].key: count for n, count in zip(there, counts[there].tolist(), strict=True)}


def _built(docs: Docs, part: int, parts: int, folder: Path, raw: bool) -> ArraySegment:
    """One process's share of the dossiers as a segment."""
    words = Vocabulary()
    buffers = {"text": FieldBuffer(placed=True), "title": FieldBuffer(placed=True)}
    rows: list[Row] = []
    for doc in docs.share(part, parts):
        for field, text in (("text", doc.text), ("title", doc.title)):
            numbers = _analysed(words, text) if raw else _split(words, text)
            buffers[field].add(numbers, np.arange(len(numbers), dtype=np.int32))
        rows.append(_row(doc))
    segment = ArraySegment(len(rows))
    _write(folder / segment.file_name, buffers, words, rows)
    return segment


def _write(path: Path, buffers: dict[str, FieldBuffer], words: Vocabulary, rows: Sequence[Row]) -> None:
    writer = ArrayWriter(path)
    for name in FIELDS:
        with FieldWriter(path.parent) as field:
            found = np.zeros(len(rows), np.int64)
            if name in buffers:
                inverted = buffers.pop(name).inverted(list(words.terms))
                field.add(inverted)
                found = lengths(inverted, len(rows))
            field.close(writer, name, found)
    write_forward(writer, FieldBuffer(placed=False).inverted([]), np.zeros(len(rows), np.int64))  # the job counts no words
    write_columns(writer, columns_of(rows))
    write_common(writer, Common({}, {}))
    writer.close()


def _analysed(words: Vocabulary, text: str) -> np.ndarray:
    stream = words.stream(text)
    return words.terms_of(stream.forms[stream.kinds == PLAIN])


def _split(words: Vocabulary, text: str) -> np.ndarray:
    return np.array([words.terms.setdefault(term, len(words.terms)) for term in text.split()], np.int32)


def _row(doc: Doc) -> Row:
    day = date(doc.day // 10_000, doc.day // 100 % 100, doc.day % 100).toordinal()
    themes = tuple(Value(theme, theme) for theme in doc.themes)
    one = {"lieu": doc.place, "annee": str(doc.year), "type": doc.type, "organisme": UNKNOWN, "fichier": UNKNOWN}
    values = {"theme": themes, **{name: (Value(value, value),) for name, value in one.items()}}
    return Row(str(doc.id), doc.shown.encode(), b"", 0, 0, 0, 0, 0, 0, values, themes, ((day, day, 0),), ())  # type: ignore[arg-type]
