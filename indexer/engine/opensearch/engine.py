"""The OpenSearch engine: the contract kept on an index of a cluster. Texts stay in the store, on this side."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, TypeVar
from weakref import finalize

from opensearchpy import NotFoundError

from indexer.config import Settings
from indexer.engine.contract import (
    BuildFacts,
    Concordance,
    Every,
    Explanation,
    Form,
    Hit,
    Keywords,
    LineOrder,
    Neighbour,
    Passage,
    Request,
    Result,
    Status,
    Suggestion,
    Trend,
    View,
)
from indexer.engine.occurrences import sought
from indexer.engine.opensearch import building
from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.concordance import concordance, expression, forms
from indexer.engine.opensearch.explaining import explained
from indexer.engine.opensearch.faceting import cut, facets, understood
from indexer.engine.opensearch.faults import talking
from indexer.engine.opensearch.keywords import collocates, keywords
from indexer.engine.opensearch.neighbours import neighbours
from indexer.engine.opensearch.scoring import unit_name
from indexer.engine.opensearch.searching import Asked, Page, asked, every, page, selected
from indexer.engine.opensearch.shown import Shown
from indexer.engine.opensearch.snapshot import HeldSnapshot, Snapshot
from indexer.engine.opensearch.state import State, in_use
from indexer.engine.opensearch.suggestions import suggester
from indexer.engine.opensearch.texts import MOST_SPELLINGS, Texts
from indexer.engine.opensearch.trends import trend
from indexer.engine.opensearch.windows import kept
from indexer.engine.passages import TRIED, choose, passages
from indexer.engine.standing import TextReader
from indexer.expression import as_expression
from indexer.facts.themes import Vocabulary as Themes
from indexer.highlight import mark
from indexer.model import Card, Dossier, PartReader
from indexer.notices import Notice
from indexer.stream import NamedVocabulary
from indexer.synonyms import Synonyms
from indexer.understanding import respelled

_TRIES = 5
Answer = TypeVar("Answer")
Found = TypeVar("Found")


class OpenSearchReader:
    """The reading side. Threads share it; every question first asks which index is in use, and in which state."""

    def __init__(
        self, settings: Settings, read_part: PartReader, synonyms: Synonyms, close_parts: Callable[[], None] = lambda: None
    ) -> None:
        """A reader of the index that [engine] names; the cluster is asked at the first question.

        Every method may raise `ClusterUnreachable`, `ClusterRefuses`, `IndexMissing`, `IndexDamaged`, `IndexVersionMismatch`.
        """
        self._settings = settings
        self._read_part = read_part
        self._synonyms = synonyms
        self._close_parts = close_parts
        self._client = connect(settings)
        self._snapshot: Snapshot | None = None
        self._vocabularies: deque[NamedVocabulary] = deque(maxlen=settings.threads)

    def _fresh(self) -> Snapshot:
        """The snapshot of the index in use, made anew when a build has made another one."""
        named, snapshot = in_use(self._client, self._settings), self._snapshot
        if snapshot is None or (snapshot.index, snapshot.state) != (named.index, named.state):
            snapshot = self._snapshot = Snapshot(self._client, named, self._synonyms)
        return snapshot

    def _asked(self, answer: Callable[[Snapshot], Answer]) -> Answer:
        """The answer of the index in use; asked again when a build replaced it in the middle."""
        with talking(self._settings):
            for _ in range(_TRIES):
                try:
                    return answer(self._fresh())
                except NotFoundError:
                    continue
            return answer(self._fresh())

    def search(self, request: Request) -> Result:
        return self._asked(lambda snapshot: self._search(snapshot, understood(request, snapshot)))

    def _search(self, snapshot: Snapshot, request: Request) -> Result:
        search = asked(snapshot, request)
        found = page(snapshot, search)
        hits = self._hits(snapshot, search, found)
        total = found.answer["hits"]["total"]["value"]
        counts = found.answer["aggregations"]
        meant = search.understood
        words = counts.get("mots", counts["kept"])
        lacking = search.several and not search.sharp and total and not counts["kept"]["mots"]["doc_count"]
        return Result(
            request,
            total,
            hits,
            facets(counts, request, snapshot, meant.plan),
            (*meant.notices, *_notices(counts, lacking=bool(lacking))),
            search.sharp and words["mots"]["doc_count"] < words["doc_count"],
            respelled(meant.correction, hits),
            meant.expansions,
            meant.offers,
        )

    def every(self, request: Request) -> Iterator[Card]:
        with talking(self._settings), ExitStack() as until:
            held = self._held_until(until)
            cards = every(held, asked(held, understood(request, held)))
            return self._told(cards, until.pop_all())

    def _told(self, found: Iterator[Found], until: ExitStack) -> Iterator[Found]:
        """What is found, as it is taken; `until` ends with it, and what nobody takes holds nothing."""

        def told() -> Iterator[Found]:
            with talking(self._settings), until:
                yield from found

        taken = told()
        finalize(taken, until.close)
        return taken

    def _hits(self, snapshot: Snapshot, search: Asked, found: Page) -> tuple[Hit, ...]:
        """The hits of a page, with their passages."""
        units, most = search.understood.plan.units, search.request.passages
        known = kept(snapshot, found.sources, [one.id for one in found.ranked], TRIED * most)
        read, hits = self._texts_of(snapshot), []
        for one in found.ranked:
            if one.id in known:
                card, record, windows = known[one.id]
                here = Shown(found.sources, windows)
                shown = passages(record, here, choose(here, record.starts, most), read) if most else ()
                lacks = tuple(unit.text for n, unit in enumerate(units) if unit_name(n) not in one.units)
                hits.append(Hit(card, one.score, shown, lacks))
        return tuple(hits)

    def _texts_of(self, snapshot: Snapshot) -> TextReader:
        return lambda part: snapshot.text(part, self._read_part)

    def card(self, dossier_id: str) -> Card:
        return self._asked(lambda snapshot: snapshot.one(dossier_id)[0])

    def get(self, dossier_id: str, query: str = "") -> View:
        return self._asked(lambda snapshot: self._view(snapshot, dossier_id, query))

    def _view(self, snapshot: Snapshot, dossier_id: str, query: str) -> View:
        words = snapshot.understood(query).plan.leaves()
        card, record = snapshot.one(dossier_id)
        texts = ((part, self._read_part(part.text_key, part.page)) for part in record.parts)
        shown = (Passage(mark(text, words), part.attachment, part.page, part.label, part.recognised) for part, text in texts)
        return View(card, tuple(shown))

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._asked(lambda snapshot: suggester(snapshot).suggest(prefix, limit))

    def more_like(self, dossier_id: str, limit: int = 5) -> tuple[Neighbour, ...]:
        return self._asked(lambda snapshot: neighbours(snapshot, dossier_id, limit, self._read_part))

    def explain(self, query: str, dossier_id: str) -> Explanation:
        return self._asked(lambda snapshot: explained(snapshot, query, dossier_id, self._texts_of(snapshot)))

    def concordance(
        self, request: Request, order: LineOrder = "document", first: int = 0, most: int | None = None, beside: str = ""
    ) -> Concordance:
        with talking(self._settings), ExitStack() as held:
            texts = self._texts(held)
            found = concordance(texts, expression(texts.held, request, beside), order, first, most)
            if most is not None:
                return replace(found, lines=iter([*found.lines]))
            return replace(found, lines=self._told(found.lines, held.pop_all()))

    def forms(self, request: Request, beside: str = "") -> tuple[Form, ...]:
        with talking(self._settings), ExitStack() as held:
            texts = self._texts(held)
            return forms(texts, expression(texts.held, request, beside))

    def trend(self, request: Request, expressions: Sequence[str], every: Every = "annee", *, inferred: bool = True) -> Trend:
        with talking(self._settings), ExitStack() as held:
            texts = self._texts(held)
            sought = [(words, texts.held.understood(as_expression(words), correct=False).plan) for words in expressions]
            return trend(texts, selected(texts.held, request), sought, every, inferred=inferred)

    def keywords(self, request: Request, against: Request | None = None, most: int = 100, least: int = 5) -> Keywords:
        with talking(self._settings), ExitStack() as held:
            texts = self._texts(held)
            others = selected(texts.held, against) if against else None
            return keywords(texts, selected(texts.held, request), others, most, least)

    def collocates(self, request: Request, most: int = 100, least: int = 5) -> Keywords:
        with talking(self._settings), ExitStack() as held:
            texts = self._texts(held)
            plan = texts.held.understood(as_expression(request.query), correct=False).plan
            within = selected(texts.held, replace(request, query=""))
            return collocates(texts, sought(plan), within, most, least)

    def _texts(self, until: ExitStack) -> Texts:
        """What figures are made of: the index in use in one state, held until the end of `until`."""
        held = self._held_until(until)
        vocabulary = self._vocabulary()
        until.callback(self._give_back, vocabulary)
        return Texts(held, self._read_part, vocabulary)

    def _vocabulary(self) -> NamedVocabulary:
        """One that knows many words already and that no other thread has, if there is one."""
        try:
            return self._vocabularies.pop()
        except IndexError:
            return NamedVocabulary()

    def _give_back(self, vocabulary: NamedVocabulary) -> None:
        if len(vocabulary.spellings) < MOST_SPELLINGS:
            self._vocabularies.append(vocabulary)

    def _held_until(self, until: ExitStack) -> HeldSnapshot:
        """The index in use in one state, held until the end of `until`."""
        held = self._asked(self._held)
        until.callback(held.release)
        return held

    def _held(self, snapshot: Snapshot) -> HeldSnapshot:
        """The index held in the very state of a snapshot, which a build may have changed meanwhile."""
        for _ in range(_TRIES):
            held = snapshot.held()
            latest = self._fresh()
            if latest is snapshot:
                return held
            held.release()
            snapshot = latest
        return snapshot.held()

    def status(self) -> Status:
        return self._asked(lambda snapshot: _status(snapshot.state, snapshot.state.generation))

    def close(self) -> None:
        self._client.close()
        self._close_parts()


def _notices(counts: dict[str, Any], *, lacking: bool) -> Iterator[Notice]:
    """What there is to say of an answer."""
    if lacking:
        yield Notice("some_words")
    if lists := cut(counts):
        yield Notice("cut_facet", lists)


def _status(state: State, generation: int) -> Status:
    facts = state.facts
    return Status(
        "opensearch", generation, state.built_at, state.dossiers, state.attachments, state.pages, facts.unreadable, facts.missing
    )


class OpenSearchEngine(OpenSearchReader):
    """The engine with its writing side: used by one build at a time."""

    def __init__(self, settings: Settings, read_part: PartReader, themes: Themes, synonyms: Synonyms) -> None:
        super().__init__(settings, read_part, synonyms)
        self._themes = themes

    def status(self) -> Status:
        """That of the index in use; the generation is that of an update which has not ended, for which no note is right."""
        return self._asked(lambda snapshot: _status(snapshot.state, snapshot.state.pending or snapshot.state.generation))

    def update(self, changed: Iterable[Dossier], removed: Iterable[str], facts: BuildFacts) -> None:
        with talking(self._settings):
            building.update(self._settings, changed, removed, self._themes, facts)

    def rebuild(self, dossiers: Iterable[Dossier], facts: BuildFacts) -> None:
        with talking(self._settings):
            building.rebuild(self._settings, dossiers, self._themes, facts)

    def tidy(self) -> None:
        with talking(self._settings):
            building.tidy(self._settings)
