"""The words characteristic of a selection: counts equal to a count by hand, figures to a published example."""

from __future__ import annotations

import random
from collections import Counter
from math import log2

import numpy as np
import pytest

from indexer.engine.contract import Request
from indexer.engine.loglikelihood import g2
from tests.contract.conftest import NO_FACTS, NOYON, Shelf

WORDS = ("quartier", "ville", "conseil", "citoyen", "jeunes", "santé", "emploi")


@pytest.mark.parametrize(
    ("table", "expected"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((31, 23, 139, 31584), 256.84)],
)
def test_g2_is_that_of_the_table_of_dunning(table: tuple[int, ...], expected: float) -> None:
    """The first rows of his table of bigrams (1993): "the swiss", "can be", "previous year"."""
    assert round(float(g2(*(np.array(float(cell)) for cell in table))), 2) == expected


def test_counts_are_those_of_a_count_by_hand(shelf: Shelf) -> None:
    rng = random.Random(5)
    texts = {f"d{number:02}": [rng.choice(WORDS[number % 3 :]) for _ in range(rng.randint(5, 60))] for number in range(40)}
    dossiers = [
        shelf.dossier(name, " ".join(text), title="Ville, ville, ville", places=(NOYON,) if number % 2 else ())
        for number, (name, text) in enumerate(texts.items())
    ]
    engine = shelf.fill(*dossiers[:30])
    engine.update(dossiers[30:], ["d00"], NO_FACTS)  # several segments, and a deletion
    here = [text for number, text in enumerate(texts.values()) if number % 2]
    there = [text for number, text in enumerate(texts.values()) if number % 2 == 0 and number]
    found = engine.keywords(Request(filters={"lieu": ("noyon",)}), least=1)
    by_hand = [Counter(word for text in texts for word in text) for texts in (here, there)]
    sizes = [sum(counts.values()) for counts in by_hand]
    assert (found.dossiers_here, found.dossiers_there) == (len(here), len(there))
    assert [found.words_here, found.words_there] == sizes
    assert found.keywords
    for one in found.keywords:
        assert (one.here, one.there) == (by_hand[0][one.word], by_hand[1][one.word])
        assert one.dossiers == sum(one.word in text for text in here)
        assert one.ratio == pytest.approx(log2((one.here / sizes[0]) / (max(one.there, 0.5) / sizes[1])))
    frequent = {word for word in WORDS if by_hand[0][word] * sizes[1] > by_hand[1][word] * sizes[0]}
    assert {one.word for one in found.keywords} == frequent
    scores = [one.score for one in found.keywords]
    assert scores == sorted(scores, reverse=True)


def test_a_word_is_shown_as_it_is_mostly_written(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("a", "Les habitants, des habitants, une habitante ; Mons-en-Barœul.", places=(NOYON,)),
        shelf.dossier("b", "La ville et les ateliers."),
    )
    found = {one.word: one.here for one in engine.keywords(Request(filters={"lieu": ("noyon",)}), least=1).keywords}
    assert found["habitants"] == 3
    assert "les" not in found


def test_selections_are_compared_with_each_other(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("a", "Santé santé quartier."),
        shelf.dossier("b", "Emploi emploi quartier."),
        shelf.dossier("c", "Jardin jardin."),
    )
    found = engine.keywords(Request("santé"), Request("emploi"), least=1)
    assert (found.dossiers_here, found.dossiers_there, found.words_there) == (1, 1, 3)
    assert [one.word for one in found.keywords] == ["santé"]


def test_an_empty_selection_or_all_there_is_has_no_words(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "Santé santé quartier."), shelf.dossier("b", "Emploi."))
    for request in (Request("introuvable", correct=False), Request(), Request(filters={"theme": ("rien",)})):
        assert engine.keywords(request, least=1).keywords == ()
