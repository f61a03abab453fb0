"""Is every file of the index as it was written? Their checksums tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.engine.contract import CheckedFile
from indexer.engine.whoosh import generations
from indexer.engine.whoosh.array_file import ArrayFile, damaged_file
from indexer.engine.whoosh.segments import read_toc, toc_path
from indexer.errors import IndexDamaged


def check(index: Path) -> Iterator[CheckedFile]:
    """Every file of the index in use, read whole. Raises `IndexMissing`, `IndexVersionMismatch`."""
    current = index / "current.json"
    try:
        known = generations.read_current(index)
        yield _sound(current)
        listed = read_toc(index / known.folder, known.toc)
        yield _sound(toc_path(index / known.folder, known.toc.generation))
    except (IndexDamaged, FileNotFoundError) as error:
        yield CheckedFile(current, 0, _words(error))
        return
    for segment in listed:
        yield _checked(index / known.folder / segment.file_name)


def files(index: Path) -> list[Path]:
    """The files of the index in use, `current.json` last. Raises `IndexMissing`, `IndexDamaged`, `IndexVersionMismatch`."""
    known = generations.read_current(index)
    folder = index / known.folder
    try:
        segments = read_toc(folder, known.toc)
    except FileNotFoundError as error:
        raise damaged_file(Path(error.filename)) from error
    return [*(folder / one.file_name for one in segments), toc_path(folder, known.toc.generation), index / "current.json"]


def _checked(path: Path) -> CheckedFile:
    try:
        ArrayFile(path).check()
        return _sound(path)
    except (IndexDamaged, FileNotFoundError) as error:
        return CheckedFile(path, 0, _words(error))


def _sound(path: Path) -> CheckedFile:
    return CheckedFile(path, path.stat().st_size, None)


def _words(error: Exception) -> str:
    return f"Le fichier « {error.filename} » de l’index manque." if isinstance(error, FileNotFoundError) else str(error)
