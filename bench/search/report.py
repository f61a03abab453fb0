"""Figures of a run: percentiles, ratios to tantivy, agreement of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import Any

import numpy as np

from bench.search.engine import Query

PEER = "tantivy"
_SHOWN = ("p50", "p95", "p99", "mean")


def figures(measured: dict[str, dict[str, Any]], kinds: list[str], docs: int, machine: dict[str, str | int]) -> dict[str, Any]:
    """What is written as JSON: milliseconds, seconds, megabytes."""
    return {
        "docs": docs,
        "queries": len(kinds),
        "machine": machine,
        "search": {name: _summary(run["ms"]) | {"kinds": _by_kind(run["ms"], kinds)} for name, run in measured.items()},
        "build": {name: run["seconds"] for name, run in measured.items()},
        "build_stems": {name: run["stems"] for name, run in measured.items() if "stems" in run},
        "disk": {name: run["disk"] for name, run in measured.items()},
        "resident": {name: run["resident"] for name, run in measured.items()},
        "own": {name: run["own"] for name, run in measured.items()},
        "opened": {name: run["opened"] for name, run in measured.items()},
    }


def _summary(times: list[float]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(times, [50, 95, 99]).tolist()
    return {"p50": p50, "p95": p95, "p99": p99, "mean": fmean(times)}


def _by_kind(times: list[float], kinds: list[str]) -> dict[str, dict[str, float]]:
    return {kind: _summary([t for t, k in zip(times, kinds, strict=True) if k == kind]) for kind in dict.fromkeys(kinds)}


def printed(found: dict[str, Any]) -> str:
    """The figures as tables of at most 100 columns."""
    machine = found["machine"]
    where = f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}"
    lines = [f"{found['docs']:,} dossiers, {found['queries']} queries; {where}"]
    lines += ["", "search, ms: top 10 + exact total + four facets; (ratio to tantivy)"]
    lines += [f"{'':24}" + "".join(f"{name:>16}" for name in _SHOWN)]
    peer = found["search"].get(PEER)
    for name, summary in found["search"].items():
        lines.append(f"{name:24}" + "".join(_cell(summary[key], peer and peer[key]) for key in _SHOWN))
    kinds = list(next(iter(found["search"].values()))["kinds"])
    lines += ["", "mean by kind, ms; (ratio to tantivy)", f"{'':24}" + "".join(f"{kind:>14}" for kind in kinds)]
    for name, summary in found["search"].items():
        means = ((summary["kinds"][kind]["mean"], peer and peer["kinds"][kind]["mean"]) for kind in kinds)
        lines.append(f"{name:24}" + "".join(_cell(mean, other, 14) for mean, other in means))
    lines += ["", f"{'':24}{'build s':>16}{'from stems s':>14}{'disk MB':>16}{'resident, own MB':>18}{'opening s':>11}"]
    build, disk, resident, own = (found[key] for key in ("build", "disk", "resident", "own"))
    for name in found["search"]:
        stems = found["build_stems"].get(name)
        lines.append(
            f"{name:24}{_cell(build[name], build.get(PEER))}{'' if stems is None else f'{stems:.1f}':>14}"
            f"{_cell(disk[name], disk.get(PEER))}{resident[name]:>10.0f}{own[name]:>8.0f}{found['opened'][name]:>11.2f}"
        )
    return "\n".join(lines)


def _cell(value: float, peer: float | None, width: int = 16) -> str:
    ratio = f" ({value / peer:.2f})" if peer else ""
    return f"{value:.2f}{ratio}".rjust(width)


def disagreements(measured: dict[str, dict[str, Any]], queries: list[Query]) -> Iterator[str]:
    """Where totals or facet counts of two engines differ: a line for each pair of engines, with the first example."""
    names = list(measured)
    for name in names[1:]:
        pairs = zip(queries, measured[names[0]]["answers"], measured[name]["answers"], strict=True)
        wrong = [(query, one, other) for query, one, other in pairs if (one[0], one[2]) != (other[0], other[2])]
        if wrong:
            query, one, other = wrong[0]
            yield f"{names[0]} and {name} disagree on {len(wrong)} queries; first {query}: {one[0]} and {other[0]} hits"
