"""One engine of the benchmark in a process of its own: builds, or answers all queries. Prints one line of JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.search.engine import Answer, Docs, Engine, Query, read_queries

ROUNDS = 3


def main(engine: str, action: str, work: str, index: str, *options: str) -> None:
    """`action`: build-raw, build, search, or search-cold (its caches emptied before each query)."""
    module, _, name = engine.partition(":")
    made: Engine = getattr(import_module(f"bench.search.engines.{module}"), name or "Engine")()
    if action.startswith("build"):
        print(json.dumps(_build(made, Path(work), Path(index), raw=action == "build-raw")))
    else:
        print(json.dumps(_search(made, Path(work), Path(index), cold=action == "search-cold")))


def _build(engine: Engine, work: Path, index: Path, *, raw: bool) -> dict[str, float]:
    begun = time.perf_counter()
    engine.build(Docs(work, raw=raw), index, raw=raw)
    return {"seconds": time.perf_counter() - begun}


def _search(engine: Engine, work: Path, index: Path, *, cold: bool) -> dict[str, Any]:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    engine.open(index)
    opened = time.perf_counter() - begun
    queries = read_queries(work)
    answers = [engine.answer(query) for query in queries]
    rounds = [[_timed(engine, query, cold) for query in queries] for _ in range(ROUNDS)]
    best = [min(times) for times in zip(*rounds, strict=True)]
    return {
        "opened": opened,
        "ms": [1000 * seconds for seconds in best],
        "answers": [_told(answer) for answer in answers],
        "resident": _memory("VmRSS"),
        "own": _memory("RssAnon"),
    }


def _timed(engine: Engine, query: Query, cold: bool) -> float:
    if cold:
        engine.forget()
    begun = time.perf_counter()
    engine.answer(query)
    return time.perf_counter() - begun


def _told(answer: Answer) -> list[Any]:
    return [answer.total, answer.ids, {name: dict(sorted(counts.items())) for name, counts in answer.facets.items()}]


def _memory(which: str) -> float:
    """Megabytes of the process in memory: VmRSS of all, RssAnon of what is its own, the files it mapped left out."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{which}:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
