"""The analyser, periods and the marking of words."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.analysis import terms, tokens
from indexer.folding import fold
from indexer.highlight import Place, divided, mark, passage
from indexer.periods import parse_period
from indexer.query import leaves
from indexer.query_parser import parse


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("évaluation", "EVALUATIONS"),
        ("l’emploi", "emplois"),
        ("l'emploi", "emploi"),
        ("œuvre", "oeuvres"),
        ("professionnel·les", "professionnels"),
        ("délégué.e.s", "déléguée"),
        ("conseils citoyens", "conseil citoyen"),
        ("nationaux", "national"),
        ("discriminations", "discrimination"),
    ],
)
def test_words_that_mean_the_same_meet(left: str, right: str) -> None:
    assert terms(left) == terms(right)


@pytest.mark.parametrize(("left", "right"), [("chat", "châtiment"), ("ville", "village")])
def test_words_that_differ_stay_apart(left: str, right: str) -> None:
    assert terms(left) != terms(right)


def test_stop_words_leave_no_hole() -> None:
    assert terms("la politique de la ville") == terms("politique ville")


def test_folding_takes_accents_and_ligatures_away() -> None:
    assert fold("Évaluation de l’Œuvre – ÎLE") == "evaluation de l’oeuvre – ile"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-05-11", date(2017, 5, 11), date(2017, 5, 11)),
        ("11/05/2017", date(2017, 5, 11), date(2017, 5, 11)),
        ("12/2017", date(2017, 12, 1), date(2017, 12, 31)),
        (" 2017 ", date(2017, 1, 1), date(2017, 12, 31)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last)


@pytest.mark.parametrize("text", ["2017-02-30", "2017-13", "hier", "", "0000", "11/05/17", "2017-05-11T10:00"])
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_phrases_are_marked_as_one_and_only_in_order() -> None:
    words = list(leaves(parse('"politique de la ville" quartiers').tree))
    text = "La ville, la politique de la ville, le quartier."
    assert [piece for piece, matched in mark(text, words) if matched] == ["politique de la ville", "quartier"]
    assert "".join(piece for piece, _ in mark(text, words)) == text


def test_a_passage_is_cut_at_sentences_or_words() -> None:
    (leaf,) = leaves(parse("aiguille").tree)
    text = "Un début. " + "mot " * 200 + "aiguille " + "mot " * 200
    position = len(list(tokens(text[: text.index("aiguille")])))
    shown = "".join(piece for piece, _ in passage(divided(text), position, position, [Place(position, 1, leaf)]))
    assert ("aiguille", True) in passage(divided(text), position, position, [Place(position, 1, leaf)])
    assert shown.startswith("… mot")
    assert shown.endswith("mot …")
    assert len(shown) < 300
