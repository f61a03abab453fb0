"""Reading the files of a corpus into the store: what is new or changed, each in its own transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import attachment
from indexer.corpus import CorpusFile, FileKind, Listing
from indexer.errors import UnreadableFile
from indexer.pages import page
from indexer.store import Failure, Store

VERSIONS: dict[FileKind, str] = {"page": page.VERSION, "pdf": attachment.VERSION}
LARGEST_PAGE = 50_000_000
"""Bytes of a page file that is read."""

Progress = Callable[[str, int, int, str], None]
"""(step, done, total, what is in hand): said before each piece of work and once at the end of a step."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build would do with the files of a corpus, by comparison with what the store knows."""

    new: tuple[CorpusFile, ...]
    changed: tuple[CorpusFile, ...]
    removed: tuple[str, ...]


def compare(known: dict[str, tuple[CorpusFile, str]], listing: Listing) -> Changes:
    """What changed in the corpus. Files under a folder that cannot be read are taken to be as they were."""
    new = tuple(file for file in listing.files if file.path not in known)
    changed = tuple(file for file in listing.files if file.path in known and not _is_same(file, *known[file.path]))
    present = {file.path for file in listing.files}
    removed = (path for path in known if path not in present and not _is_under(path, listing.closed))
    return Changes(new, changed, tuple(removed))


def _is_same(file: CorpusFile, seen: CorpusFile, key: str) -> bool:
    return file == seen and key.endswith(f":{VERSIONS[file.kind]}")


def _is_under(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


def read_changes(store: Store, root: Path, changes: Changes, progress: Progress) -> list[Failure]:
    """Read what is new or changed into the store; the files that could not be opened at all. Raises `StoreError`."""
    files = (*changes.new, *changes.changed)
    failures: list[Failure] = []
    for done, file in enumerate(files):
        progress("lecture", done, len(files), file.path)
        try:
            with store.transaction():
                _read_file(store, root, file)
        except OSError as error:
            failures.append(_cannot_open(file.path, error))
    progress("lecture", len(files), len(files), "")
    with store.transaction():
        store.forget_files(changes.removed)
    return failures


def _read_file(store: Store, root: Path, file: CorpusFile) -> None:
    path = root / file.path
    with path.open("rb") as stream:
        key = f"{hashlib.file_digest(stream, 'sha256').hexdigest()}:{VERSIONS[file.kind]}"
    if not store.has_extraction(key):
        try:
            if file.kind == "page":
                store.put_page(key, page.read_page(path.name, _bytes(path, file.size)))
            else:
                store.put_pdf(key, attachment.read_pdf(path))
        except UnreadableFile as error:
            store.put_unreadable(key, error)
    store.put_file(file, key)


def _bytes(path: Path, size: int) -> bytes:
    if size > LARGEST_PAGE:
        raise UnreadableFile(
            "too_large",
            f"page de {size // 1_000_000} Mo : trop grande pour une page",
            "Vérifiez que ce fichier est bien une page ; sinon, retirez-le du corpus.",
        )
    return path.read_bytes()


def unseen(listing: Listing) -> Iterator[Failure]:
    """The folders and names of a corpus that hide files."""
    for folder in listing.closed:
        advice = "Donnez à votre compte le droit de lire ce dossier, puis relancez la construction."
        yield Failure(folder, "closed_folder", "dossier sans droit de lecture : rien n’y est lu", advice)
    for path in listing.misnamed:
        yield Failure(path, "bad_name", "nom de fichier qui n’est pas en UTF-8", "Renommez ce fichier (par exemple avec convmv).")


def _cannot_open(path: str, error: OSError) -> Failure:
    message = f"fichier impossible à ouvrir ({error.strerror})"
    return Failure(path, "cannot_open", message, "Vérifiez les droits sur ce fichier, puis relancez la construction.")
