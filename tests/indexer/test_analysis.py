"""The analyser: which words, which of them tell something, which spellings are one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import content, terms, tokens
from indexer.inclusive import genders
from indexer.lemmas import lemma


def stops(text: str) -> list[str]:
    return [token.form for token in tokens(text) if token.stop]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("quartiers d’été", ["quartiers", "ete"]),
        ("quartiers d'ete", ["quartiers", "ete"]),
        ("l’atelier a été annulé", ["atelier", "annule"]),
        ("ils ont également été reçus", ["egalement", "recus"]),
        ("cet été 2021", ["ete", "2021"]),
        ("été", ["ete"]),
        ("où est la mairie", ["mairie"]),
        ("le quartier Est de la ville", ["quartier", "est", "ville"]),
        ("à l’est de Lyon", ["est", "lyon"]),
        ("Est", ["est"]),
        ("l’atelier aura lieu", ["atelier", "lieu"]),
        ("la région AURA", ["region", "aura"]),
        ("aura", ["aura"]),
        ("la CA du Val", ["ca", "val"]),
        ("LES QUARTIERS DE LA VILLE", ["quartiers", "ville"]),
        ("le son et la lumière", ["son", "lumiere"]),
        ("dans son quartier", ["quartier"]),
        ("nous avions deux avions, des avions", ["deux", "avions", "avions"]),
        ("un logement pour les sans-abri", ["logement", "sans", "abri"]),
        ("est-ce un projet ?", ["projet"]),
        ("Est-Ensemble", ["est", "ensemble"]),
        ("à la une", []),
        ("La Courneuve et Le Mans", ["courneuve", "mans"]),
        ("Pas-de-Calais", ["pasdecalais"]),
        ("la seine saint denis", ["seinesaintdenis"]),
        ("Val d’Oise", ["valdoise"]),
        ("Saint-Denis", ["saint", "denis"]),
    ],
)
def test_words_that_tell_something_are_told_from_those_that_do_not(text: str, told: list[str]) -> None:
    assert [token.form for token in content(text)] == told


def test_stop_words_keep_their_places_and_the_parts_of_names_are_among_them() -> None:
    assert stops("à la une du Pas-de-Calais") == ["a", "la", "une", "du", "pas", "de", "calais"]
    assert [token.position for token in tokens("le Pas-de-Calais est")] == [0, 1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("form", "both"),
    [
        ("chef·fe", ("chef", "cheffe")),
        ("professionnel·les", ("professionnel", "professionnelle")),
        ("delegue.e.s", ("delegue", "deleguee")),
        ("directeur·rice·s", ("directeur", "directrice")),
        ("animateur·trice", ("animateur", "animatrice")),
        ("conseiller·eres", ("conseiller", "conseillere")),
        ("enqueteur·rices", ("enqueteur", "enquetrice")),
        ("actif·ve", ("actif", "active")),
        ("heureux·se", ("heureux", "heureuse")),
        ("habitant(e)s", ("habitant", "habitante")),
        ("agent-e-s", ("agent", "agente")),
    ],
)
def test_inclusive_writing_stands_for_two_words(form: str, both: tuple[str, str]) -> None:
    assert genders(form) == both


@pytest.mark.parametrize("text", ["Il est venu.Et après", "rapport.pdf", "c.e.s.", "la fin.Les autres", "etc. (suite)"])
def test_a_full_stop_or_parenthesis_is_not_always_inclusive(text: str) -> None:
    assert not any(token.variant for token in tokens(text))


def test_wholes_are_variants_at_their_first_part() -> None:
    assert [(t.form, t.position) for t in tokens("la co-construction") if t.variant] == [("coconstruction", 1)]
    assert [(t.form, t.position) for t in tokens("12 000 euros") if t.variant] == [("12000", 0)]
    assert [(t.form, t.position) for t in tokens("le porte\u00advoix") if t.variant] == [("portevoix", 1)]
    assert not any(t.variant for t in tokens("2015-2022"))


@pytest.mark.parametrize("singular", ["cité", "marché", "habitant", "droit", "projet", "réseau", "école", "rixe"])
def test_singular_and_plural_meet(singular: str) -> None:
    assert terms(singular) == terms(singular + ("x" if singular.endswith("eau") else "s"))


def test_verbs_meet_in_their_dictionary_form() -> None:
    assert lemma("travaillent") == lemma("travaille") == "travailler"
    assert lemma("zzz") == "zzz"


@given(st.text(max_size=200))
def test_any_text_gives_words_in_order(text: str) -> None:
    found = list(tokens(text))
    assert all(0 <= token.start < token.end <= len(text) and token.term for token in found)
    assert [token.position for token in found] == sorted(token.position for token in found)
    starts = [token.start for token in found if not token.variant]
    assert starts == sorted(starts)


@given(st.text("aeéèêçœùïAÉ -’'.·(s)lmnt12\n", max_size=60))
def test_both_normal_forms_give_the_same_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [token[:2] + token[4:] for token in tokens(composed)] == [token[:2] + token[4:] for token in tokens(decomposed)]
