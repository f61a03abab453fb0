"""The forms of an expression as a table: a row a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.engine.contract import Form


def form_rows(forms: Iterable[Form]) -> Iterator[tuple[str, ...]]:
    """The head of the table, then its rows."""
    yield ("forme", "occurrences", "dossiers")
    yield from ((one.form, str(one.occurrences), str(one.dossiers)) for one in forms)
