"""The analyser, the query parser, periods and the marking of words."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.analysis import fold, terms, tokens
from indexer.highlight import mark, passage
from indexer.periods import parse_period
from indexer.query import MAX_CLAUSES, And, Not, Or, Prefix, Words, leaves, parse, relaxed


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


def test_a_word_cut_by_a_soft_hyphen_is_found_whole_and_by_its_halves() -> None:
    text = "le porte\u00advoix du quartier"
    assert terms(text) == terms("porte voix portevoix quartier")
    assert mark(text, leaves(parse("portevoix").tree)) == (("le ", False), ("porte\u00advoix", True), (" du quartier", False))
    assert mark(text, leaves(parse("porte*").tree)) == (("le ", False), ("porte\u00advoix", True), (" du quartier", False))
    assert mark(text, leaves(parse("voix").tree)) == (("le porte\u00ad", False), ("voix", True), (" du quartier", False))


def test_offsets_are_those_of_the_text() -> None:
    text = "L’accès aux droits"
    assert [text[token.start : token.end] for token in tokens(text)] == ["accès", "droits"]


def test_folding_takes_accents_and_ligatures_away() -> None:
    assert fold("Évaluation de l’Œuvre – ÎLE") == "evaluation de l’oeuvre – ile"


def word(text: str, field: str = "texte") -> Words:
    return Words(text, tuple(terms(text)), tuple(token.form for token in tokens(text)), field)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("réseau ville", (word("réseau"), word("ville"))),
        ('"chefs de projet"', (word("chefs de projet"),)),
        ("a OR ville OR quartier projet", (Or((word("ville"), word("quartier"))), word("projet"))),
        ("ville -quartier", (word("ville"), Not(word("quartier")))),
        ('-"chefs de projet"', (Not(word("chefs de projet")),)),
        ("discrim*", (Prefix("discrim*", "discrim"),)),
        ("lieu:Noyon", (word("Noyon", "lieu"),)),
        ("Thème:santé", (word("santé", "theme"),)),
        ('titre:"contrat de ville"', (word("contrat de ville", "titre"),)),
        ("date:05/2017", (Words("05/2017", ("2017-05",), ("2017-05",), "date"),)),
        ("Pas-de-Calais", (word("Pas-de-Calais"),)),
        ("", ()),
    ],
)
def test_the_query_language(query: str, nodes: tuple[object, ...]) -> None:
    assert parse(query).tree == And(nodes)  # type: ignore[arg-type]


def test_an_accent_typed_in_two_signs_is_the_same_word() -> None:
    assert [leaf.terms for leaf in leaves(parse("e\u0301valuation").tree)] == [("evalu",)]


def test_work_is_bounded() -> None:
    parsed = parse("mot " * 2 * MAX_CLAUSES)
    assert len(parsed.tree.nodes) <= MAX_CLAUSES
    assert [notice.code for notice in parsed.notices] == ["too_long"]


def test_relaxing_keeps_what_is_not_a_plain_word() -> None:
    tree = parse("ville quartier lieu:oise -emploi").tree
    assert relaxed(tree) == And((Or((word("ville"), word("quartier"))), word("oise", "lieu"), Not(word("emploi"))))
    assert relaxed(parse("ville").tree) is None


def test_negated_words_are_not_marked() -> None:
    assert [leaf.text for leaf in leaves(parse("ville -quartier emploi OR santé").tree)] == ["ville", "emploi", "santé"]


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
    words = list(leaves(parse("aiguille").tree))
    text = "Un début. " + "mot " * 200 + "aiguille " + "mot " * 200
    position = len(list(tokens(text[: text.index("aiguille")])))
    shown = "".join(piece for piece, _ in passage(text, position, position, words))
    assert shown.startswith("… mot")
    assert shown.endswith("mot …")
    assert len(shown) < 300
