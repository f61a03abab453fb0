"""The figures of the sample corpus: each equal to a count over the extracted text, file by file, word by word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer import open_reader
from indexer.analysis import term_of, tokens
from indexer.build import build
from indexer.engine.contract import NEAR, Reader, Request
from indexer.folding import fold
from tests.engines import EACH, engine_settings

ROOT = Path(__file__).parents[1]
EXPRESSIONS = ("habitants", "conseil citoyen", "quartier", "association", "politique de la ville", "santé", "jeunes", "emploi")


class File(NamedTuple):
    """A page or a PDF: at each position of its text the terms of the word there, stop words marked by a star."""

    dossier: str
    years: frozenset[int]
    words: list[set[str]]


@pytest.fixture(scope="module", params=EACH)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with engine_settings(request.param, tmp_path_factory.mktemp("index"), corpus=ROOT / "corpus") as settings:
        build(settings, lambda *_: None)
        reader = open_reader(settings)
        yield reader
        reader.close()


@pytest.fixture(scope="module")
def files(reader: Reader) -> list[File]:
    found = []
    for card in reader.every(Request()):
        years = frozenset(year for when in card.dates for year in range(when.start.year, when.end.year + 1))
        for _, parts in groupby(reader.get(card.id).parts, key=lambda part: part.attachment):
            words = [word for part in parts for word in words_of("".join(text for text, _ in part.segments))]
            found.append(File(card.id, years, words))
    return found


def words_of(text: str) -> list[set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for token in tokens(text):
        found[token.position].add(f"*{token.term}" if token.stop else token.term)
    return [found[position] for position in range(len(found))]


def places(file: File, expression: str) -> list[int]:
    """Where an expression begins."""
    sought = [{term_of(form), f"*{form}"} for form in fold(expression).split()]
    last = len(file.words) - len(sought) + 1
    return [at for at in range(last) if all(file.words[at + n] & words for n, words in enumerate(sought))]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_occurrences(reader: Reader, files: list[File], expression: str) -> None:
    by_hand = {file.dossier: 0 for file in files}
    for file in files:
        by_hand[file.dossier] += len(places(file, expression))
    found = reader.concordance(Request(expression))
    assert (found.total, found.dossiers) == (sum(by_hand.values()), sum(1 for times in by_hand.values() if times))
    assert found.total > 10
    assert sum(form.occurrences for form in reader.forms(Request(expression))) == found.total
    lines = Counter(line.card.id for line in found.lines)
    assert lines == Counter({dossier: times for dossier, times in by_hand.items() if times})


def test_occurrences_over_time(reader: Reader, files: list[File]) -> None:
    found = reader.trend(Request(), EXPRESSIONS[:5])
    for series in found.series:
        times, dossiers = Counter[int](), defaultdict[int, set[str]](set)
        for file in files:
            here = len(places(file, series.expression))
            for year in file.years if here else ():
                times[year] += here
                dossiers[year].add(file.dossier)
        years = [first.year for first in found.periods]
        assert list(series.occurrences) == [times[year] for year in years]
        assert list(series.dossiers) == [len(dossiers[year]) for year in years]
    words = Counter[int]()
    for file in files:
        words.update(dict.fromkeys(file.years, len(file.words)))
    assert list(found.words) == [words[first.year] for first in found.periods]


def test_characteristic_words(reader: Reader, files: list[File]) -> None:
    request = Request(filters={"type": ("retour",)})
    selected = {card.id for card in reader.every(request)}
    here, there = (Counter(terms(file for file in files if (file.dossier in selected) is side)) for side in (True, False))
    found = reader.keywords(request, least=3, most=50)
    assert found.words_here == sum(len(file.words) for file in files if file.dossier in selected)
    assert found.words_here + found.words_there == sum(len(file.words) for file in files)
    assert len(found.keywords) == 50
    having = defaultdict[str, set[str]](set)
    for file in files:
        for term in set().union(*file.words) if file.dossier in selected else ():
            having[term].add(file.dossier)
    for one in found.keywords:
        counts = {(here[term], there[term], len(having[term])) for term in terms_of_form(one.word)}
        assert (one.here, one.there, one.dossiers) in counts


@pytest.mark.parametrize("expression", EXPRESSIONS[:5])
def test_words_near(reader: Reader, files: list[File], expression: str) -> None:
    nearby, size = Counter[str](), 0
    length = len(expression.split())
    for file in files:
        starts = places(file, expression)
        inside = {at + n for at in starts for n in range(length)}
        near = {place for at in starts for place in range(at - NEAR, at + length + NEAR)} - inside
        kept = [file.words[place] for place in near if 0 <= place < len(file.words)]
        size += len(kept)
        nearby.update(word for words in kept for word in words)
    found = reader.collocates(Request(expression), least=2)
    assert found.words_here == size
    assert found.keywords
    for one in found.keywords:
        assert one.here in {nearby[term] for term in terms_of_form(one.word)}


def terms(files: Iterator[File]) -> Iterator[str]:
    for file in files:
        for words in file.words:
            yield from words


def terms_of_form(form: str) -> set[str]:
    """The terms that a form shown can stand for: of a word with hyphens the whole or its parts."""
    return {token.term for token in tokens(form)}
