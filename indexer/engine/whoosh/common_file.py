"""The frequent words of a segment, in its file."""

from __future__ import annotations

import msgspec
import numpy as np

from indexer.engine.common_words import Common
from indexer.engine.whoosh.array_file import ArrayFile, ArrayWriter


def write_common(writer: ArrayWriter, common: Common) -> None:
    writer.put("common", np.frombuffer(msgspec.json.encode(common), np.uint8))


def read_common(file: ArrayFile) -> Common:
    return msgspec.json.decode(file["common"].all().tobytes(), type=Common)
