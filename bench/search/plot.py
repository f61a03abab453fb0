"""The times against the number of dossiers, as SVG with both axes logarithmic."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 860, 520, 70, 30, 210, 60
_COLOURS = (
    "#0b5b6b",
    "#c2410c",
    "#4d7c0f",
    "#7c3aed",
    "#b91c1c",
    "#0369a1",
    "#a16207",
    "#be185d",
    "#334155",
    "#059669",
    "#111827",
)


def plot(runs: dict[int, dict[str, Any]]) -> str:
    """p50 (solid) and p95 (dashed) of each engine, in ms."""
    scale = _Scale(runs)
    names = list(dict.fromkeys(name for run in runs.values() for name in run["search"]))
    body = [*scale.axes()]
    for number, name in enumerate(names):
        body += _engine(runs, name, _COLOURS[number % len(_COLOURS)], number, scale)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<title>Search time by number of dossiers</title><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        + "".join(body)
        + "</svg>\n"
    )


class _Scale:
    def __init__(self, runs: dict[int, dict[str, Any]]) -> None:
        times = [summary[key] for run in runs.values() for summary in run["search"].values() for key in ("p50", "p95")]
        self._low, self._high = int(log10(min(times)) // 1), int(log10(max(times)) // 1) + 1
        self._first, self._last = log10(min(runs)), max(log10(max(runs)), log10(min(runs)) + 0.3)
        self._sizes = sorted(runs)

    def x(self, docs: float) -> float:
        return _LEFT + (log10(docs) - self._first) / (self._last - self._first) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, ms: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(ms) - self._low) / (self._high - self._low) * (_HEIGHT - _TOP - _BOTTOM)

    def axes(self) -> Iterator[str]:
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for power in range(self._low, self._high + 1):
            y = self.y(10**power)
            yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} ms</text>'
        for docs in self._sizes:
            x = self.x(docs)
            yield f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#eee"/>'
            yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{docs:,}</text>'
        yield f'<text x="{(_LEFT + right) / 2}" y="{bottom + 42}" text-anchor="middle">dossiers; p50 solid, p95 dashed</text>'


def _engine(runs: dict[int, dict[str, Any]], name: str, colour: str, number: int, scale: _Scale) -> Iterator[str]:
    here = {docs: run["search"][name] for docs, run in sorted(runs.items()) if name in run["search"]}
    for key, dash in (("p50", ""), ("p95", ' stroke-dasharray="6 4"')):
        points = " ".join(f"{scale.x(docs):.1f},{scale.y(summary[key]):.1f}" for docs, summary in here.items())
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        yield from (f'<circle cx="{p.split(",")[0]}" cy="{p.split(",")[1]}" r="3" fill="{colour}"/>' for p in points.split())
    y = _TOP + 18 * number + 10
    right = _WIDTH - _RIGHT
    yield f'<line x1="{right + 16}" y1="{y - 4}" x2="{right + 40}" y2="{y - 4}" stroke="{colour}" stroke-width="3"/>'
    yield f'<text x="{right + 46}" y="{y}">{name}</text>'
