"""The index on the cluster: its settings and its mapping.

Words come analysed, so that the one analyser of `indexer.analysis` is the only one: `form/term` for a word, `=form` for a stop
word, several at one position joined by `|`. The cluster only takes from these what each field holds.

Two similarities give BM25 without its idf, which comes with the query as its boost (weight × idf): so the ranking is that of
`indexer.ranking` whatever the shards hold. A boost of `COUNTING` asks for the number of occurrences instead.
"""

from __future__ import annotations

from typing import Any

from indexer import ranking
from indexer.engine.contract import FACETS

VERSION = 3
"""Changes with the fields: an index of another version is refused, with the command that rebuilds it."""

TEXTS = "=^"
"""Stands where the texts of a dossier begin, after its facts: nothing that is sought."""
COUNTING = 1024
"""More than any boost of a ranking."""
STARTS = 10
"""Letters of the longest beginnings of words that are indexed; a longer prefix is scored as its first letters are."""
LONGEST_WORD = 200
"""Letters of a word that are indexed."""
COLUMNS = ("theme-found", *(name for name in FACETS if name != "mots"))
"""Facets: "theme-found" holds the themes found in the text with those stated."""
PERIODS = ("annee", "annee-indiquee", "mois", "mois-indiquee")
"""Years and months that the dates of a dossier touch, as numbers since 1970: of all dates, and of those stated."""

_K = f"{ranking.K1} * ({1 - ranking.B} + {ranking.B} * %s)"
_BM25 = f"query.boost >= {COUNTING} ? doc.freq : query.boost * {ranking.K1 + 1} * doc.freq / (doc.freq + k)"
_LENGTH = "double n = doc.length < 40 ? doc.length : doc.length + 0.044 * (doc.length - 24)"
"""Lucene keeps lengths from 40 on cut to four binary digits (SmallFloat.intToByte4): on average so much is lost."""
_OF_FIELD = f"{_LENGTH}; double k = {_K % 'n * field.docCount / field.sumTotalTermFreq'}; return {_BM25};"
_OF_WINDOW = f"double k = {_K % f'Math.min(1.0, doc.length / {ranking.PASSAGE_WORDS}.0)'}; return {_BM25};"


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """The settings of a new index. What is written is seen at the next explicit refresh, not before."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "max_result_window": 10_000,
            "similarity": {
                "field": {"type": "scripted", "script": {"source": _OF_FIELD}},
                # of beginnings of words there are several at a position: both the length and the mean count them all
                "starts": {"type": "scripted", "discount_overlaps": False, "script": {"source": _OF_FIELD}},
                "window": {"type": "scripted", "script": {"source": _OF_WINDOW}},
            },
            "analysis": {
                "tokenizer": {"words": {"type": "whitespace", "max_token_length": 8 * LONGEST_WORD}},
                "filter": {
                    "terms": _capture(r"(=[^|]+|(?<=/)[^|]+)"),
                    "forms": _capture(r"([^/|]+)(?=/)"),
                    "once": {"type": "unique", "only_on_same_position": True},
                    "starts": {"type": "edge_ngram", "min_gram": 1, "max_gram": STARTS},
                },
                "analyzer": {
                    "terms": {"type": "custom", "tokenizer": "words", "filter": ["terms", "once"]},
                    "forms": {"type": "custom", "tokenizer": "words", "filter": ["forms", "once"]},
                    "starts": {"type": "custom", "tokenizer": "words", "filter": ["forms", "starts"]},
                    "stem_starts": {"type": "custom", "tokenizer": "words", "filter": ["terms", "starts"]},
                    "asked": {"type": "custom", "tokenizer": "words"},
                },
            },
        }
    }


def mapping() -> dict[str, Any]:
    """The fields of a dossier. Its words are not kept as they were sent: they are made again from the store of texts."""
    return {
        "dynamic": "strict",
        "_source": {"includes": ["card", "record"]},
        "properties": {
            "id": _KEY,
            "card": _KEPT,
            "record": _KEPT,
            "title_shown": {"type": "keyword", "index": False},
            "text": _running("field"),
            **dict.fromkeys(("title", "theme", "place"), _stems()),
            "windows": {"type": "nested", "properties": {"number": _NUMBER, "text": _running("window") | {"store": True}}},
            "day": _KEY,
            "first_place": {"type": "keyword", "index": False},
            "facet": {"properties": dict.fromkeys(COLUMNS, _KEY)},
            "period": {"properties": dict.fromkeys(PERIODS, _NUMBER)},
            "span": {"type": "integer_range"},
            "first": _NUMBER,
            "first_last": {"type": "long", "index": False},
            "words": _NUMBER,
            "tokens": _NUMBER,
            "attachments": _NUMBER,
            "pages": _NUMBER,
            "changed": {"type": "long"},
            "acronym": {"type": "keyword", "index": False},
            "bag": {"type": "keyword", "index": False},
            "digest": {"type": "keyword", "index": False},
        },
    }


_KEY = {"type": "keyword"}
_NUMBER = {"type": "integer"}
_KEPT = {"type": "object", "enabled": False}


def _capture(pattern: str) -> dict[str, Any]:
    return {"type": "pattern_capture", "preserve_original": False, "patterns": [pattern]}


def _running(similarity: str) -> dict[str, Any]:
    """Stems; beside them words as they are written, and the beginnings of these."""
    starts = "starts" if similarity == "field" else similarity
    beside = {"form": _text(similarity, "forms"), "starts": _text(starts, "starts") | _UNPLACED}
    return _text(similarity, "terms") | {"fields": beside}


def _stems() -> dict[str, Any]:
    """Stems, and their beginnings."""
    return _text("field", "terms") | {"fields": {"starts": _text("starts", "stem_starts") | _UNPLACED}}


def _text(similarity: str, analyser: str) -> dict[str, Any]:
    return {"type": "text", "analyzer": analyser, "search_analyzer": "asked", "similarity": similarity}


_UNPLACED = {"index_options": "freqs"}
