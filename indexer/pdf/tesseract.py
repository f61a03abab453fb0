"""What does this image say? The only user of tesseract."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from indexer.pdf.bitmap import Bitmap
from indexer.pdf.raw import Line, RawPage

_LANGUAGE = "fra"
_WORD = "5"
_POINTS = 72


@cache
def is_installed() -> bool:
    """Whether tesseract is there with its French data."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - found in the PATH, no shell
    return _LANGUAGE in listed.stdout.split()


def recognise(number: int, bitmap: Bitmap, seconds: float) -> RawPage | None:
    """Page `number` as tesseract reads it, None when it took over `seconds` or failed."""
    program = shutil.which("tesseract") or "tesseract"
    dpi = str(max(70, round(bitmap.dpi)))  # below 70, tesseract takes the figure for an error
    try:
        done = subprocess.run(  # noqa: S603 - found in the PATH, no shell, the image on its input
            [program, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", dpi, "tsv"],
            input=bitmap.pgm,
            capture_output=True,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    scale = _POINTS / bitmap.dpi
    lines = tuple(_lines(done.stdout.decode(errors="replace"), bitmap.height, scale))
    return RawPage(number, bitmap.width * scale, bitmap.height * scale, lines, reader="tesseract")


def _lines(table: str, height: int, scale: float) -> Iterator[Line]:
    """The lines of a TSV answer: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    rows = [row.split("\t") for row in table.split("\n")]
    words = [row for row in rows if len(row) == 12 and row[0] == _WORD and row[11].strip()]
    block, paragraph = 0, None
    for place, group in groupby(words, key=lambda row: row[2:5]):
        if place[:2] != paragraph:
            block, paragraph = block + 1, place[:2]
        line = list(group)
        boxes = [tuple(map(int, row[6:10])) for row in line]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        text = " ".join(row[11] for row in line)
        yield Line(text, left * scale, (height - bottom) * scale, right * scale, (height - top) * scale, block)
