"""What does each cleaning rule of PDF text do, and how often is it right?

    python bench/cleaning.py DIR [--reader pdfium|pdfminer] [--files N] [--show K] [--seed N]    (or: make bench-cleaning DIR=…)

Hyphens are judged by the words of the other files of DIR: a case is decidable where these have the word, joined or with its
hyphen, three times or more inside their lines. Accents are judged by the dictionary. Lost ligatures are simulated: on each file
in turn, those of its words are replaced by marks as broken fonts leave them, and the repair is compared with what was there.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from indexer.analysis import SOFT_HYPHEN
from indexer.errors import UnreadableFile
from indexer.pdf import accents, cleaning, footnotes, hyphens, ligatures, spacing
from indexer.pdf.lexicon import is_word
from indexer.pdf.miner import Miner
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.raw import RawPage

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)[-\u2010\u2011][ \t]*\n[ \t]*([^\W\d_]+)")
_LIGATURES = re.compile("ffi|ffl|fi|ff|fl")
_FEWEST = 3


def read(path: Path, reader: str) -> list[RawPage]:
    """The pages of a PDF, uncleaned."""
    if reader == "pdfium":
        document = Pdfium(path)
        pages = [document.read(number) for number in range(1, document.count() + 1)]
        document.close()
    else:
        with path.open("rb") as stream:
            miner = Miner(stream)
            pages = [miner.read(number) for number in range(1, miner.count(path.stat().st_size) + 1)]
    return [page for page in pages if page]


def plain(page: RawPage) -> str:
    """The text of a page as the reader gives it."""
    blocks = ("\n".join(line.text for line in lines) for _, lines in groupby(page.lines, key=lambda line: line.block))
    return "\n\n".join(blocks)


def inside_lines(texts: list[str]) -> Counter[str]:
    """The words of texts, those cut at line ends left out."""
    return Counter(word for text in texts for word in _WORD.findall(_CUT.sub(" ", text).lower()))


def judge_hyphens(documents: dict[Path, list[str]], show: int, chance: random.Random) -> str:
    words = {path: inside_lines(texts) for path, texts in documents.items()}
    everywhere = sum(words.values(), Counter[str]())
    made: Counter[str] = Counter()
    right = decidable = 0
    wrong: list[str] = []
    for path, texts in documents.items():
        for first, second in (cut.groups() for text in texts for cut in _CUT.finditer(text)):
            link = hyphens.between(first, second, words[path])
            made[{"": "joined", "-": "kept", SOFT_HYPHEN: "undecided"}[link]] += 1
            joined, apart = (first + second).lower(), f"{first}-{second}".lower()
            counts = [everywhere[word] - words[path][word] for word in (joined, apart)]
            if sum(counts) >= _FEWEST and link != SOFT_HYPHEN:
                decidable += 1
                is_right = (link == "") == (counts[0] >= counts[1])
                right += is_right
                wrong += [] if is_right else [f"{first}|{link}|{second}"]
    for case in chance.sample(wrong, min(show, len(wrong))):
        print("    wrong hyphen:", case)
    return f"{sum(made.values())} cut words: {dict(made)}; right {right} of {decidable} decidable ({share(right, decidable)})"


def judge_accents(documents: dict[Path, list[str]]) -> str:
    made = real = 0
    for text in (text for texts in documents.values() for text in texts):
        composed = accents.compose(text)
        if composed != text:
            whole, before = (hyphens.mend(each, {}) for each in (composed, text))
            new = Counter(_WORD.findall(whole)) - Counter(_WORD.findall(before))
            words = [word for word in new.elements() if len(word) >= 3 and not word.isascii()]
            made, real = made + len(words), real + sum(map(is_word, words))
    return f"{made} words with composed accents, {real} real ({share(real, made)})"


def judge_ligatures(documents: dict[Path, list[str]]) -> str:
    marks = {found: f"(cid:{number})" for number, found in enumerate(("ffi", "ffl", "fi", "ff", "fl"), 20)}
    damaged_words = repaired = 0
    for texts in documents.values():
        sound = sorted({word for text in texts for word in _WORD.findall(text) if is_word(word) and _LIGATURES.search(word)})
        damaged = [_LIGATURES.sub(lambda found: marks[found[0]], word) for word in sound]
        mended = ligatures.restore(damaged, is_word)
        damaged_words += len(sound)
        repaired += sum(before == after for before, after in zip(sound, mended, strict=True))
    return f"{damaged_words} words damaged by the bench, {repaired} repaired ({share(repaired, damaged_words)})"


def judge_others(documents: dict[Path, list[str]], show: int, chance: random.Random) -> Iterator[str]:
    changed: dict[str, list[str]] = {"spaced letters": [], "footnote digits": []}
    for texts in documents.values():
        counts = inside_lines(texts)
        for text in texts:
            for name, new in (("spaced letters", spacing.close_up(text)), ("footnote digits", footnotes.set_apart(text, counts))):
                changed[name] += [
                    after for before, after in zip(text.split("\n"), new.split("\n"), strict=True) if after != before
                ]
    for name, lines in changed.items():
        for line in chance.sample(lines, min(show, len(lines))):
            print(f"    {name}: {line.strip()[:110]}")
        yield f"{name}: {len(lines)} lines changed"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "none"


def real_share(texts: list[str]) -> str:
    words = [word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)]
    return share(sum(map(is_word, words)), len(words))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--reader", choices=("pdfium", "pdfminer"), default="pdfium")
    parser.add_argument("--files", type=int)
    parser.add_argument("--show", type=int, default=0, help="print so many examples of each rule")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    raw: dict[Path, list[RawPage]] = {}
    for path in sorted(arguments.dir.rglob("*.pdf"))[: arguments.files]:
        try:
            raw[path] = read(path, arguments.reader)
        except UnreadableFile as error:
            print(f"    {path.name}: {error}")
    documents = {path: [plain(page) for page in pages] for path, pages in raw.items()}
    pages = sum(map(len, documents.values()))
    composed = {path: [accents.compose(ligatures.as_letters(text)) for text in texts] for path, texts in documents.items()}
    print(f"{len(documents)} files, {pages} pages, reader {arguments.reader}")
    print("accents:", judge_accents(documents))
    print("hyphens:", judge_hyphens(composed, arguments.show, chance))
    print("ligatures:", judge_ligatures(composed))
    for line in judge_others(composed, arguments.show, chance):
        print(line)
    begun = time.process_time()
    clean = [page.text for texts in raw.values() for page in cleaning.clean_pages(texts)]
    seconds = time.process_time() - begun
    print(f"real words: {real_share([text for texts in documents.values() for text in texts])} before, {real_share(clean)} after")
    print(f"cleaning alone: {pages / seconds:.0f} pages/s on one core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
