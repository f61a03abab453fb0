"""A backup of the index and the texts it was made from, made while the site serves, and taken back.

A backup is a folder: what `index/` holds of use, and `backup.json`, which names each file with its length and SHA-256. It takes
its name in one step when it is whole. Taken back over an index, it becomes its next generation: texts are added, then the index
is switched, then the notes; killed in between, the index in use has all its texts, and the next build finds what it lacks.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from indexer.checking import check
from indexer.condition import store_path
from indexer.config import Settings
from indexer.durable import copied, settle
from indexer.engine import adopt_index, index_files, on_cluster
from indexer.errors import BackupError, IndexMissing, IndexVersionMismatch
from indexer.lock import writing
from indexer.store import Store, faults_told

MANIFEST = "backup.json"
_FORMAT = 1
_STORE = "store.sqlite"


class SavedFile(msgspec.Struct, frozen=True):
    """A file of a backup, by its path in it."""

    path: str
    bytes: int
    sha256: str


class Backup(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    made_at: datetime
    files: list[SavedFile]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)


class Restored(NamedTuple):
    """What was taken back; the generation it became, None where the index must be made anew from its texts."""

    backup: Backup
    generation: int | None


def backup(settings: Settings, destination: Path, *, wait: bool = False) -> Backup:
    """Copy the index and its texts to the new folder `destination`.

    Raises `BackupError`, `IndexMissing`, `IndexVersionMismatch`, `IndexDamaged`, `IndexLocked`, `StoreError`.
    """
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        raise BackupError(f"« {destination} » existe déjà. Donnez à la sauvegarde le nom d’un nouveau dossier.")
    index_files(settings)  # there is one
    with _told(destination), writing(settings.index, wait=wait):
        partial = destination.with_name(f"{destination.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            made = _copy(settings, partial)
            partial.replace(destination)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        settle(destination.absolute().parent)
    return made


def _copy(settings: Settings, folder: Path) -> Backup:
    """The files of the index in `folder`, and what names them, last."""
    for path in index_files(settings):
        copied(path, folder / path.relative_to(settings.index))
    with closing(Store(store_path(settings), readonly=True)) as store:
        store.copy_to(folder / _STORE)
    for file in check(replace(settings, index=folder)):
        if file.fault:
            raise BackupError(f"La copie n’est pas intacte, rien n’est sauvegardé. {file.fault}")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [SavedFile(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path)) for path in paths]
    made = Backup(_FORMAT, datetime.now().astimezone().replace(microsecond=0), files)
    with (folder / MANIFEST).open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(made), indent=2))
        stream.flush()
        os.fsync(stream.fileno())
    for inner in {path.parent for path in paths}:
        settle(inner)
    return made


def restore(settings: Settings, source: Path, *, yes: bool = False, wait: bool = False) -> Restored:
    """Take a backup back as the index; over another index when `yes`.

    Of another version of the software, its texts are taken back where there is no index. Raises `BackupError`, `IndexLocked`,
    `StoreError`.
    """
    saved = read_backup(source)
    with _told(settings.index):
        settings.index.mkdir(parents=True, exist_ok=True)
        with writing(settings.index, wait=wait):
            held = store_path(settings).exists() or (settings.index / "current.json").exists()
            if held and not yes:
                raise BackupError(
                    f"« {settings.index} » contient déjà un index. Indiquez un autre dossier avec --index, ou remplacez-le avec"
                    " --yes."
                )
            return Restored(saved, _take_back(settings, source, same_version=_is_same_version(settings, source, held)))


def _is_same_version(settings: Settings, source: Path, held: bool) -> bool:
    try:
        index_files(replace(settings, index=source))
    except (IndexVersionMismatch, IndexMissing) as error:
        if held:
            what = "n’a que des textes" if isinstance(error, IndexMissing) else "est d’une autre version du logiciel"
            raise BackupError(
                f"La sauvegarde « {source} » {what}. Restaurez-la dans un dossier vide, avec --index, puis lancez :"
                " chercheville build --stored"
            ) from error
        return False
    return True


def _take_back(settings: Settings, source: Path, *, same_version: bool) -> int | None:
    texts = _aside(settings)
    try:
        clear_aside(settings)
        copied(source / _STORE, texts)
        Store(texts).close()
        with closing(Store(store_path(settings))) as store, faults_told(store.path), store.beside(texts):
            with store.transaction():
                store.add_texts()
            generation = adopt_index(settings, source) if same_version else None
            with store.transaction():
                store.become(generation, keep_texts=on_cluster(settings))
        return generation
    finally:
        clear_aside(settings)


def _aside(settings: Settings) -> Path:
    """Where the texts of a backup are brought up to this version before they are taken over."""
    return settings.index / "restored.sqlite"


def clear_aside(settings: Settings) -> None:
    """Clear what taking a backup back has set aside, killed or not. Raises `OSError`."""
    for path in settings.index.glob(f"{_aside(settings).name}*"):
        path.unlink()


def read_backup(source: Path) -> Backup:
    """What the backup in `source` says of itself, every file checked. Raises `BackupError`."""
    try:
        saved = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Backup)
    except FileNotFoundError as error:
        raise BackupError(f"« {source} » n’est pas une sauvegarde : « {MANIFEST} » y manque. Indiquez-en une autre.") from error
    except (OSError, msgspec.MsgspecError) as error:
        raise _damaged(source, MANIFEST) from error
    if saved.format != _FORMAT:
        raise BackupError(f"La sauvegarde « {source} » est d’un autre format ({saved.format}). Restaurez-la avec sa version.")
    for file in saved.files:
        if ".." in PurePosixPath(file.path).parts or not _is_sound(source, file):
            raise _damaged(source, file.path)
    return saved


def _is_sound(source: Path, file: SavedFile) -> bool:
    path = source / file.path
    try:
        return path.stat().st_size == file.bytes and _sha256(path) == file.sha256
    except OSError:
        return False


def _damaged(source: Path, path: str) -> BackupError:
    return BackupError(
        f"Le fichier « {path} » de la sauvegarde « {source} » manque ou est abîmé. Rien n’est changé ; restaurez-en une autre."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"« {folder} » ne peut être écrit ({error.strerror or error}). Vérifiez la place libre et les droits ;"
            " l’index en place n’a pas changé."
        ) from error
