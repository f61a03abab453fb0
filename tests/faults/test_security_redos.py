"""No regular expression can be made to hang: each is fed with inputs built to hurt, alone and where files and questions come in.

Alone, the time that an expression takes may grow as the square of what it is given, never faster: a square is what \\s*x costs on
blanks, and every text that comes in has its blanks made single or its length bounded. That this is so is shown at the doors:
there time grows as the length does. What is compared are times on inputs of one length and of four times that: a line takes
four times as long, a square sixteen, a cube sixty-four; the bounds stand well between.
"""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from random import Random
from time import process_time

import pytest

from indexer.config import Settings
from indexer.dossier import assemble, plan_dossiers
from indexer.errors import UnreadableFile
from indexer.facts.dates import dates_in_file_name, find_dates, read_dates
from indexer.facts.organisations import split_organisations
from indexer.facts.places import find_places, parse_places
from indexer.highlight import divided, mark, passage
from indexer.model import PageFile
from indexer.pages.page import read_page
from indexer.pdf.cleaning import clean_pages
from indexer.pdf.raw import Line, RawPage
from indexer.query_parser import parse
from indexer.rules import load_rules
from tests.faults import patterns
from tests.faults.attacks import Attack, attacks
from tests.faults.variant import LONG

SHORTEST = 0.004
"""Seconds below which a time says nothing."""
MOST = 5.0
"""Seconds after which an attempt is over: far beyond what any may take."""
PATTERNS = patterns.every()
RULES = load_rules(Settings())


class Slow(Exception):
    """An attempt took `MOST`."""


@contextmanager
def limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Slow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = process_time()
    with limited(), suppress(Slow):
        work(text)
        return process_time() - begun
    return inf


def growth(work: Callable[[str], object], attack: Attack, first: int, last: int) -> tuple[float, int]:
    """By how much the time grows when the input grows fourfold, at the first length where that can be told; else 0."""
    length = first
    while length <= last:
        if seconds(work, attack.of_length(length)) > SHORTEST:
            short = min(seconds(work, attack.of_length(length)) for _ in range(3))
            return (inf if short == inf else min(seconds(work, attack.of_length(4 * length)) for _ in range(2)) / short), length
        length *= 2
    return 0.0, last


def all_matches(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Callable[[str], object]:
    if isinstance(pattern.pattern, bytes):
        return lambda text: sum(1 for _ in pattern.finditer(text.encode("latin-1", "replace")))  # type: ignore[arg-type]
    return lambda text: sum(1 for _ in pattern.finditer(text))  # type: ignore[arg-type]


def whole_match(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Callable[[str], object]:
    if isinstance(pattern.pattern, bytes):
        return lambda text: pattern.fullmatch(text.encode("latin-1", "replace"))  # type: ignore[arg-type]
    return lambda text: pattern.fullmatch(text)  # type: ignore[arg-type]


def test_every_expression_is_known() -> None:
    files = {file for file, _ in PATTERNS}
    assert len(PATTERNS) > 300
    assert {file for file, _, _, _ in patterns.calls()} - files <= {"indexer/understanding.py", "indexer/config.py"}
    for file, line, argument, _ in patterns.calls():
        if isinstance(argument, ast.Constant):
            assert (file, argument.value) in PATTERNS, f"{file}:{line}"


def test_no_expression_takes_more_than_a_square() -> None:
    anchored, worse, inputs = patterns.anchored(), [], 0
    for (file, pattern), flags in PATTERNS.items():
        compiled = re.compile(pattern, flags)
        works = [whole_match(compiled)] if pattern in anchored else [all_matches(compiled), whole_match(compiled)]
        for attack in attacks(pattern, flags, most=400 if LONG else 12):
            for work in works:
                inputs += 1
                ratio, length = growth(work, attack, 16, 4096 if LONG else 256)
                if ratio > 32:
                    worse.append(f"{file}: {str(pattern)[:80]} ×{ratio:.0f} at {length}: {attack}")
    print(f"{len(PATTERNS)} expressions, {inputs} attacks")
    assert not worse, "\n".join(worse)


def page(name: str, text: str) -> None:
    """What a build does with a page."""
    with suppress(UnreadableFile):
        read = read_page(name, text.encode("utf-8", "replace"), RULES.labels)
        (plan,) = plan_dossiers([PageFile(name, "page", read)], [])
        assemble(plan, lambda *_: read.text, RULES)


def pdf(text: str) -> None:
    lines = tuple(
        Line(line, 72, 700 - 12 * row, 500, 712 - 12 * row, 0) for row, line in enumerate(text.split("\n")) if line.strip()
    )
    if lines:
        clean_pages([RawPage(1, 595, 842, lines, reader="pdfminer")])


def shown(text: str) -> None:
    found = divided(f"ville {text} ville")
    mark(found.text, [])
    passage(found, 0, len(found.ends) // 2, [])


DOORS: dict[str, Callable[[str], object]] = {
    "a page's body": lambda text: page("a.txt", f"Titre\n\n{text}"),
    "a page's labels": lambda text: page("a.txt", f"Corps.\n\nDates:\n  {text}\n\nLieu:\n  {text}\n\nOrganisé par : {text}"),
    "an HTML article": lambda text: page("a.html", f"<html><body><h1>Titre</h1><p>{text}</p></body></html>"),
    "HTML": lambda text: page("a.html", text),
    "a PDF": pdf,
    "a passage": shown,
    "a query": parse,
    "a date": lambda text: (read_dates(text), find_dates(text[:1500])),
    "a place": lambda text: (parse_places([text], RULES.places), find_places(text[:1500], RULES.places)),
    "bodies": split_organisations,
    "a file's name": lambda text: dates_in_file_name(text[:255]),
}


@pytest.mark.parametrize("door", DOORS)
def test_what_comes_in_takes_time_as_it_is_long(door: str) -> None:
    chosen = {(one.prefix, one.pump): one for (_, pattern), flags in PATTERNS.items() for one in attacks(pattern, flags)}
    some = [one for one in chosen.values() if len(one.prefix) + len(one.pump) < 200]
    some = some if LONG else Random(1).sample(some, 24)
    work = DOORS[door]
    work("chauffe les dictionnaires, à Noyon (60) le 3 mai 2017\0(cid:1)²")
    worse = []
    for attack in some:
        length = 4000
        if seconds(work, attack.of_length(length)) < 0.1:
            continue
        ratio, _ = growth(work, attack, length, length)
        if ratio > 10:
            worse.append(f"×{ratio:.0f}: {attack}")
    assert not worse, "\n".join(worse)


KNOWN: dict[str, tuple[str, str, str]] = {
    "a word with many hyphens": ("a passage", "", "-a"),
    "a row of numbers": ("a passage", "", "123 "),
    "lines of a place": ("a page's labels", "", "à\n"),
    "blank lines in a passage": ("a passage", "", "\n"),
    "a footnote's blanks": ("a page's body", "[7]", " "),
    "a line of numbers": ("a PDF", "", "1;"),
    "a long word beside a lost letter": ("a PDF", "(cid:3) ", "a"),
    "a long word beside a soft hyphen": ("a PDF", ";\xad", "a"),
    "accents one after another": ("a PDF", "", "`a"),
    "many bodies": ("bodies", "", " , avec"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_once_took_a_square_or_more_does_no_longer(name: str) -> None:
    door, prefix, pump = KNOWN[name]
    attack, work = Attack(prefix, pump, "\x00"), DOORS[door]
    work("chauffe les dictionnaires, à Noyon (60) le 3 mai 2017\0(cid:1)²")
    ratio, length = growth(work, attack, 4000, 16_000)
    assert ratio < 10, f"×{ratio:.0f} at {length}"
