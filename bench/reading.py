"""Reading PDFs against pdfminer.six's `extract_text`, on the same files in one run: python bench/reading.py DIR [--limit N].

Pages a second, peak memory (of this process and of its largest worker), and how alike the words of each page are (Jaccard index
of the folded words of three letters or more, after the same rules for accents, ligatures and hyphens: the readers are compared,
not the cleaning; pages where `extract_text` finds none, or garbage, are left out).
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import statistics
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from pdfminer.high_level import extract_text

from indexer.model import PdfText
from indexer.pdf.accents import compose
from indexer.pdf.garbage import is_garbage
from indexer.pdf.hyphens import mend
from indexer.pdf.ligatures import as_letters
from indexer.pdf.options import PdfOptions
from indexer.pdf.pool import read_pdfs

Words = dict[tuple[Path, int], frozenset[str]]
_WORD = re.compile(r"[^\W\d_]{3,}")
_GOALS = {"pdfminer": 4, "pdfium": 40}


def folded(text: str) -> frozenset[str]:
    """The words of three letters or more, without case, accents or ligatures, words cut at line ends joined."""
    mended = mend(compose(as_letters(text)), {}).replace("\xad", "")
    plain = unicodedata.normalize("NFKD", mended.casefold())
    return frozenset(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


def theirs(paths: list[Path]) -> tuple[Words, float]:
    """The words of each page by `extract_text`, and the seconds that it took, file by file as its users call it."""
    words: Words = {}
    seconds = 0.0
    for path in paths:
        start = perf_counter()
        try:
            text = extract_text(path)
        except Exception as error:
            print(f"  extract_text: {path.name}: {type(error).__name__}")
            continue
        finally:
            seconds += perf_counter() - start
        for number, page in enumerate(text.split("\f")[:-1], 1):
            words[path, number] = frozenset() if is_garbage(page) else folded(page)
    return words, seconds


def ours(paths: list[Path], options: PdfOptions) -> tuple[Words, float]:
    """The words of each page by the pool, running headers included, and the seconds that it took."""
    start = perf_counter()
    found = [(path, said) for path, said in read_pdfs(paths, options) if isinstance(said, PdfText)]
    seconds = perf_counter() - start
    return {
        (path, page.number): folded("\n".join([page.text, *page.margins])) for path, said in found for page in said.pages
    }, seconds


class Peaks:
    """The peak memory of this process and of its largest child, in MB."""

    own = 0
    child = 0


@contextmanager
def watched() -> Iterator[Peaks]:
    """Look at the memory of this process and its children twenty times a second."""
    peaks, over = Peaks(), threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            peaks.own = max(peaks.own, _memory(os.getpid(), "VmRSS"))
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            peaks.child = max([peaks.child, *(_memory(int(child), "VmHWM") for child in children)])

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _memory(pid: int, field: str) -> int:
    try:
        found = re.search(rf"{field}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0


def alike(some: Words, others: Words) -> list[float]:
    """The Jaccard index of each page that both have and where the others have words."""
    pairs = [(some[page], others[page]) for page in some.keys() & others.keys()]
    return sorted(len(a & b) / len(a | b) for a, b in pairs if b)


def main() -> None:
    """Read the PDFs of a folder in the three ways and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, help="read only so many files, spread over the folder")
    asked = parser.parse_args()
    paths = sorted(asked.folder.rglob("*.pdf"))
    if asked.limit:
        paths = paths[:: max(1, len(paths) // asked.limit)][: asked.limit]
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with watched() as peaks:
        reference, seconds = theirs(paths)
    rate = len(reference) / seconds
    print(f"{len(paths)} files, {len(reference)} pages, {len(os.sched_getaffinity(0))} cores")
    print(f"extract_text     {rate:7.1f} pages/s {seconds:7.1f} s   peak {peaks.own} MB", flush=True)
    for reader, goal in _GOALS.items():
        with watched() as peaks:
            words, seconds = ours(paths, PdfOptions(reader=reader, ocr="off"))  # type: ignore[arg-type]
        same = alike(words, reference)
        pace = len(words) / seconds
        peak = f"peak {peaks.child} MB a worker, {peaks.own} MB here"
        print(f"{reader + ' first':16} {pace:7.1f} pages/s {seconds:7.1f} s   {peak}   {pace / rate:.1f} times (goal {goal})")
        low = f"lowest tenth {same[len(same) // 10]:.3f}"
        print(f"{'':16} words as extract_text: Jaccard mean {statistics.fmean(same):.4f}, {low}, {len(same)} pages", flush=True)


if __name__ == "__main__":
    main()
