"""Reading the files of a corpus into the store: what is new or changed, each in its own transaction."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from indexer.corpus import CorpusFile, FileKind, Listing, written_ns
from indexer.errors import UnreadableFile
from indexer.model import Failure, PdfText
from indexer.pages import page
from indexer.pdf.pool import read_pdfs
from indexer.pdf.reasons import unreadable
from indexer.rules import Rules
from indexer.similar import sketch
from indexer.store import Store

LARGEST_PAGE = 10_000_000
"""Bytes of a page file that is read: HTML made of nothing but tags takes eighty times as much memory, two seconds a megabyte."""


class Step(NamedTuple):
    """How far a build is: `done` of `total` files or dossiers, `fraction` of the work (of the bytes), PDF `pages` read."""

    name: Literal["lecture", "indexation"]
    done: int
    total: int
    fraction: float
    pages: int = 0


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build would do with the files of a corpus, by comparison with what the store knows.

    `reread` are unchanged files that another version of their reader may read better, or that are tried again.
    """

    new: tuple[CorpusFile, ...]
    changed: tuple[CorpusFile, ...]
    reread: tuple[CorpusFile, ...]
    removed: tuple[str, ...]
    shrunk: bool
    """More than half of the files are gone: more likely a folder that is not mounted than a removal."""

    @property
    def files(self) -> tuple[CorpusFile, ...]:
        """Every file to open."""
        return (*self.new, *self.changed, *self.reread)


Known = dict[str, tuple[CorpusFile, str]]
"""By path: the file as last seen, and the key of its extraction."""


def compare(known: Known, listing: Listing, versions: dict[FileKind, str], again: frozenset[str] = frozenset()) -> Changes:
    """What changed in the corpus; `again` are paths to try again. Files of which nothing can be told are as they were."""
    new = tuple(file for file in listing.files if file.path not in known)
    changed = tuple(file for file in listing.files if file.path in known and file != known[file.path][0])
    same = (file for file in listing.files if file.path in known and file == known[file.path][0])
    reread = tuple(file for file in same if file.path in again or _version(known[file.path][1]) != versions[file.kind])
    present = {*(file.path for file in listing.files), *listing.untold}
    removed = tuple(path for path in known if path not in present and not _is_under(path, listing.closed))
    kept = len(known) - len(removed)
    return Changes(new, changed, reread, removed, 2 * (kept + len(new)) < len(known))


def _version(key: str) -> str:
    return key.partition(":")[2]


def _is_under(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


def read_changes(store: Store, root: Path, changes: Changes, rules: Rules, progress: Progress) -> list[Failure]:
    """Read what is new or changed into the store; the files that could not be opened at all. Raises `StoreError`."""
    reading = _Reading(store, root, changes, rules, progress)
    reading.run()
    with store.transaction():
        store.forget_files(changes.removed)
    return reading.failures


class _Reading:
    """One run over the files of a corpus: pages here, PDFs in worker processes. Every file is put in a transaction of its own."""

    def __init__(self, store: Store, root: Path, changes: Changes, rules: Rules, progress: Progress) -> None:
        self.store = store
        self.root = root
        self.files = changes.files
        self.again = frozenset(file.path for file in changes.reread)
        self.rules = rules
        self.progress = progress
        self.failures: list[Failure] = []
        self.waiting: dict[str, list[CorpusFile]] = {}
        self.sizes = {root / file.path: file.size + 1 for file in self.files}
        self.total = sum(self.sizes.values()) or 1
        self.in_hand: dict[Path, float] = {}
        self.read = 0
        self.done = 0
        self.pages = 0

    def run(self) -> None:
        self._say()
        for file in self.files:
            if file.kind == "page":
                self._read_page(file)
        keys: dict[Path, str] = {}
        for path, outcome in read_pdfs(self._unread_pdfs(keys), self.rules.pdf, self._page_done):
            self._put_pdf(path, keys[path], outcome)

    def _read_page(self, file: CorpusFile) -> None:
        try:
            key = self._key(file)
            with self.store.transaction():
                if self._is_unread(file, key):
                    self._put_page(file, key)
                self.store.put_file(file, key)
        except OSError as error:
            self.failures.append(cannot_open(file.path, error))
        self._finish(file)

    def _put_page(self, file: CorpusFile, key: str) -> None:
        try:
            found = page.read_page(file.path.rpartition("/")[2], _bytes(self.root / file.path, file.size), self.rules.labels)
            self.store.put_page(key, found, sketch([found.text]))
        except UnreadableFile as error:
            self.store.put_unreadable(key, error)

    def _unread_pdfs(self, keys: dict[Path, str]) -> Iterator[Path]:
        """The PDFs whose content is not known yet, each content once; their keys are noted in `keys`."""
        for file in self.files:
            if file.kind != "pdf":
                continue
            path = self.root / file.path
            try:
                key = self._key(file)
            except OSError as error:
                self.failures.append(cannot_open(file.path, error))
                self._finish(file)
                continue
            if key in self.waiting:
                self.waiting[key].append(file)
            elif self._is_unread(file, key):
                self.waiting[key] = [file]
                keys[path] = key
                yield path
            else:
                with self.store.transaction():
                    self.store.put_file(file, key)
                self._finish(file)

    def _put_pdf(self, path: Path, key: str, outcome: PdfText | UnreadableFile) -> None:
        files = self.waiting.pop(key)
        if isinstance(outcome, UnreadableFile) and (gone := _no_longer(path, files[0])):
            self.failures.extend(cannot_open(file.path, gone) for file in files)
        else:
            self._put_outcome(key, outcome, files)
        self.in_hand.pop(path, None)
        for file in files:
            self._finish(file)

    def _put_outcome(self, key: str, outcome: PdfText | UnreadableFile, files: list[CorpusFile]) -> None:
        with self.store.transaction():
            if isinstance(outcome, UnreadableFile):
                self.store.put_unreadable(key, outcome)
            elif all(page.state == "blank" for page in outcome.pages):
                self.store.put_unreadable(key, no_text() if outcome.state == "read" else unreadable("damaged"))
            else:
                self.store.put_pdf(key, outcome, sketch(page.text for page in outcome.pages))
            for file in files:
                self.store.put_file(file, key)

    def _key(self, file: CorpusFile) -> str:
        with (self.root / file.path).open("rb") as stream:
            return f"{hashlib.file_digest(stream, 'sha256').hexdigest()}:{self.rules.versions[file.kind]}"

    def _is_unread(self, file: CorpusFile, key: str) -> bool:
        return file.path in self.again or not self.store.has_extraction(key)

    def _page_done(self, path: Path, number: int, total: int) -> None:
        self.pages += 1
        self.in_hand[path] = min(1.0, number / max(1, total))
        self._say()

    def _finish(self, file: CorpusFile) -> None:
        self.read += self.sizes[self.root / file.path]
        self.done += 1
        self._say()

    def _say(self) -> None:
        read = self.read + sum(self.sizes[path] * part for path, part in self.in_hand.items())
        self.progress(Step("lecture", self.done, len(self.files), read / self.total, self.pages))


def _no_longer(path: Path, file: CorpusFile) -> OSError | None:
    """Why what a reader said of the file cannot be held against its content: it went or changed meanwhile."""
    try:
        with path.open("rb") as stream:
            found = os.fstat(stream.fileno())
    except OSError as error:
        return error
    return None if (found.st_size, written_ns(found)) == (file.size, file.mtime_ns) else OSError(0, "modifié pendant la lecture")


def no_text() -> UnreadableFile:
    """A PDF of blank pages."""
    return UnreadableFile(
        "no_text", "aucune page ne contient de texte ni d’image", "Ouvrez-le : s’il n’est pas vide, réenregistrez-le en PDF."
    )


def _bytes(path: Path, size: int) -> bytes:
    if size > LARGEST_PAGE:
        raise UnreadableFile(
            "too_large",
            f"page de {size // 1_000_000} Mo : trop grande pour une page",
            "Vérifiez que ce fichier est bien une page ; sinon, retirez-le du corpus.",
        )
    return path.read_bytes()


def cannot_open(path: str, error: OSError) -> Failure:
    message = f"fichier impossible à ouvrir ({error.strerror})"
    return Failure(path, "cannot_open", message, "Vérifiez les droits sur ce fichier, puis relancez la construction.")
