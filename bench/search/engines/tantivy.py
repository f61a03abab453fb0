"""tantivy, by its Python package: a search and an aggregation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur

from bench.search.engine import FACETS, Answer, Docs, Query

_HEAP = 512 << 20
_AGGREGATIONS = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}


class Engine:
    """One index with stored titles and fast fields for the facets."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        index = _with_analysis(tantivy.Index(_schema("french" if raw else "stems"), path=str(folder)))
        writer = index.writer(heap_size=_HEAP, num_threads=len(os.sched_getaffinity(0)))
        for doc in docs:
            writer.add_document(
                tantivy.Document(
                    id=doc.id,
                    title=doc.title,
                    text=doc.text,
                    shown=doc.shown,
                    themes=doc.themes,
                    place=doc.place,
                    type=doc.type,
                    day=doc.day,
                    year=doc.year,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        index = _with_analysis(tantivy.Index.open(str(folder)))
        index.reload()
        self._schema, self._searcher = index.schema, index.searcher()

    def forget(self) -> None:
        """It has no caches of its own."""

    def answer(self, query: Query) -> Answer:
        asked = self._query(query)
        by_day = {"order_by_field": "day"} if query.kind == "browse" else {}
        found = self._searcher.search(asked, 10, count=True, **by_day)
        ids = []
        for _, address in found.hits:
            doc = self._searcher.doc(address)
            ids.append(doc["id"][0])
            _ = doc["shown"]
        counted = self._searcher.aggregate(asked, _AGGREGATIONS)
        facets = {name: {str(b["key"]).removesuffix(".0"): b["doc_count"] for b in counted[name]["buckets"]} for name in FACETS}
        return Answer(found.count, ids, facets)

    def _query(self, query: Query) -> Any:
        make = tantivy.Query
        if query.kind == "browse":
            return make.all_query()
        if query.kind == "phrase":
            title, text = (make.phrase_query(self._schema, field, list(query.terms)) for field in ("title", "text"))
            return make.boolean_query([(Occur.Should, make.boost_query(title, 2.0)), (Occur.Should, text)])
        how = Occur.Should if query.kind == "or" else Occur.Must
        clauses = [(how, self._word(term)) for term in query.terms]
        if query.kind == "filtered":
            theme = make.term_query(self._schema, "themes", query.theme)
            days = make.range_query(self._schema, "day", FieldType.Integer, query.first, query.last)
            clauses += [(Occur.Must, make.const_score_query(one, 0.0)) for one in (theme, days)]
        return make.boolean_query(clauses)

    def _word(self, term: str) -> Any:
        make = tantivy.Query
        title, text = (make.term_query(self._schema, field, term, "position") for field in ("title", "text"))
        return make.boolean_query([(Occur.Should, make.boost_query(title, 2.0)), (Occur.Should, text)])


def _schema(analysis: str) -> Any:
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("id", stored=True, indexed=False)
    for name in ("title", "text"):
        schema.add_text_field(name, stored=False, tokenizer_name=analysis, index_option="position")
    schema.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("themes", "place", "type"):
        schema.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("day", "year"):
        schema.add_integer_field(name, stored=False, indexed=True, fast=True)
    return schema.build()


def _with_analysis(index: Any) -> Any:
    builder, simple = tantivy.TextAnalyzerBuilder, tantivy.Tokenizer.simple
    filters = (tantivy.Filter.lowercase(), tantivy.Filter.stopword("french"), tantivy.Filter.stemmer("french"))
    french = builder(simple())
    for one in filters:
        french = french.filter(one)
    index.register_tokenizer("french", french.build())
    index.register_tokenizer("stems", builder(tantivy.Tokenizer.whitespace()).build())
    return index
