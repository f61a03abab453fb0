"""Servers in processes of their own: the site, and stock Whoosh behind the same WSGI server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

import waitress

from bench.search.engine import read_queries
from bench.search.engines.whoosh import Engine

_STARTING = 120.0


class Served(NamedTuple):
    """A server: its port, and its process."""

    port: int
    pid: int

    def resident(self) -> float:
        """The process's own memory in MB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1000

    def files(self) -> int:
        """How many files and sockets it holds open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


@contextmanager
def site(index: Path) -> Iterator[Served]:
    """The site on an index."""
    port = _free_port()
    with _process("-m", "indexer", "serve", "--index", str(index), "--port", str(port), port=port) as served:
        yield served


@contextmanager
def stock(work: Path) -> Iterator[Served]:
    """Stock Whoosh on its index in a work folder."""
    port = _free_port()
    with _process("-m", "bench.load.served", str(work), str(port), port=port) as served:
        yield served


@contextmanager
def _process(*words: str, port: int) -> Iterator[Served]:
    done = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield Served(port, done.pid)
    finally:
        done.terminate()
        done.wait()


def _await(port: int) -> None:
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _serve_stock(work: Path, port: int) -> None:
    """Answers the queries of the benchmark by their number."""
    engine, queries = Engine(), read_queries(work)
    engine.open(work / "whoosh")

    def app(environ, start_response):  # type: ignore[no-untyped-def]
        number = int(parse_qs(environ["QUERY_STRING"])["n"][0])
        answer = engine.answer(queries[number])
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps([answer.total, answer.ids, answer.facets]).encode()]

    waitress.serve(app, host="127.0.0.1", port=port, threads=os.cpu_count() or 1, _quiet=True)


if __name__ == "__main__":
    _serve_stock(Path(sys.argv[1]), int(sys.argv[2]))
