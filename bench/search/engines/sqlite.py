"""SQLite FTS5 by the standard library, the facets counted with NumPy."""

from __future__ import annotations

import sqlite3
import weakref
from pathlib import Path

import numpy as np

from bench.search.engine import FACETS, Answer, Docs, Query


class Engine:
    """A table of full text, a table of the rest."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        db = sqlite3.connect(folder / "index.sqlite")
        fold = "unicode61 remove_diacritics 2" if raw else "unicode61 remove_diacritics 0"
        db.execute(f"CREATE VIRTUAL TABLE fts USING fts5(title, text, content='', tokenize='{fold}')")
        db.execute("CREATE TABLE doc (id INTEGER PRIMARY KEY, shown, themes, place, type, day INTEGER)")
        for doc in docs:
            db.execute("INSERT INTO fts(rowid, title, text) VALUES (?, ?, ?)", (doc.id, doc.title, doc.text))
            row = (doc.id, doc.shown, "\t".join(doc.themes), doc.place, doc.type, doc.day)
            db.execute("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO fts(fts) VALUES ('optimize')")
        db.commit()
        db.close()

    def open(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "index.sqlite")
        weakref.finalize(self, self._db.close)
        rows = self._db.execute("SELECT themes, place, type, day FROM doc ORDER BY id").fetchall()
        self._days = np.array([row[3] for row in rows])
        columns = [[row[0].split("\t") for row in rows], *([[row[n]] for row in rows] for n in (1, 2))]
        columns.append([[str(row[3] // 10_000)] for row in rows])
        self._facets = {name: _coded(values) for name, values in zip(FACETS, columns, strict=True)}

    def forget(self) -> None:
        """SQLite's own cache of pages is part of what it is."""

    def answer(self, query: Query) -> Answer:
        if query.kind == "browse":
            ids = np.arange(len(self._days))
            top = np.lexsort((ids, -self._days))[:10].tolist()
        else:
            ids, top = self._found(query)
        for one in top:
            self._db.execute("SELECT shown FROM doc WHERE id = ?", (one,)).fetchone()
        return Answer(len(ids), top, {name: _counted(*self._facets[name], ids) for name in FACETS})

    def _found(self, query: Query) -> tuple[np.ndarray, list[int]]:
        quoted = [f'"{term}"' for term in query.terms]
        match = (
            f'"{" ".join(query.terms)}"' if query.kind == "phrase" else (" OR " if query.kind == "or" else " AND ").join(quoted)
        )
        if query.kind == "filtered":
            rows = self._db.execute("SELECT rowid, bm25(fts, 2.0, 1.0) FROM fts WHERE fts MATCH ?", (match,)).fetchall()
            ids = np.array([row[0] for row in rows], np.int64)
            kept = (self._days[ids] >= query.first) & (self._days[ids] <= query.last) & self._has(query.theme, ids)
            scores = np.array([row[1] for row in rows])[kept]
            ids = ids[kept]
            return ids, ids[np.argsort(scores, kind="stable")[:10]].tolist()
        rows = self._db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match,)).fetchall()
        ranked = "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY bm25(fts, 2.0, 1.0) LIMIT 10"
        return np.array([row[0] for row in rows], np.int64), [row[0] for row in self._db.execute(ranked, (match,))]

    def _has(self, theme: str, ids: np.ndarray) -> np.ndarray:
        values, ends, codes = self._facets["themes"]
        owners = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        mask = np.zeros(len(ends), bool)
        mask[owners[codes == values.index(theme)]] = True
        return mask[ids]


def _coded(column: list[list[str]]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The values, where those of each dossier end, the values' numbers."""
    values = sorted({value for row in column for value in row})
    number = {value: n for n, value in enumerate(values)}
    return values, np.cumsum([len(row) for row in column]), np.array([number[value] for row in column for value in row])


def _counted(values: list[str], ends: np.ndarray, codes: np.ndarray, ids: np.ndarray) -> dict[str, int]:
    if len(codes) == len(ends):
        found = codes[ids]
    else:
        sizes = ends[ids] - np.where(ids, ends[ids - 1], 0)
        last = np.cumsum(sizes)
        found = codes[np.arange(int(last[-1]) if len(last) else 0) + np.repeat(ends[ids] - last, sizes)]
    counts = np.bincount(found, minlength=len(values)).tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}
