"""OpenSearch through its client, when a node answers on the loopback address: the plain job, and the ranking of recipe R."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from opensearchpy import OpenSearch
from opensearchpy.helpers import bulk

from bench.search.engine import FACETS, Answer, Doc, Docs, Query
from indexer.analysis import content

_AGGREGATIONS = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
_WORDS = {"type": "text", "analyzer": "whitespace"}
_KEYS: dict[str, Any] = {name: {"type": "keyword"} for name in FACETS} | {
    "day": {"type": "integer"},
    "shown": {"enabled": False, "type": "object"},
}
_PASSAGE, _STEP, _FIRST = 80, 40, 50


def url() -> str:
    """The addresses of OPENSEARCH_URL, else that of the node that `make opensearch` starts."""
    return os.environ.get("OPENSEARCH_URL", "http://127.0.0.1:9201")


def ask() -> OpenSearch:
    """A client of the cluster. Raises when it does not answer."""
    client = OpenSearch(url().split(","), timeout=600)
    client.info()
    return client


class Engine:
    """The plain job: one field of text, one of titles."""

    name = "plain"

    def _index(self, folder: Path) -> str:
        """A name of its own for each work folder: several sizes stay on one node."""
        return f"bench-{self.name}-{crc32(str(folder.resolve()).encode()):08x}"

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        client, self._name = ask(), self._index(folder)
        client.indices.delete(index=self._name, ignore_unavailable=True)
        client.indices.create(index=self._name, body={"settings": _settings(), "mappings": {"properties": self.fields(raw)}})
        bulk(client, ({"_index": self._name, "_id": doc.id, **self.document(doc, raw)} for doc in docs), chunk_size=1000)
        client.indices.refresh(index=self._name)
        (row,) = client.cat.indices(index=self._name, format="json", bytes="b", params={"h": "store.size"})
        (folder / "size").write_bytes(b"")
        os.truncate(folder / "size", int(row["store.size"]))  # so that its files count as the index's

    def open(self, folder: Path) -> None:
        self._client, self._name = ask(), self._index(folder)

    def forget(self) -> None:
        self._client.indices.clear_cache(index=self._name)

    def fields(self, raw: bool) -> dict[str, Any]:
        words = {"type": "text", "analyzer": "french"} if raw else _WORDS
        return {"title": words, "text": words, **_KEYS}

    def document(self, doc: Doc, raw: bool) -> dict[str, Any]:
        return {"title": doc.title, "text": doc.text, **_facts(doc)}

    def answer(self, query: Query) -> Answer:
        body = self.body(query) | {"aggs": _AGGREGATIONS, "size": 10, "track_total_hits": True, "_source": ["shown"]}
        if query.kind == "browse":
            body["sort"] = [{"day": "desc"}]
        found = self._client.search(index=self._name, body=body, params={"request_cache": "false"})
        counted = found["aggregations"]
        facets = {name: {str(b["key"]): b["doc_count"] for b in counted[name]["buckets"]} for name in FACETS}
        return Answer(found["hits"]["total"]["value"], [int(hit["_id"]) for hit in found["hits"]["hits"]], facets)

    def body(self, query: Query) -> dict[str, Any]:
        if query.kind == "browse":
            return {"query": {"match_all": {}}}
        if query.kind == "phrase":
            text = " ".join(query.terms)
            return {"query": {"bool": {"should": [_phrase("title", text, 2.0), _phrase("text", text, 1.0)]}}}
        words = [{"bool": {"should": [_term("title", term, 2.0), _term("text", term, 1.0)]}} for term in query.terms]
        return {"query": {"bool": {"should" if query.kind == "or" else "must": words} | _filters(query)}}


class Full(Engine):
    """Recipe R: all words, exact words, titles, pairs and themes, OR-ed, the best passage of the first 50 by rescoring."""

    name = "full"

    def fields(self, raw: bool) -> dict[str, Any]:
        passages = {"type": "nested", "properties": {"text": _WORDS}}
        return dict.fromkeys(("text", "title", "form", "pair", "theme"), _WORDS) | {"passages": passages, **_KEYS}

    def document(self, doc: Doc, raw: bool) -> dict[str, Any]:

        tokens = content(f"{doc.title}\n{doc.text}")
        stems = [token.term for token in tokens]
        windows = range(0, max(1, len(stems) - _PASSAGE + _STEP), _STEP)
        return {
            "text": " ".join(stems),
            "title": " ".join(token.term for token in content(doc.title)),
            "form": " ".join(token.form for token in tokens),
            "pair": " ".join(_pairs(stems)),
            "theme": " ".join(doc.themes),
            "passages": [{"text": " ".join(stems[at : at + _PASSAGE])} for at in windows],
            **_facts(doc),
        }

    def body(self, query: Query) -> dict[str, Any]:
        if query.kind == "browse":
            return {"query": {"match_all": {}}}
        text = " ".join(query.terms)
        if query.kind == "phrase":
            return {"query": _phrase("text", text, 1.0)}
        weights = {"text": 1.0, "title": 0.5, "form": 0.5, "theme": 0.3}
        clauses = [{"match": {field: {"query": text, "boost": weight}}} for field, weight in weights.items()]
        clauses.append({"match": {"pair": {"query": " ".join(_pairs(query.terms)), "boost": 0.3}}})
        passage = {"nested": {"path": "passages", "score_mode": "max", "query": {"match": {"passages.text": text}}}}
        rescore = {"window_size": _FIRST, "query": {"rescore_query": passage}}
        return {"query": {"bool": {"should": clauses, "minimum_should_match": 1} | _filters(query)}, "rescore": rescore}


def _settings() -> dict[str, Any]:
    return {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}


def _facts(doc: Doc) -> dict[str, Any]:
    return {
        "shown": {"title": doc.shown},
        "themes": doc.themes,
        "place": doc.place,
        "type": doc.type,
        "year": str(doc.year),
        "day": doc.day,
    }


def _term(field: str, term: str, boost: float) -> dict[str, Any]:
    return {"term": {field: {"value": term, "boost": boost}}}


def _phrase(field: str, text: str, boost: float) -> dict[str, Any]:
    return {"match_phrase": {field: {"query": text, "boost": boost}}}


def _filters(query: Query) -> dict[str, Any]:
    if query.kind != "filtered":
        return {}
    return {"filter": [{"term": {"themes": query.theme}}, {"range": {"day": {"gte": query.first, "lte": query.last}}}]}


def _pairs(stems: list[str]) -> Iterator[str]:
    return (f"{left}_{right}" for left, right in pairwise(stems))
