"""How many headers, footers and page numbers leave the text of real PDFs, which, and how fast is the layout half of cleaning?

    python bench/margins.py DIR [--reader pdfium] [--files N] [--show 100] [--missed 0] [--seed 1]

Counts the lines taken out, their share of the letters, and the pages that lose some; prints a random sample of them for a
person to judge, with the text that stays next to them; with --missed, outermost lines that stay and stand clearly apart.
Then the pages a second (of processor time) of margins, reading order and contents lines. No goal is checked by itself: judge.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.pdf.contents import strip_leaders
from indexer.pdf.margins import split_margins
from indexer.pdf.miner import Miner
from indexer.pdf.order import in_reading_order
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.raw import Line, RawPage

Split = tuple[RawPage, RawPage, tuple[str, ...]]
"""A page as read, what stays of it, its margins."""


def read(path: Path, reader: str) -> list[RawPage]:
    try:
        if reader == "pdfium":
            document = Pdfium(path)
            pages = [document.read(number) for number in range(1, document.count() + 1)]
            document.close()
        else:
            with path.open("rb") as stream:
                miner = Miner(stream)
                pages = [miner.read(number) for number in range(1, miner.count(path.stat().st_size) + 1)]
    except UnreadableFile:
        return []
    return [page for page in pages if page]


def letters(page: RawPage) -> int:
    return sum(len(line.text) for line in page.lines)


def context(kept: RawPage, line: Line) -> str:
    """The line that stays nearest to `line`, by height."""
    nearest = min(kept.lines, key=lambda one: abs(one.y0 - line.y0), default=None)
    return f"{abs(nearest.y0 - line.y0):4.0f} pt from {nearest.text[:60]!r}" if nearest else "nothing else on the page"


def removals(name: str, split: Split) -> Iterator[str]:
    page, kept, _ = split
    for line in set(page.lines) - set(kept.lines):
        yield f"{name} p. {page.number}: {line.text!r} at {line.y0 / page.height:.0%}, {context(kept, line)}"


def left_apart(name: str, split: Split) -> Iterator[str]:
    _, kept, margins = split
    for lines in (sorted(kept.lines, key=lambda line: line.y0), sorted(kept.lines, key=lambda line: -line.y0)):
        if len(lines) > 1 and abs(lines[0].y0 - lines[1].y0) > 2 * (lines[0].y1 - lines[0].y0):
            place = lines[0].y0 / kept.height
            if not 0.15 < place < 0.85:
                yield f"{name} p. {kept.number}: {lines[0].text[:80]!r} at {place:.0%}; taken: {margins}"


def show(title: str, found: list[str], most: int, seed: int) -> None:
    chosen = random.Random(seed).sample(found, min(most, len(found)))
    print(f"\n{title}: {len(chosen)} of {len(found)}", *sorted(chosen), sep="\n  ")


def timed(title: str, pages: int, work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    seconds = time.process_time() - begun
    print(f"{title}: {pages / seconds:.0f} pages/s")
    return seconds


def measure_speed(documents: list[list[RawPage]]) -> None:
    pages = [page for document in documents for page in document]
    texts = ["\n".join(line.text for line in page.lines) for page in pages]
    seconds = timed("margins", len(pages), lambda: [split_margins(document) for document in documents])
    seconds += timed("reading order", len(pages), lambda: [in_reading_order(page) for page in pages])
    seconds += timed("contents lines", len(pages), lambda: [strip_leaders(text) for text in texts])
    print(f"together: {len(pages) / seconds:.0f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", choices=["pdfium", "pdfminer"], default="pdfium")
    parser.add_argument("--files", type=int, help="read only that many files, drawn by the seed")
    parser.add_argument("--show", type=int, default=100)
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.rglob("*.pdf"))
    if arguments.files:
        paths = random.Random(arguments.seed).sample(paths, min(arguments.files, len(paths)))
    documents = {path.name: pages for path in paths if (pages := read(path, arguments.reader))}
    splits = [
        (name, (page, *done)) for name, pages in documents.items() for page, done in zip(pages, split_margins(pages), strict=True)
    ]
    before = sum(letters(page) for _, (page, _, _) in splits)
    after = sum(letters(kept) for _, (_, kept, _) in splits)
    taken = [len(margins) for _, (_, _, margins) in splits]
    print(f"{len(documents)} files, {len(splits)} pages, {arguments.reader}: {sum(taken)} lines taken out")
    print(f"{1 - after / before:.2%} of the letters, on {sum(map(bool, taken)) / len(splits):.1%} of the pages")
    show("taken out", [line for name, split in splits for line in removals(name, split)], arguments.show, arguments.seed)
    if arguments.missed:
        show("left", [line for name, split in splits for line in left_apart(name, split)], arguments.missed, arguments.seed)
    print()
    measure_speed(list(documents.values()))


if __name__ == "__main__":
    main()
