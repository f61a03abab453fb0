"""Running the questions of a collection through the product: the same analysis, index and search, in a temporary folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles

from indexer.config import Settings
from indexer.engine import beside, open_engine, open_reader
from indexer.engine.contract import BuildFacts, Reader, Request
from indexer.evaluation.collection import Collection, Document, Question
from indexer.evaluation.measures import DEPTH, ndcg, recall, reciprocal_rank
from indexer.facts.themes import load_vocabulary
from indexer.folding import fold
from indexer.model import Card, Dossier, EventDate, Part, Theme
from indexer.slugs import slug

Measure = Callable[[tuple[str, ...], tuple[str, ...]], float]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was found for it: `ranked` are the ids of the first ten hits."""

    query: str
    relevant: tuple[str, ...]
    ranked: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """All questions of a collection. `build_seconds` is 0 for the index in place."""

    documents: int
    build_seconds: float
    answers: tuple[Answer, ...]

    def mean(self, measure: Measure) -> float:
        return fmean(measure(answer.ranked, answer.relevant) for answer in self.answers)

    @property
    def measures(self) -> dict[str, float]:
        """The figures of the run; times in milliseconds, those of searching alone."""
        times = [answer.seconds * 1000 for answer in self.answers]
        parts = quantiles(times, n=20) if len(times) > 1 else times * 19
        return {
            "mrr@10": self.mean(reciprocal_rank),
            "ndcg@10": self.mean(ndcg),
            "recall@10": self.mean(recall),
            "no_answer": fmean(not answer.ranked for answer in self.answers),
            "qps": len(times) / (sum(times) / 1000),
            "ms_p50": parts[9],
            "ms_p95": parts[18],
        }


def run_collection(collection: Collection, settings: Settings, tell: Callable[[int, int], None]) -> Run:
    """Build a temporary index of the documents and ask the questions; without documents, ask the index in place.

    `tell` is called with the questions answered and all of them. Raises what building and opening an index raise.
    """
    begun = time.perf_counter()
    with _reader(collection, settings) as reader:
        built = time.perf_counter() - begun if collection.documents else 0.0
        names = _names(reader) if not collection.documents else {}
        answers = tuple(_answers(reader, collection.questions, names, tell))
        return Run(reader.status().dossiers, built, answers)


@contextmanager
def _reader(collection: Collection, settings: Settings) -> Iterator[Reader]:
    if not collection.documents:
        reader = open_reader(settings)
        yield reader
        reader.close()
        return
    texts = {(document.id, n): text for document in collection.documents for n, text in enumerate(document.parts)}
    with tempfile.TemporaryDirectory(prefix="chercheville-") as folder, beside(settings, Path(folder)) as there:
        engine = open_engine(there, lambda key, number: texts[key, number], load_vocabulary(settings.themes))
        engine.rebuild(map(_dossier, collection.documents), BuildFacts())
        try:
            yield engine
        finally:
            engine.close()


def _dossier(document: Document) -> Dossier:
    themes = tuple(Theme(slug(theme), theme) for theme in document.themes)
    dates = (EventDate(document.day, document.day),) if document.day else ()
    title = document.title or document.id
    card = Card(document.id, slug(title, 60), title, title_derived=False, type="ressource", dates=dates, themes=themes)
    return Dossier(card, tuple(Part(document.id, n) for n in range(len(document.parts))), document.parts)


def _answers(
    reader: Reader, questions: tuple[Question, ...], names: dict[str, str], tell: Callable[[int, int], None]
) -> Iterator[Answer]:
    reader.search(Request("commencer", passages=0))  # opening the index is not searching
    for number, question in enumerate(questions, 1):
        relevant = tuple(names.get(fold(id), id) for id in question.relevant)
        begun = time.perf_counter()
        hits = reader.search(Request(question.query, size=DEPTH, passages=0)).hits
        yield Answer(question.query, relevant, tuple(hit.card.id for hit in hits), time.perf_counter() - begun)
        tell(number, len(questions))


def _names(reader: Reader) -> dict[str, str]:
    """The dossiers of the index in place by what a person calls them: path or title, folded."""
    everything = reader.search(Request(size=max(1, reader.status().dossiers), passages=0)).hits
    return {fold(name): hit.card.id for hit in everything for name in _called(hit.card)}


def _called(card: Card) -> Iterable[str]:
    return (card.title, card.path, *(attachment.path for attachment in card.attachments if attachment.path))
