"""A score as a sum that a person can read: the clues, those of the best passage, and what having the words adds."""

from __future__ import annotations

from collections.abc import Iterator

from indexer import ranking
from indexer.engine.contract import Clue, Explanation, Request
from indexer.engine.coverage import coverage_clue
from indexer.engine.opensearch.clues import Source, sources
from indexer.engine.opensearch.matching import found
from indexer.engine.opensearch.scoring import Scoring, clue_clause, exactly, unit_name
from indexer.engine.opensearch.searching import Asked, asked
from indexer.engine.opensearch.shapes import Clause, all_of, frequency
from indexer.engine.opensearch.shown import Shown, places
from indexer.engine.opensearch.snapshot import Snapshot
from indexer.engine.opensearch.windows import Window, kept
from indexer.engine.passages import TRIED, choose, passages
from indexer.engine.standing import Standing, TextReader


def explained(snapshot: Snapshot, query: str, dossier_id: str, read: TextReader) -> Explanation:
    """Why a dossier has its score for a query. Raises `UnknownDossier`."""
    card, record = snapshot.one(dossier_id)
    search = asked(snapshot, Request(query))
    plan, weighed = search.understood.plan, search.scoring
    wanted = sources(plan, snapshot.known)
    windows = kept(snapshot, wanted, [dossier_id], TRIED)[dossier_id].windows
    matches = _has(snapshot, found(plan), dossier_id)
    units = _units(snapshot, weighed, dossier_id)
    clues = list(_words(snapshot, weighed, dossier_id))
    if windows and _is_first(snapshot, search, dossier_id, matches):
        clues += _passage(windows[0], wanted)
    share = weighed.factor(units) - 1
    told = sum(clue.score for clue in clues)
    clues.append(coverage_clue(share / ranking.COVERAGE, told))
    here = Shown(wanted, windows)
    shown = passages(record, here, choose(here, record.starts, 1), read)
    lacks = tuple(unit.text for n, unit in enumerate(plan.units) if unit_name(n) not in units)
    told_clues = tuple(clue for clue in clues if clue.score)
    return Explanation(card, query, told * (1 + share), told_clues, shown[0] if shown else None, lacks, matches)


def _has(snapshot: Snapshot, clause: Clause, dossier_id: str) -> bool:
    return snapshot.known.count(all_of([exactly([dossier_id]), clause])) > 0


def _is_first(snapshot: Snapshot, search: Asked, dossier_id: str, matches: bool) -> bool:
    """Whether a dossier is among the first of its ranking, whose best passages count; one not found is alone in its own."""
    if not matches:
        return True
    passes = _has(snapshot, search.kept(), dossier_id)
    body = search.body(size=ranking.PASSAGES_SCORED, track_total_hits=False)
    if not passes:
        del body["post_filter"]
    return dossier_id in {hit["_id"] for hit in snapshot.ask(body)["hits"]["hits"]}


def _units(snapshot: Snapshot, weighed: Scoring, dossier_id: str) -> set[str]:
    """The names of the units that a dossier has."""
    hits = snapshot.ask({"query": weighed.query(exactly([dossier_id])), "_source": False})["hits"]["hits"]
    return {name for hit in hits for name in hit.get("matched_queries", ())}


def _words(snapshot: Snapshot, weighed: Scoring, dossier_id: str) -> Iterator[Clue]:
    scores = _by_name(snapshot, [clue_clause(clue, str(n)) for n, clue in enumerate(weighed.clues)], dossier_id)
    counts = _by_name(snapshot, [frequency(clue.shape, str(n)) for n, clue in enumerate(weighed.clues)], dossier_id)
    for n, clue in enumerate(weighed.clues):
        times = counts.get(str(n), 0.0) / clue.shape.words
        documents = snapshot.known.count(clue.shape.clause())
        yield Clue(clue.typed, clue.words, clue.evidence, scores.get(str(n), 0.0), clue.weight, clue.idf, times, documents)


def _by_name(snapshot: Snapshot, clauses: list[Clause], dossier_id: str) -> dict[str, float]:
    """The score of each named clause in a dossier."""
    query = {"bool": {"filter": [exactly([dossier_id])], "should": clauses}}
    hits = snapshot.ask({"query": query, "_source": False}, include_named_queries_score="true")["hits"]["hits"] if clauses else []
    return {name: score for hit in hits for name, score in (hit.get("matched_queries") or {}).items()}


def _passage(window: Window, wanted: list[Source]) -> Iterator[Clue]:
    """What each source adds to the best window: its shares of the window's score, as the cluster gave it."""
    words = Standing(window.tokens())
    held = [(source, float(len(places(words, source)))) for source in wanted]
    worth = [
        ranking.PASSAGE * source.weight * source.idf * ranking.saturation(times, len(window.words), ranking.PASSAGE_WORDS)
        for source, times in held
    ]
    scale = window.score / (sum(worth) or 1.0)
    for (source, times), score in zip(held, worth, strict=True):
        weight = ranking.PASSAGE * source.weight
        yield Clue(source.typed, source.words, "passage", score * scale, weight, source.idf, times, source.documents)
