"""Unknown words are corrected and said so; acronyms, synonyms and damaged words are found by their other spellings."""

from __future__ import annotations

import pytest

from indexer.engine.contract import Correction, Engine, Expansion, Request
from indexer.model import Acronym
from tests.contract.conftest import Shelf


def found(engine: Engine, query: str, **others: object) -> list[str]:
    return [hit.card.id for hit in engine.search(Request(query, **others)).hits]  # type: ignore[arg-type]


def marked(engine: Engine, query: str) -> list[str]:
    hits = engine.search(Request(query)).hits
    return [text for hit in hits for passage in hit.passages for text, matched in passage.segments if matched]


@pytest.fixture
def gardens(shelf: Shelf) -> Engine:
    return shelf.fill(
        shelf.dossier("garden", "Un jardin partagé à l’école, avec l’équipe éducative."),
        shelf.dossier("school", "Une école ouverte."),
    )


@pytest.mark.parametrize("typed", ["jadrin", "jardn", "jarrdin", "jardim"])
def test_an_unknown_word_is_replaced_by_the_nearest_and_said(gardens: Engine, typed: str) -> None:
    result = gardens.search(Request(f"{typed} partagé"))
    assert [hit.card.id for hit in result.hits] == ["garden"]
    assert result.correction == Correction("jardin partagé", ((typed, "jardin"),), applied=True)


def test_the_corrected_word_has_its_accents(gardens: Engine) -> None:
    result = gardens.search(Request("éductive"))
    assert result.correction
    assert result.correction.query == "éducative"


def test_the_query_as_typed_can_be_kept(gardens: Engine) -> None:
    result = gardens.search(Request("jadrin", correct=False))
    assert result.total == 0
    assert result.correction == Correction("jardin", (("jadrin", "jardin"),), applied=False)


@pytest.mark.parametrize("query", ["école", "écoles", '"jadrin"', "zzzzzz", "jar*", "titre:jadrin", "12345"])
def test_what_is_known_quoted_or_near_nothing_is_left_alone(gardens: Engine, query: str) -> None:
    assert gardens.search(Request(query)).correction is None


def test_an_acronym_finds_its_words_and_the_reverse_after_the_words_as_typed(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("short", "La réunion parle des QPV."),
        shelf.dossier("long", "La réunion parle des quartiers prioritaires."),
        shelf.dossier("none", "La réunion parle des quartiers."),
    )
    assert found(engine, "QPV") == ["short", "long"]
    assert found(engine, "quartier prioritaire") == ["long", "short"]
    assert found(engine, '"QPV"') == ["short"]
    assert "quartiers prioritaires" in marked(engine, "qpv")
    assert Expansion("quartier prioritaire", "QPV") in engine.search(Request("quartier prioritaire")).expansions
    assert engine.search(Request("QPV")).hits[1].lacks == ()


def test_an_acronym_that_is_a_word_is_meant_in_capitals(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("meadow", "Un pré vert."), shelf.dossier("long", "Le programme de réussite éducative."))
    assert found(engine, "pré") == ["meadow"]
    assert "long" in found(engine, "PRE")


def test_a_renamed_body_offers_its_other_name(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("old", "Le CGET a écrit."), shelf.dossier("new", "L’ANCT a écrit."))
    (offer,) = engine.search(Request("CGET quartiers")).offers
    assert (offer.typed, offer.other, offer.year, offer.query) == ("CGET", "ANCT", 2020, "ANCT quartiers")


def test_an_acronym_that_a_dossier_introduces_is_learnt(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("intro", "Le pacte rural solidaire (PRS).", acronyms=(Acronym("PRS", "pacte rural solidaire"),)),
        shelf.dossier("short", "Un bilan du PRS."),
        shelf.dossier("long", "Le pacte rural et solidaire."),
    )
    result = engine.search(Request("PRS"))
    assert {hit.card.id for hit in result.hits} >= {"intro", "short"}
    assert result.expansions == (Expansion("PRS", "pacte rural solidaire", learnt=True),)


def test_words_cut_or_glued_by_a_pdf_are_found_all_the_same(shelf: Shelf) -> None:
    texts = {f"plain{n}": "Le jardin et l’accessibilité des quartiers." for n in range(12)}
    engine = shelf.fill(
        *(shelf.dossier(id, text) for id, text in texts.items()),
        shelf.dossier("cut", "Une réunion sur l’acces sibilité."),
        shelf.dossier("glued", "Une réunion dans lesquartiers."),
        shelf.dossier("together", "Une réunion sur le jardinpartagé."),
    )
    assert "cut" in found(engine, "accessibilité", size=50)
    assert "glued" in found(engine, "quartiers", size=50)
    assert found(engine, "jardin partagé", filters={"mots": ("tous",)}) == ["together"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("professionnelles", "Les professionnel·les du quartier"),
        ("déléguée", "Les délégué.e.s du quartier"),
        ("cheffe", "Un·e chef·fe de projet"),
        ("directrices", "La directeur·rice"),
        ("directeur", "Les directeur·rices"),
        ("coconstruction", "La co-construction"),
        ("co-construction", "La coconstruction"),
        ("co construction", "La co-construction"),
        ("Mons en Baroeul", "À Mons-en-Barœul"),
        ("Pas de Calais", "Dans le Pas-de-Calais"),
        ("12000", "12 000 euros"),
        ("1 octobre", "Le 1er octobre"),
        ("n° 5", "le bâtiment n°5"),
        ("aura", "La région AURA"),
        ("quartiers d’été", "Quartiers d’été 2021"),
        ("grand est", "Dans le Grand Est"),
        ("la courneuve", "À La Courneuve"),
        ("travaille", "Ils travaillent"),
    ],
)
def test_spellings_meet(shelf: Shelf, query: str, text: str) -> None:
    engine = shelf.fill(shelf.dossier("a", text), shelf.dossier("b", "Rien de tout cela."))
    assert found(engine, query, correct=False) == ["a"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Calais", "Dans le Pas-de-Calais"),
        ("été", "Le projet a été réussi"),
        ("est", "Il est venu ici"),
        ("Saint-Denis", "La Seine-Saint-Denis"),
    ],
)
def test_words_that_only_look_alike_do_not(shelf: Shelf, query: str, text: str) -> None:
    engine = shelf.fill(shelf.dossier("a", text), shelf.dossier("b", "Rien de tout cela."))
    assert found(engine, query, correct=False) == []


HOSTILE = [
    "a" * 10_000,
    "mot " * 3_000,
    "?!…;",
    "à la",
    "\x00\x07 a\x1bb",
    'a "b',
    "شارع النيل",
    "*",
    "a*",
    "-mot",
    "titre:",
    "x:y",
    "(" * 50,
    " OR ".join(f"m{n}" for n in range(300)),
    "\ud800",
    "jardin " * 40,
    "* OR -* AND ()",
    "é" * 999,
    "ab* " * 40,
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_string_is_answered(gardens: Engine, query: str) -> None:
    result = gardens.search(Request(query))
    assert result.total >= len(result.hits)
    gardens.get("garden", query)
    gardens.explain(query, "garden")
    gardens.suggest(query)
