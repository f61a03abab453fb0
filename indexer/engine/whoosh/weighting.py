"""The ranking's BM25 for an ordinary Whoosh searcher: the scores of the engine's own evaluation."""

from __future__ import annotations

from typing import Any

from whoosh.scoring import WeightingModel, WeightLengthScorer

from indexer import ranking


class Bm25(WeightingModel):  # type: ignore[misc]
    """BM25 as in `indexer.ranking`: Lucene's idf, and the mean length of the documents that have the field."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> Any:
        top = searcher.get_parent()
        reader = top.reader()
        having = sum(1 for doc in reader.all_doc_ids() if reader.doc_field_length(doc, fieldname))
        mean = reader.field_length(fieldname) / having if having else 1.0
        idf = ranking.idf(reader.doc_count(), reader.doc_frequency(fieldname, text))
        return _Scorer(searcher, fieldname, text, idf, mean, qf)


class _Scorer(WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, fieldname: str, text: bytes, idf: float, mean: float, qf: float) -> None:
        self._idf, self._mean, self._qf = idf, mean, qf
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: int) -> float:
        return float(self._idf * self._qf * ranking.saturation(weight, max(length, 1), self._mean))
