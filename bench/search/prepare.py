"""The work folder: dossiers as raw text and as stems, and the queries. Made once for each number of dossiers."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

from bench.search.corpus import BenchDoc, documents, sample_sentences, sentences
from bench.search.queries import Sampled, draw
from indexer.analysis import content
from indexer.stream import PLAIN, Vocabulary

_SAMPLE = Path(__file__).parents[2] / "corpus"
_SAMPLED = 2_000
"""Dossiers that queries are drawn from, the first ones."""


def prepare(folder: Path, docs: int, queries: int, own_sentences: Path | None) -> None:
    """Write the files of a work folder, unless they are there."""
    if (folder / "queries.json").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    known = sentences(own_sentences.read_text(encoding="utf-8")) if own_sentences else sample_sentences(_SAMPLE)
    words, df, sampled = Vocabulary(), Counter[int](), []
    terms: list[str] = []
    with (folder / "raw.jsonl").open("w", encoding="utf-8") as raw, (folder / "stems.jsonl").open("w", encoding="utf-8") as stems:
        for doc in documents(docs, known):
            title, text = _stems(words, doc.title), _stems(words, doc.text)
            df.update({*title, *text})
            if len(terms) < len(words.terms):
                terms += reversed(list(islice(reversed(words.terms), len(words.terms) - len(terms))))
            raw.write(_line(doc, doc.title, doc.text))
            stems.write(_line(doc, " ".join(terms[n] for n in title), " ".join(terms[n] for n in text)))
            if len(sampled) < _SAMPLED:
                sampled.append(_sampled(doc))
    found = draw(queries, sampled, Counter({terms[number]: count for number, count in df.items()}), docs)
    (folder / "queries.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _stems(words: Vocabulary, text: str) -> list[int]:
    stream = words.stream(text)
    return list(words.terms_of(stream.forms[stream.kinds == PLAIN]).tolist())


def _line(doc: BenchDoc, title: str, text: str) -> str:
    day = doc.day.year * 10_000 + doc.day.month * 100 + doc.day.day
    return json.dumps([doc.id, title, text, doc.title, doc.themes, day, doc.place, doc.type], ensure_ascii=False) + "\n"


def _sampled(doc: BenchDoc) -> Sampled:
    """The words of a dossier's text that tell something, as stems and as spelled."""
    found = content(doc.text)
    return Sampled([t.term for t in found], [doc.text[t.start : t.end] for t in found], list(doc.themes), doc.day.year)
