"""What must outlive a power cut: the names in a folder reach the disk only when the folder itself is told to."""

from __future__ import annotations

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Return when the names that `folder` has now are on the disk. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
