"""Stock Whoosh: sortable columns, `groupedby` as its documentation shows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from whoosh import fields, index, scoring, sorting
from whoosh import query as q
from whoosh.analysis import LanguageAnalyzer, SpaceSeparatedTokenizer

from bench.search.engine import Answer, Docs, Query


class Engine:
    """One index; themes are a column of their combination, split when counted."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        writer = index.create_in(str(folder), _schema(raw)).writer(limitmb=512)
        for doc in docs:
            joined = "\t".join(doc.themes)
            writer.add_document(
                id=doc.id, title=doc.title, text=doc.text, shown=doc.shown, themes=doc.themes, combination=joined,
                place=doc.place, type=doc.type, day=doc.day, year=str(doc.year),
            )  # fmt: skip
        writer.commit()

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F())

    def forget(self) -> None:
        """It has no cache of results."""

    def answer(self, query: Query) -> Answer:
        sort = {"sortedby": sorting.FieldFacet("day", reverse=True)} if query.kind == "browse" else {}
        grouped = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in ("combination", "place", "type", "year")}
        results = self._searcher.search(_query(query), limit=10, groupedby=grouped, **sort)
        ids = [hit["id"] for hit in results if hit["shown"] is not None]
        facets = {name: dict(results.groups(name)) for name in ("place", "type", "year")}
        themes: Counter[str] = Counter()
        for joined, count in results.groups("combination").items():
            themes.update(dict.fromkeys(joined.split("\t"), count))
        return Answer(len(results), ids, {"themes": dict(themes), **facets})


def _schema(raw: bool) -> Any:
    analyser = LanguageAnalyzer("fr") if raw else SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.STORED, title=fields.TEXT(analyzer=analyser), text=fields.TEXT(analyzer=analyser), shown=fields.STORED,
        themes=fields.KEYWORD(commas=True), combination=fields.ID(sortable=True), place=fields.ID(sortable=True),
        type=fields.ID(sortable=True), day=fields.NUMERIC(sortable=True), year=fields.ID(sortable=True),
    )  # fmt: skip


def _query(query: Query) -> Any:
    if query.kind == "browse":
        return q.Every()
    if query.kind == "phrase":
        return q.Or([q.Phrase("title", query.terms, boost=2.0), q.Phrase("text", query.terms)])
    words = [q.Or([q.Term("title", term, boost=2.0), q.Term("text", term)]) for term in query.terms]
    if query.kind == "or":
        return q.Or(words)
    if query.kind == "filtered":
        limits = [q.Term("themes", query.theme), q.NumericRange("day", query.first, query.last)]
        words += [q.ConstantScoreQuery(limit, 0.0) for limit in limits]
    return q.And(words)
