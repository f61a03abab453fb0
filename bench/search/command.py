"""The command: prepares the corpus, runs each engine in processes of its own, compares their answers, reports."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

from bench.search.engine import read_queries
from bench.search.plot import plot
from bench.search.prepare import prepare
from bench.search.report import disagreements, figures, printed


class Contender(NamedTuple):
    """An engine in one way of running it. `index`: contenders of the same name share an index; `plain`: it does the plain job."""

    engine: str
    index: str
    action: str = "search"
    plain: bool = True
    python: str = sys.executable


CONTENDERS = {
    "chercheville-cold": Contender("chercheville", "chercheville", "search-cold"),
    "chercheville": Contender("chercheville", "chercheville"),
    "chercheville-full": Contender("product", "product", plain=False),
    "chercheville-full-cold": Contender("product", "product", "search-cold", plain=False),
    "chercheville-page": Contender("product:Page", "product", plain=False),
    "tantivy": Contender("tantivy", "tantivy"),
    "sqlite": Contender("sqlite", "sqlite"),
    "whoosh": Contender("whoosh", "whoosh"),
    "xapian": Contender("xapian", "xapian", python="/usr/bin/python3"),
    "opensearch-product": Contender("product:Cluster", "product-cluster", plain=False),
    "opensearch": Contender("opensearch", "opensearch"),
    "opensearch-full": Contender("opensearch:Full", "opensearch-full", plain=False),
}
_PROBES = {
    "tantivy": "import tantivy",
    "xapian": "import xapian",
    "opensearch": "from bench.search.engines.opensearch import ask; ask()",
}


def main(words: list[str]) -> int:
    """Run the benchmark; 1 when engines disagree."""
    options = _options(words)
    if options.opensearch:
        os.environ["OPENSEARCH_URL"] = options.opensearch
    runs = {docs: _run(docs, options) for docs in options.sizes or [options.docs]}
    last = runs[max(runs)]
    print(printed(last["figures"]))
    for line in last["disagreements"]:
        print(line)
    if options.json:
        Path(options.json).write_text(json.dumps(last["figures"], indent=1) + "\n", encoding="utf-8")
    if options.plot:
        Path(options.plot).write_text(plot({docs: run["figures"] for docs, run in runs.items()}), encoding="utf-8")
    return int(any(run["disagreements"] for run in runs.values()))


def _options(words: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench search")
    parser.add_argument("--docs", type=int, default=20_000)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], help="several numbers of dossiers")
    parser.add_argument("--queries", type=int, default=450)
    parser.add_argument("--sentences", type=Path, help="a file of sentences, one a line, in place of the sample corpus")
    parser.add_argument("--engines", type=_names, help=", ".join(CONTENDERS))
    parser.add_argument("--opensearch", help="URL of a node in place of OPENSEARCH_URL, else http://127.0.0.1:9201")
    parser.add_argument("--work", type=Path, default=Path(gettempdir()) / "chercheville-bench")
    parser.add_argument("--slow-limit", type=int, default=20_000, help="more dossiers than that only by name for stock Whoosh")
    parser.add_argument("--json")
    parser.add_argument("--plot")
    return parser.parse_args(words)


def _names(text: str) -> list[str]:
    if unknown := [name for name in text.split(",") if name not in CONTENDERS]:
        raise ArgumentTypeError(f"no engine is called {', '.join(unknown)}; there are {', '.join(CONTENDERS)}")
    return text.split(",")


def _run(docs: int, options: Namespace) -> dict[str, Any]:
    work = prepared(options.work, docs, options.queries, options.sentences)
    measured: dict[str, dict[str, Any]] = {}
    for name in options.engines or _default(docs, options.slow_limit):
        contender = CONTENDERS[name]
        if missing := _missing(contender):
            print(f"{name}: left out ({missing})", file=sys.stderr)
            continue
        print(f"{docs} {name} …", file=sys.stderr, flush=True)
        measured[name] = _measured(contender, work)
    if not measured:
        sys.exit("none of the engines is there")
    found = figures(measured, [query.kind for query in read_queries(work)], docs, _machine())
    plain = {name: run for name, run in measured.items() if CONTENDERS[name].plain}
    return {"figures": found, "disagreements": list(disagreements(plain, read_queries(work)))}


def prepared(folder: Path, docs: int, queries: int, sentences: Path | None) -> Path:
    """The work folder in `folder` of so many dossiers and queries, made when it is not there."""
    work = folder / f"{docs}-{queries}-{sentences.stem if sentences else 'sample'}"
    prepare(work, docs, queries, sentences)
    return work


def _default(docs: int, slow_limit: int) -> list[str]:
    if docs > slow_limit:
        print(f"whoosh: left out (more than {slow_limit} dossiers; name it in --engines)", file=sys.stderr)
    return [name for name in CONTENDERS if name != "whoosh" or docs <= slow_limit]


def _missing(contender: Contender) -> str:
    probe = _PROBES.get("opensearch" if contender.engine.endswith(":Cluster") else contender.engine.partition(":")[0])
    if probe is None:
        return ""
    tried = subprocess.run([contender.python, "-c", probe], capture_output=True, text=True, check=False)
    return tried.stderr.strip().splitlines()[-1] if tried.returncode else ""


def _measured(contender: Contender, work: Path) -> dict[str, Any]:
    """Its search, and the building of its index."""
    return built(contender, work) | _called(contender, contender.action, work, work / contender.index)


def built(contender: Contender, work: Path) -> dict[str, Any]:
    """The building of its index, unless it is there: from raw text for the time, from stems for searching if the job is plain."""
    index = work / contender.index
    told = index.with_suffix(".json")
    if not told.exists():
        raw = _called(contender, "build-raw", work, index)
        disk = _megabytes(index)
        if contender.plain:
            shutil.rmtree(index, ignore_errors=True)
            stems = _called(contender, "build", work, index)
            raw["stems"], disk = stems["seconds"], _megabytes(index)
        told.write_text(json.dumps(raw | {"disk": disk}))
    found: dict[str, Any] = json.loads(told.read_text())
    return found


def _called(contender: Contender, action: str, work: Path, index: Path) -> dict[str, Any]:
    if action.startswith("build"):
        shutil.rmtree(index, ignore_errors=True)
    words = [contender.python, "-m", "bench.search.worker", contender.engine, action, str(work), str(index)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _machine() -> dict[str, str | int]:
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), ""
    )
    return {
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
