"""Which folder of `index/` is the index in use: `current.json`, replaced in one step.

A full rebuild is written to a new folder beside; naming it in `current.json` is the switch. Killed before that, the old index is
still the one in use and the unfinished folder is cleared by the next build that writes.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from indexer import analysis
from indexer.checksum import checksum
from indexer.durable import settle
from indexer.engine.contract import BuildFacts
from indexer.engine.whoosh.array_file import damaged_file
from indexer.engine.whoosh.fields import VERSION
from indexer.engine.whoosh.segments import Toc
from indexer.errors import IndexVersionMismatch, index_missing
from indexer.language import gettext


class Current(msgspec.Struct, frozen=True):
    """The index in use. `generation` grows with every commit; `toc` names Whoosh's table of contents in the folder."""

    schema: int
    analyser: str
    folder: str
    toc: Toc
    generation: int
    built_at: datetime
    facts: BuildFacts


class _Version(msgspec.Struct):
    """What every version of `current.json` has."""

    schema: int
    analyser: str
    generation: int


class _Place(msgspec.Struct):
    folder: str


def read_current(index: Path) -> Current:
    """The index in use. Raises `IndexMissing`, `IndexDamaged`, `IndexVersionMismatch`."""
    path = index / "current.json"
    try:
        data, _, kept = path.read_bytes().partition(b"\n")
        if kept and kept != checksum(data):
            raise damaged_file(path)
        made = msgspec.json.decode(data, type=_Version)  # other versions may have no checksum
        if (made.schema, made.analyser) != (VERSION, analysis.VERSION):
            raise IndexVersionMismatch(
                gettext(
                    "L’index de « %(index)s » est d’une autre version (%(found)s au lieu de %(wanted)s)."
                    " Lancez : chercheville build --full (sans le corpus : chercheville build --stored)",
                    index=index,
                    found=f"{made.schema}/{made.analyser}",
                    wanted=f"{VERSION}/{analysis.VERSION}",
                )
            )
        if not kept:
            raise damaged_file(path)
        return msgspec.json.decode(data, type=Current)
    except FileNotFoundError as error:
        raise index_missing(index) from error
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged_file(path, error) from error


def write_current(
    index: Path, folder: str, toc: Toc, generation: int, facts: BuildFacts, built_at: datetime | None = None
) -> None:
    """Make `folder` the index in use, in one step that survives a power cut: all it names is on the disk before, it is after."""
    settle(index / folder)
    settle(index)
    built_at = built_at or datetime.now().astimezone()
    current = Current(VERSION, analysis.VERSION, folder, toc, generation, built_at, facts)
    path, beside = index / "current.json", _beside(index)
    with beside.open("wb") as file:
        data = msgspec.json.encode(current)
        file.write(data + b"\n" + checksum(data))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    settle(index)


def _beside(index: Path) -> Path:
    return index / "current.json.new"


def last_generation(index: Path) -> int:
    """The highest generation that an index here ever had, 0 for none; needs no index that can be read."""
    folders = [int(folder.name.removeprefix("whoosh-")) for folder in index.glob("whoosh-[0-9]*")]
    try:
        data = (index / "current.json").read_bytes().partition(b"\n")[0]
        known = msgspec.json.decode(data, type=_Version).generation
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        known = 0
    return max([known, *folders])


def new_folder(index: Path, generation: int) -> Path:
    """An empty folder for a rebuild; those that killed rebuilds left are cleared first."""
    with suppress(OSError, msgspec.MsgspecError):
        remove_other_folders(index, keep=_folder_in_use(index))
    folder = index / f"whoosh-{generation:06d}"
    folder.mkdir(parents=True)
    return folder


def _folder_in_use(index: Path) -> str:
    """The folder of the index in use, of whatever version; empty when there is none."""
    try:
        data = (index / "current.json").read_bytes().partition(b"\n")[0]
    except FileNotFoundError:
        return ""
    return msgspec.json.decode(data, type=_Place).folder


def discard(folder: Path) -> None:
    """Clear a rebuild that failed."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_other_folders(index: Path, keep: str) -> None:
    """Clear what old and unfinished rebuilds left. Readers that still have an old one open keep it until they let go."""
    _beside(index).unlink(missing_ok=True)
    for folder in index.glob("whoosh-*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
