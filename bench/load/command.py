"""The command: the highest rate held, a soak, twice that, readers during a rebuild, troublesome readers; stock Whoosh beside."""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlencode

from bench.load.client import Held, Outcome, highest, holds, send
from bench.load.served import Served, site, stock
from bench.load.trouble import abort, idle, slow
from bench.search.command import CONTENDERS, built, prepared
from bench.search.engine import read_queries

_SETTLING = 5.0
"""Seconds in which connections that were left are closed."""


def main(words: list[str]) -> int:
    """Run the benchmark."""
    options = _options(words)
    work = prepared(options.work, options.docs, 450, None)
    built(CONTENDERS["chercheville-full"], work)
    queries = read_queries(work)
    paths = [f"/recherche?{urlencode({'q': query.typed})}" for query in queries]
    with site(work / "product") as served:
        send(served.port, paths, 20, 30)  # its caches filled
        print(f"{options.docs} dossiers, pages of results; rates:")
        held = highest(served.port, paths, options.first, options.step, print)
        if not held.rate:
            sys.exit("the first rate is not held: give a lower one with --first")
        rate = _soak(served, paths, held, options.soak)
        print(f"held: {rate:.1f}/s")
        _overload(served, paths, 2 * rate, options.soak / 3)
        _rebuild(served, paths, rate / 2, work, options.step)
        _trouble(served, paths, rate / 2, options.step)
    if options.whoosh:
        built(CONTENDERS["whoosh"], work)
        with stock(work) as served:
            asked = [f"/?n={number}" for number in range(len(queries))]
            print("stock Whoosh behind the same server:")
            print(f"held: {highest(served.port, asked, 0.5, 4 * options.step, print).rate:.1f}/s")
    return 0


def _options(words: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench load")
    parser.add_argument("--docs", type=int, default=20_000)
    parser.add_argument("--work", type=Path, default=Path(gettempdir()) / "chercheville-bench")
    parser.add_argument("--first", type=float, default=10.0, help="the rate to begin with, a second")
    parser.add_argument("--step", type=float, default=10.0, help="seconds of each rate")
    parser.add_argument("--soak", type=float, default=180.0, help="seconds of the soak")
    parser.add_argument("--whoosh", action="store_true", help="stock Whoosh too, whose index is built for minutes")
    return parser.parse_args(words)


def _soak(served: Served, paths: list[str], held: Held, seconds: float) -> float:
    """The highest rate that is held for so long: what some seconds allow may be too much for minutes."""
    while True:
        before = served.resident(), served.files()
        found = send(served.port, paths, held.rate, seconds, seed=2)
        print(_told(f"soak at {held.rate:.1f}/s for {seconds:.0f} s", found))
        _print_memory(served, before)
        if holds(found, held.alone):
            return held.rate
        held = held.less()


def _overload(served: Served, paths: list[str], rate: float, seconds: float) -> None:
    before = served.resident(), served.files()
    found = send(served.port, paths, rate, seconds, seed=3)
    print(_told(f"overload at {rate:.1f}/s for {seconds:.0f} s", found), f"(without Retry-After: {found.without_retry})")
    _print_memory(served, before)


def _rebuild(served: Served, paths: list[str], rate: float, work: Path, seconds: float) -> None:
    """The same dossiers indexed anew beside, in the same folder, while readers ask."""
    before = send(served.port, paths, rate, 3 * seconds, seed=4)
    builder = subprocess.Popen([sys.executable, "-m", "bench.load.rebuild", str(work)])
    found = Outcome()
    while builder.poll() is None:
        more = send(served.port, paths, rate, seconds, seed=len(found.ms))
        found.ms += more.ms
        found.statuses += more.statuses
    print(_told(f"{rate:.1f}/s before a rebuild", before))
    print(_told("the same while it runs", found), f"(p99 × {found.percentile(99) / before.percentile(99):.1f})")


def _trouble(served: Served, paths: list[str], rate: float, seconds: float) -> None:
    before = served.resident(), served.files()
    with slow(served.port):
        print(_told(f"{rate:.1f}/s beside 50 readers of a byte a second", send(served.port, paths, rate, 3 * seconds, seed=5)))
    abort(served.port, paths[0], 500)
    print(_told("after 500 requests whose reader went", send(served.port, paths, rate, seconds, seed=6)))
    with idle(served.port, 1_000):
        print(_told("beside 1,000 idle connections", send(served.port, paths, rate, 3 * seconds, seed=7)))
    _print_memory(served, before)


def _told(name: str, found: Outcome) -> str:
    p50, p95, p99 = (found.percentile(share) for share in (50, 95, 99))
    return f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f}, p99 {p99:.1f}, {dict(found.statuses)}"


def _print_memory(served: Served, before: tuple[float, int]) -> None:
    time.sleep(_SETTLING)
    print(f"  memory {before[0]:.0f} → {served.resident():.0f} MB, open files {before[1]} → {served.files()}")
