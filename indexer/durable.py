"""What must outlive a power cut: the names in a folder reach the disk only when the folder itself is told to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def settle(folder: Path) -> None:
    """Return when the names that `folder` has now are on the disk. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copied(source: Path, target: Path) -> None:
    """Copy a file; return when the copy is on the disk. Raises `OSError`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
