"""The stream of words equals the analyser; the cache is bounded; threads share a reader."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import tokens
from indexer.cache import Cache
from indexer.engine.contract import Request
from indexer.engine.whoosh.phrases import common
from indexer.stream import PLAIN, STOP, VARIANT, Vocabulary
from tests.engine.conftest import NO_FACTS, WORDS, Opened, make

SAMPLES = sorted(Path("corpus").rglob("*.txt")) + sorted(Path("tests/corpus").rglob("*.txt"))
HARD = """
    est EST Est été a l’été d’Est pas plus Pas-de-Calais Pas de Calais Seine-Saint-Denis Val d’Oise Haute Marne sans-abri
    est-ce a-t-il 12 000 1er n° QPV AURA l’AURA nous sommes avions chef·fe é e\u0301t\u0301e
"""
PIECES = st.sampled_from([*WORDS, *HARD.split()])
GAPS = st.sampled_from([" ", "\u00a0", "-", "’", ". ", ", ", "\n\n", "\u00ad", "_", " – ", "«"])
TEXTS = st.lists(st.tuples(GAPS, PIECES), max_size=25).map(lambda parts: "".join(gap + piece for gap, piece in parts))


def streamed(text: str, words: Vocabulary) -> list[tuple[str, int, int]]:
    found = words.stream(text)
    names = list(words.forms)
    return [
        (names[f], p, k) for f, p, k in zip(found.forms.tolist(), found.positions.tolist(), found.kinds.tolist(), strict=True)
    ]


def analysed(text: str) -> list[tuple[str, int, int]]:
    return [(t.form, t.position, STOP if t.stop else VARIANT if t.variant else PLAIN) for t in tokens(text)]


@pytest.mark.parametrize("path", SAMPLES[:60], ids=str)
def test_the_stream_of_a_text_is_what_the_analyser_gives(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    assert streamed(text, Vocabulary()) == analysed(text)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_the_stream_of_any_text_is_what_the_analyser_gives(text: str) -> None:
    words = Vocabulary()
    words.stream("des mots d’avant")
    assert streamed(text, words) == analysed(text)


def test_every_form_has_the_term_of_the_analyser() -> None:
    words = Vocabulary()
    found = words.stream("Les professionnel·les co-construisent l’été des habitants")
    terms = list(words.terms)
    expected = {t.form: t.term for t in tokens("Les professionnel·les co-construisent l’été des habitants") if not t.stop}
    forms = list(words.forms)
    assert {forms[f]: terms[words.terms_of(np.array([f]))[0]] for f in found.forms.tolist() if forms[f] in expected} == expected


def test_the_cache_forgets_the_least_used_first() -> None:
    cache = Cache(100)
    made: list[str] = []

    def make_it(key: str) -> str:
        return cache.get(key, lambda: (made.append(key), key)[1], lambda _: 40)

    for key in ("a", "b", "a", "c", "a", "b"):
        make_it(key)
    assert made == ["a", "b", "c", "b"]


@settings(deadline=None)
@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_what_two_arrays_have_both(one: set[int], other: set[int]) -> None:
    arrays = (np.array(sorted(values), np.int64) for values in (one, other))
    assert common(*arrays).tolist() == sorted(one & other)


def test_threads_share_a_reader_while_the_index_changes(opened: Opened) -> None:
    random = Random(1)
    engine = opened([make(number, random) for number in range(50)])
    totals = {engine.search(Request("ville OR quartier")).total}

    def ask(_: int) -> int:
        return engine.search(Request("ville OR quartier")).total

    with ThreadPoolExecutor(4) as pool:
        for step in range(4):
            asked = pool.map(ask, range(20))
            engine.update([make(100 + step, random)], [], NO_FACTS)
            totals.add(engine.search(Request("ville OR quartier")).total)
            assert set(asked) <= totals
