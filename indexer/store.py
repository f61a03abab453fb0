"""The store of extracted text: what each file of the corpus said, page by page, keyed by its content and the reader's version.

So an unchanged file is never opened again, a killed build loses at most the file in hand, and any engine can be rebuilt without
the PDFs. Texts are immutable under their key: a reader of an older index finds the words it was built from.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import msgspec

from indexer.corpus import CorpusFile
from indexer.errors import StoreError, UnreadableFile, index_missing
from indexer.language import gettext
from indexer.model import (
    MARK_KINDS,
    Departed,
    Failure,
    Heir,
    Page,
    PageFile,
    PdfFile,
    PdfFilePage,
    PdfPageState,
    PdfText,
    Portrait,
)

SCHEMA = 4
_READABLE = 2
"""The oldest schema whose texts can be read as they are: that of an index still in use."""

_REGISTER_SCHEMA = 4
"""The first schema that knows which dossiers left."""
MOST_DEPARTED = 100_000
"""Dossiers that left the index and are remembered, the last ones."""
_MOST_HEIRS = 10

_REGISTER = """
CREATE TABLE mark (id TEXT NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (id, kind, value)) WITHOUT ROWID;
CREATE INDEX mark_value ON mark (value, kind);
CREATE TABLE departed (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, source_url TEXT, since TEXT NOT NULL);
"""
"""`mark` holds those of the dossiers of the index and of those that left; `kind` is a place in `MARK_KINDS`."""

_MIGRATIONS = {
    1: """
ALTER TABLE extraction ADD COLUMN sketch BLOB;
ALTER TABLE part ADD COLUMN state TEXT;
ALTER TABLE part ADD COLUMN margins TEXT;
ALTER TABLE part ADD COLUMN reader TEXT;
""",
    2: """
ALTER TABLE dossier ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier ADD COLUMN changed TEXT NOT NULL DEFAULT '';
""",
    3: f"""
ALTER TABLE dossier ADD COLUMN title TEXT;
ALTER TABLE dossier ADD COLUMN source_url TEXT;
{_REGISTER}
""",
}
"""From each schema to the next. What schema 1 held was read by older readers: every file is read again, until then it serves the
index in use. What schema 3 held of a dossier has no title and no marks: the next build notes them, and a dossier that leaves in
that very build is remembered by its identifier alone."""

_TABLES = f"""
CREATE TABLE file (path TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
                   key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE extraction (key TEXT PRIMARY KEY, facts BLOB, reason TEXT, problem TEXT, advice TEXT, sketch BLOB) WITHOUT ROWID;
CREATE TABLE part (key TEXT NOT NULL, number INTEGER NOT NULL, label TEXT, text TEXT NOT NULL, state TEXT, margins TEXT,
                   reader TEXT, PRIMARY KEY (key, number));
CREATE TABLE indexed (generation INTEGER NOT NULL); -- or a text, of an index on a cluster
CREATE TABLE dossier (id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, content TEXT NOT NULL, changed TEXT NOT NULL,
                      title TEXT, source_url TEXT) WITHOUT ROWID;
CREATE TABLE failure (path TEXT NOT NULL, page INTEGER NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL,
                      advice TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (path, page, reason)) WITHOUT ROWID;
{_REGISTER}
"""

_TEXTS = ("extraction", "part")
"""The tables of what was read."""

_CUT = (
    "la fin du fichier est perdue ou abîmée : des pages peuvent manquer",
    "Téléchargez-le de nouveau ; s’il s’ouvre en entier, réenregistrez-le en PDF.",
)


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """What SQLite cannot do with the store at `path` is raised as `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_complaint(path, error)) from error


def _complaint(path: Path, error: object) -> str:
    return gettext(
        "Le fichier « %(path)s » ne peut être lu ou écrit (%(error)s). Vérifiez la place libre et les droits ;"
        " s’il est abîmé, supprimez-le, puis lancez : chercheville build --full",
        path=path,
        error=error,
    )


def _connect(path: Path, how: str) -> tuple[sqlite3.Connection, int]:
    """The database at `path`, and the version of its tables."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False)
    try:
        return db, db.execute("PRAGMA user_version").fetchone()[0]
    except BaseException:
        db.close()
        raise


class Known(NamedTuple):
    """What a dossier's files say, as a digest, and since when."""

    content: str
    changed: datetime


class Store:
    """One SQLite file; any number of readers beside the one writer. Threads may share `part`, nothing else."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open the store at `path`, made when missing unless `readonly`. Raises `StoreError`, `IndexMissing`."""
        self.path = path
        self._lock = Lock()
        with faults_told(path):
            self._db = self._open(path, readonly)
        weakref.finalize(self, self._db.close)  # at the latest when nobody has it any more

    def _open(self, path: Path, readonly: bool) -> sqlite3.Connection:
        try:
            db, version = _connect(path, "mode=ro" if readonly else "mode=rwc")
        except sqlite3.OperationalError:
            if not readonly or os.access(path.parent, os.W_OK) or not path.exists():
                raise
            db, version = _connect(path, "mode=ro&immutable=1")  # nobody writes here: SQLite need not share its state
        if version < SCHEMA and not readonly:
            change = "".join(_MIGRATIONS[old] for old in range(version, SCHEMA)) if version else _TABLES
            try:
                db.executescript(f"PRAGMA journal_mode=WAL; BEGIN; {change} PRAGMA user_version={SCHEMA}; COMMIT;")
            except BaseException:
                db.close()
                raise
        elif readonly and not version:  # the first build was stopped before it had made its tables
            db.close()
            raise index_missing(path.parent)
        elif not (_READABLE if readonly else SCHEMA) <= version <= SCHEMA:
            db.close()
            raise StoreError(
                gettext(
                    "Le fichier « %(path)s » est d’une autre version (%(found)s, attendue %(wanted)s)."
                    " Supprimez-le, puis lancez : chercheville build --full",
                    path=path,
                    found=version,
                    wanted=SCHEMA,
                )
            )
        self._schema = version if readonly else SCHEMA
        return db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the writing inside, or nothing. Raises `StoreError`."""
        with faults_told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise

    def check(self) -> str | None:
        """What is wrong with the file, None for nothing."""
        try:
            said = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            said = str(error)
        return None if said == "ok" else _complaint(self.path, said)

    def close(self) -> None:
        self._db.close()

    # A copy of it, and back

    def copy_to(self, path: Path) -> None:
        """The store as it is now, as one file in a new place. Raises `StoreError`."""
        with faults_told(path), closing(sqlite3.connect(path, isolation_level=None)) as copy:
            self._db.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")

    @contextmanager
    def beside(self, path: Path) -> Iterator[None]:
        """With the store at `path` at hand, of the same schema, for the two methods that follow."""
        self._db.execute("ATTACH ? AS other", (f"{path.resolve().as_uri()}?mode=ro",))
        try:
            yield
        finally:
            self._db.execute("DETACH other")

    def add_texts(self) -> None:
        """Take the texts of the other store beside our own."""
        for table in _TEXTS:
            self._add(table)

    def become(self, generation: int | None, *, keep_texts: bool = False) -> None:
        """Hold what the other store holds, and nothing else, noted for the index of `generation`, or for none.

        With `keep_texts`, those that the other store has not stay until the next build, for an index that still serves.
        """
        for (table,) in self._db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
            if not (keep_texts and table in _TEXTS):
                self._db.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a table of ours
            self._add(table)
        self._db.execute("DELETE FROM main.indexed")
        if generation is not None:
            self._db.execute("INSERT INTO main.indexed VALUES (?)", (generation,))

    def _add(self, table: str) -> None:
        columns = ", ".join(name for (name,) in self._db.execute("SELECT name FROM pragma_table_info(?)", (table,)))
        self._db.execute(f"INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM other.{table}")  # noqa: S608 - the names are our own

    # The files of the corpus as they were last seen

    def files(self) -> dict[str, tuple[CorpusFile, str]]:
        """By path: the file as last seen, and the key of its extraction."""
        rows = self._db.execute("SELECT path, kind, size, mtime_ns, key FROM file")
        return {path: (CorpusFile(path, kind, size, mtime_ns), key) for path, kind, size, mtime_ns, key in rows}

    def put_file(self, file: CorpusFile, key: str) -> None:
        row = (file.path, file.kind, file.size, file.mtime_ns, key)
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", row)

    def forget_files(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in paths])

    # What was read in them

    def has_extraction(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM extraction WHERE key = ?", (key,)).fetchone() is not None

    def put_page(self, key: str, page: Page, sketch: bytes) -> None:
        self._put(key, replace(page, text=""), sketch, [(key, 0, None, page.text, "text", "", "")])

    def put_pdf(self, key: str, pdf: PdfText, sketch: bytes) -> None:
        rows = [(key, page.number, page.label, page.text, page.state, "\n".join(page.margins), page.reader) for page in pdf.pages]
        self._put(key, replace(pdf, pages=()), sketch, rows)
        if pdf.state == "partly" and all(page.state in ("text", "ocr", "blank") for page in pdf.pages):
            self._db.execute("UPDATE extraction SET reason = 'cut', problem = ?, advice = ? WHERE key = ?", (*_CUT, key))

    def put_unreadable(self, key: str, error: UnreadableFile) -> None:
        row = (key, error.reason, str(error), error.advice)
        self._db.execute("INSERT OR REPLACE INTO extraction (key, reason, problem, advice) VALUES (?, ?, ?, ?)", row)

    def _put(self, key: str, facts: Page | PdfText, sketch: bytes, parts: list[tuple[Any, ...]]) -> None:
        row = (key, msgspec.json.encode(facts), sketch)
        self._db.execute("INSERT OR REPLACE INTO extraction (key, facts, sketch) VALUES (?, ?, ?)", row)
        self._db.execute("DELETE FROM part WHERE key = ?", (key,))
        self._db.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?)", parts)

    def pages(self) -> list[PageFile]:
        """Every page file that could be read, its text left in the store."""
        rows = self._read("page")
        return [
            PageFile(path, key, msgspec.json.decode(facts, type=Page), sketch or b"")
            for path, _, key, facts, _, sketch in rows
            if facts
        ]

    def pdfs(self) -> list[PdfFile]:
        """Every PDF file, those that could not be read with their problem."""
        return [self._pdf(*row) for row in self._read("pdf")]

    def _pdf(self, path: str, size: int, key: str, facts: bytes | None, problem: str | None, sketch: bytes | None) -> PdfFile:
        if facts is None:
            return PdfFile(path, key, size, problem=problem)
        pdf = msgspec.json.decode(facts, type=PdfText)
        rows = self._db.execute("SELECT number, label, state FROM part WHERE key = ? ORDER BY number", (key,))
        pages = tuple(PdfFilePage(*row) for row in rows)
        return PdfFile(path, key, size, pages, pdf.title, pdf.language, pdf.outline, sketch=sketch or b"")

    def _read(self, kind: str) -> list[tuple[str, int, str, bytes | None, str | None, bytes | None]]:
        query = "SELECT path, size, key, facts, problem, sketch FROM file JOIN extraction USING (key) WHERE kind = ?"
        return self._db.execute(f"{query} ORDER BY path", (kind,)).fetchall()

    def part(self, key: str, number: int) -> str:
        """The text of one part; empty when it left the store (a reader of an index older than the last build)."""
        with faults_told(self.path), self._lock:
            row = self._db.execute("SELECT text FROM part WHERE key = ? AND number = ?", (key, number)).fetchone()
        return str(row[0]) if row else ""

    def unreadable_files(self) -> list[Failure]:
        """The files that could not be read as a whole."""
        rows = self._db.execute(
            "SELECT path, reason, problem, advice FROM file JOIN extraction USING (key) WHERE problem IS NOT NULL"
        )
        return [Failure(path, reason, problem, advice) for path, reason, problem, advice in rows]

    def unread_pages(self) -> list[tuple[str, PdfPageState, list[int], int]]:
        """The PDFs with pages whose text could not be had: path, what these pages are, their numbers, pages in all."""
        rows = self._db.execute(
            "SELECT path, state, group_concat(number), (SELECT count(*) FROM part AS page WHERE page.key = file.key)"
            " FROM file JOIN part USING (key) WHERE state IN ('scan', 'unreadable', 'slow') GROUP BY path, state"
        )
        return [(path, state, sorted(map(int, numbers.split(","))), pages) for path, state, numbers, pages in rows]

    def failed_paths(self) -> frozenset[str]:
        """The files that could not be read, as a whole or in part."""
        unread = (path for path, *_ in self.unread_pages())
        return frozenset([*(failure.path for failure in self.unreadable_files()), *unread])

    def unrecognised_paths(self) -> frozenset[str]:
        """The PDFs with scanned pages that character recognition has not seen yet."""
        rows = self._db.execute(
            "SELECT DISTINCT path FROM file JOIN part USING (key) WHERE state = 'scan' AND reader <> 'tesseract'"
        )
        return frozenset(path for (path,) in rows)

    def forget_unused_extractions(self) -> None:
        """Drop the text of files that left the corpus or were read anew by a later version."""
        self._db.execute("DELETE FROM extraction WHERE key NOT IN (SELECT key FROM file)")
        self._db.execute("DELETE FROM part WHERE key NOT IN (SELECT key FROM file)")

    # What the index holds

    def fingerprints(self, note: int | str) -> dict[str, str] | None:
        """By dossier in the index: the fingerprint of the plan it was made from. None when not noted for that index."""
        if self._db.execute("SELECT generation FROM indexed").fetchone() != (note,):
            return None
        return dict(self._db.execute("SELECT id, fingerprint FROM dossier").fetchall())

    def dossiers(self) -> int:
        """How many the index holds."""
        return int(self._db.execute("SELECT COUNT(*) FROM dossier").fetchone()[0])

    def known(self) -> dict[str, Known]:
        """By dossier of the last build: its content, and since when it is so."""
        rows = self._db.execute("SELECT id, content, changed FROM dossier WHERE changed != ''")
        return {id: Known(content, datetime.fromisoformat(changed)) for id, content, changed in rows}

    def put_dossiers(
        self,
        fingerprints: dict[str, str],
        known: dict[str, Known],
        note: int | str,
        portrait: Callable[[str], Portrait],
        now: str,
    ) -> None:
        """Note what the index of that note holds; those that it holds no longer are remembered as gone since `now`.

        Only what changed is written: `portrait` is asked for these dossiers alone.
        """
        self._db.execute("DELETE FROM indexed")
        self._db.execute("INSERT INTO indexed VALUES (?)", (note,))
        rows = self._db.execute("SELECT id, CASE WHEN title IS NULL THEN '' ELSE fingerprint END, content, changed FROM dossier")
        before = {row[0]: row[1:] for row in rows}
        if gone := before.keys() - fingerprints.keys():
            self._retire(gone, now)
        for id, fingerprint in fingerprints.items():
            noted = (fingerprint, known[id].content, known[id].changed.isoformat())
            if before.get(id) != noted:
                self._put_dossier(id, noted, portrait(id))

    def _put_dossier(self, id: str, noted: tuple[str, str, str], portrait: Portrait) -> None:
        self._db.execute("DELETE FROM departed WHERE id = ?", (id,))
        self._db.execute("DELETE FROM mark WHERE id = ?", (id,))
        marks = ((id, MARK_KINDS.index(mark.kind), mark.value) for mark in portrait.marks)
        self._db.executemany("INSERT INTO mark VALUES (?, ?, ?)", marks)
        row = (id, *noted, portrait.title, portrait.source_url)
        self._db.execute("INSERT OR REPLACE INTO dossier VALUES (?, ?, ?, ?, ?, ?)", row)

    def _retire(self, ids: Iterable[str], now: str) -> None:
        """From the dossiers of the index to those that left, of which the oldest are forgotten. Their marks stay."""
        gone = [(id,) for id in sorted(ids)]
        note = "INSERT INTO departed (id, title, source_url, since) SELECT id, title, source_url, ? FROM dossier WHERE id = ?"
        self._db.executemany(note, ((now, *row) for row in gone))
        self._db.executemany("DELETE FROM dossier WHERE id = ?", gone)
        oldest = self._db.execute("SELECT id FROM departed ORDER BY number DESC LIMIT -1 OFFSET ?", (MOST_DEPARTED,)).fetchall()
        self._db.executemany("DELETE FROM mark WHERE id = ?", oldest)
        self._db.executemany("DELETE FROM departed WHERE id = ?", oldest)

    # What it held once

    def departed(self, id: str) -> Departed | None:
        """The dossier that left the index under this identifier, None when none is known to have. Raises `StoreError`."""
        if self._schema < _REGISTER_SCHEMA:
            return None
        with faults_told(self.path):
            row = self._db.execute("SELECT title, source_url, since FROM departed WHERE id = ?", (id,)).fetchone()
            return Departed(id, row[0] or "", row[1], datetime.fromisoformat(row[2]), self._heirs(id)) if row else None

    def _heirs(self, id: str) -> tuple[Heir, ...]:
        rows = self._db.execute(
            "SELECT other.id, min(other.kind) AS strongest FROM mark JOIN mark AS other USING (value, kind)"
            " JOIN dossier ON dossier.id = other.id WHERE mark.id = ?"
            " GROUP BY other.id ORDER BY strongest, count(*) DESC, other.id LIMIT ?",
            (id, _MOST_HEIRS),
        )
        return tuple(Heir(other, MARK_KINDS[kind]) for other, kind in rows)

    # What could not be had

    def failures(self) -> list[Failure]:
        rows = self._db.execute("SELECT path, reason, message, advice, since, page FROM failure ORDER BY path, page, reason")
        return [Failure(*row) for row in rows]

    def put_failures(self, failures: Iterable[Failure], now: str) -> None:
        """Replace the register; what was in it already keeps the time it was first seen."""
        since = {(old.path, old.page, old.reason): old.since for old in self.failures()}
        rows = [(f.path, f.page, f.reason, f.message, f.advice, since.get((f.path, f.page, f.reason), now)) for f in failures]
        self._db.execute("DELETE FROM failure")
        self._db.executemany("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?)", rows)
