"""The order of what a search finds, as the cluster is asked for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from indexer.engine.contract import Request, Sort
from indexer.engine.opensearch.documents import LAST_BITS

_FAR = 1 << 30
"""More than any day number."""
_NEVER = 3 * _FAR
_COMING = f"""
double soon = {_NEVER}L, past = {_NEVER}L;
for (long span : doc['first_last']) {{
  long first = span >> {LAST_BITS}, last = span & {(1 << LAST_BITS) - 1};
  if (last >= params.today) {{ soon = Math.min(soon, first); }} else {{ past = Math.min(past, -last); }}
}}
"""
_SCRIPTS: dict[Sort, str] = {
    "a-venir": f"{_COMING} return soon < {_NEVER}L ? soon : {_FAR}L + past;",
    "passes": f"{_COMING} return past < {_NEVER}L ? past : {_FAR}L + soon;",
}
_FIELDS: dict[Sort, dict[str, Any]] = {
    "date": {"first": {"order": "desc", "mode": "max", "missing": "_last"}},
    "date-croissante": {"first": {"order": "asc", "mode": "min", "missing": "_last"}},
    "nouveautes": {"changed": {"order": "desc"}},
}
_TIES: list[dict[str, Any]] = [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]


def order(request: Request) -> list[dict[str, Any]]:
    """By what dossiers are sorted, then by score and identifier. An event is upcoming until its last day is over."""
    if request.sort == "pertinence":
        return _TIES
    if request.sort in _FIELDS:
        return [_FIELDS[request.sort], *_TIES]
    today = (request.today or date.today()).toordinal()
    script = {"source": _SCRIPTS[request.sort], "params": {"today": today}}
    return [{"_script": {"type": "number", "script": script, "order": "asc"}}, *_TIES]


def score_of(hit: dict[str, Any]) -> float:
    """The score of a hit that was sorted so."""
    return float(hit["sort"][-2])
