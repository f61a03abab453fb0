"""The research pages' counts on the benchmark's dossiers, each as a ratio to one warm faceted search of the same run.

Words are chosen among those of the queries by how often they stand in the texts, the selection by its size.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

from bench.search.command import CONTENDERS, built, prepared
from bench.search.engine import Query, read_queries
from bench.search.engines.product import Engine
from indexer.engine.contract import LINES_A_PAGE, FacetName, Reader, Request

_TIMES = 7


class Measured(NamedTuple):
    """What was counted, how long it took the first time and then (median), in ms, and the ratio that is wanted at most."""

    name: str
    what: str
    first: float
    warm: float
    goal: float | None


def main(words: list[str]) -> int:
    """Run the benchmark."""
    parser = ArgumentParser(prog="python -m bench research")
    parser.add_argument("--docs", type=int, default=20_000)
    parser.add_argument("--work", type=Path, default=Path(gettempdir()) / "chercheville-bench")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(words)
    work = prepared(options.work, options.docs, 450, None)
    built(CONTENDERS["chercheville-full"], work)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    engine = Engine()
    engine.open(work / "product")
    queries = read_queries(work)
    search = _search(engine, queries)
    found = list(_measures(engine.reader, queries, options.docs))
    print(f"{options.docs} dossiers; one warm faceted search takes {search:.2f} ms (mean of {len(queries)} queries)")
    print(f"{'':52}{'first ms':>10}{'warm ms':>10}{'ratio':>8}{'goal':>6}")
    for one in found:
        goal = "" if one.goal is None else f"{one.goal:g}"
        print(f"{one.name + ': ' + one.what:52.52}{one.first:>10.1f}{one.warm:>10.1f}{one.warm / search:>8.1f}{goal:>6}")
    if options.json:
        options.json.write_text(json.dumps({"search": search, "measures": [one._asdict() for one in found]}, indent=1) + "\n")
    return 0


def _search(engine: Engine, queries: list[Query]) -> float:
    """The mean time of a query, asked before, the best of three."""
    for query in queries:
        engine.answer(query)
    return statistics.fmean(min(_timed(lambda query=query: engine.answer(query)) for _ in range(3)) for query in queries)


def _measures(reader: Reader, queries: list[Query], docs: int) -> list[Measured]:
    often = _occurrences(reader, queries)
    words = {share: min(often, key=lambda word: abs(often[word] - docs / share)) for share in (2, 4, 8, 16, 32)}
    half, eighth = words[2], words[8]
    facet, key, size = _tenth(reader, docs)
    tenth = Request(filters={facet: (key,)})
    told = f"{often[half]} occurrences"
    return [
        _measured("concordance, first page", told, lambda: _page(reader, half), 20),
        _measured("concordance by left context", told, lambda: _page(reader, half, "gauche"), None),
        _measured("five expressions over time", ", ".join(words.values()), lambda: reader.trend(Request(), [*words.values()]), 5),
        _measured("characteristic words", f"{size} dossiers", lambda: reader.keywords(tenth), 100),
        _measured("words near", f"{often[eighth]} occurrences", lambda: reader.collocates(Request(eighth)), None),
    ]


def _page(reader: Reader, word: str, order: str = "document") -> int:
    found = reader.concordance(Request(word), order, 0, LINES_A_PAGE)  # type: ignore[arg-type]
    return len(list(found.lines))


def _occurrences(reader: Reader, queries: list[Query]) -> dict[str, int]:
    """How often the words of the queries stand in the texts."""
    words = dict.fromkeys(word for query in queries for word in query.typed.split() if word.isalpha())
    return {word: reader.concordance(Request(word), most=0).total for word in words}


def _tenth(reader: Reader, docs: int) -> tuple[FacetName, str, int]:
    """The value of a facet that most nearly a tenth of the dossiers have."""
    facets = reader.search(Request(size=1, passages=0)).facets
    values = [(facet.name, value.key, value.count) for facet in facets for value in facet.values]
    return min(values, key=lambda value: abs(value[2] - docs / 10))


def _measured(name: str, what: str, count: Callable[[], object], goal: float | None) -> Measured:
    first = _timed(count)
    return Measured(name, what, first, statistics.median(_timed(count) for _ in range(_TIMES)), goal)


def _timed(count: Callable[[], object]) -> float:
    begun = time.perf_counter()
    count()
    return 1000 * (time.perf_counter() - begun)
