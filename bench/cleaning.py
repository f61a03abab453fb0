"""What does each cleaning rule of PDF text do, and how often is it right?

    python bench/cleaning.py DIR [--reader pdfium|pdfminer] [--files N] [--show K] [--seed N]    (or: make bench-cleaning DIR=…)

Hyphens are judged by the words of the other files of DIR: a case is decidable where these have the word, joined or with its
hyphen, three times or more inside their lines. Accents are judged by the dictionary and by the words that the files have with
accents of their own. Footnote digits are judged by how the page draws them: smaller than the word and raised. Lost ligatures are
simulated: on each file in turn, those of its words are replaced by marks as broken fonts leave them, and the repair is compared
with what was there. Garbage is simulated on pages of prose (100 words or more, three in four real).
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium

from indexer.analysis import SOFT_HYPHEN
from indexer.errors import UnreadableFile
from indexer.pdf import accents, cleaning, footnotes, hyphens, ligatures, spacing
from indexer.pdf.garbage import is_garbage
from indexer.pdf.lexicon import is_word
from indexer.pdf.miner import Miner
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.raw import RawPage

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
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
    written = Counter(word for texts in documents.values() for text in texts for word in _LETTERS.findall(text.lower()))
    made = real = 0
    for text in (text for texts in documents.values() for text in texts):
        composed = accents.compose(text)
        if composed != text:
            whole, before = (hyphens.mend(each, {}) for each in (composed, text))
            new = Counter(_LETTERS.findall(whole)) - Counter(_LETTERS.findall(before))
            words = [word for word in new.elements() if len(word) >= 3 and not word.isascii()]
            made, real = made + len(words), real + sum(is_word(word) or written[word.lower()] >= _FEWEST for word in words)
    return f"{made} words with composed accents, {real} real ({share(real, made)})"


def judge_footnotes(documents: dict[Path, list[str]], show: int, chance: random.Random) -> str:
    calls: list[tuple[bool, str]] = []
    for path, texts in documents.items():
        counts = cleaning.count_words(texts)
        changed = [number for number, text in enumerate(texts) if footnotes.set_apart(text, counts) != text]
        if changed:
            with closing(pdfium.PdfDocument(path)) as document:
                calls += [call for number in changed for call in drawn_calls(document[number], counts)]
    for case in chance.sample(calls, min(show, len(calls))):
        print("    footnote digits:", *case)
    right = sum(raised for raised, _ in calls)
    return f"footnote digits: {len(calls)} set apart, {right} drawn smaller and raised ({share(right, len(calls))})"


def drawn_calls(page: pdfium.PdfPage, counts: Counter[str]) -> list[tuple[bool, str]]:
    """The digits of a page that the rule sets apart: whether they are drawn as a footnote's call, and their surroundings."""
    letters = page.get_textpage()
    text = "".join(chr(pdfium.raw.FPDFText_GetUnicode(letters.raw, at)) for at in range(letters.count_chars()))
    text = text.replace("\r\n", " \n")
    spaced = footnotes.set_apart(text, counts)
    starts, added = [], 0
    for at in range(len(text)):
        if spaced[at + added] != text[at]:
            starts, added = [*starts, at], added + 1
    return [(is_raised(letters, text, at), text[max(0, at - 40) : at + 10].replace("\n", "/")) for at in starts]


def is_raised(letters: pdfium.PdfTextPage, text: str, at: int) -> bool:
    """Whether a digit is smaller than the word before it and stands higher."""
    first = next(index for index in range(at - 1, -2, -1) if index < 0 or not text[index].isalpha()) + 1
    word = [letters.get_charbox(index) for index in range(first, at)]
    base, top = statistics.median(box[1] for box in word), max(box[3] for box in word)
    _, low, _, high = letters.get_charbox(at)
    return low - base > (top - base) / 5 and high - low < 0.85 * (top - base)


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


def judge_spacing(documents: dict[Path, list[str]]) -> str:
    changed = sum(spacing.close_up(text) != text for texts in documents.values() for text in texts)
    return f"spaced letters: closed up on {changed} pages"


def judge_garbage(documents: dict[Path, list[str]], chance: random.Random) -> Iterator[str]:
    prose = [text for texts in documents.values() for text in texts if is_prose(text)]
    yield f"garbage: {sum(map(is_garbage, prose))} false alarms on {len(prose)} pages of prose"
    for name, damage in {
        "letters shifted": lambda text: codecs.encode(text, "rot13"),
        "letters lost": lambda text: "".join("(cid:3)" if chance.random() < 0.2 else letter for letter in text),
        "private letters": lambda text: "".join(chr(0xE000 + ord(letter)) if letter.isalpha() else letter for letter in text),
        "letters apart": lambda text: " ".join(text),
        "words glued": lambda text: text.replace(" ", ""),
    }.items():
        yield f"garbage: {name}: {share(sum(is_garbage(damage(text)) for text in prose), len(prose))} caught"


def is_prose(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", text)
    return len(words) >= 100 and 4 * sum(map(is_word, words)) >= 3 * len(words)


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
    print(judge_footnotes(composed, arguments.show, chance))
    print(judge_spacing(composed))
    for line in judge_garbage(composed, chance):
        print(line)
    begun = time.process_time()
    clean = [page.text for texts in raw.values() for page in cleaning.clean_pages(texts)]
    seconds = time.process_time() - begun
    print(f"real words: {real_share([text for texts in documents.values() for text in texts])} before, {real_share(clean)} after")
    print(f"cleaning alone: {pages / seconds:.0f} pages/s on one core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
