"""What ranks first and why, and how documents with every word and with some are told apart."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.engine.contract import Engine, Request
from indexer.errors import UnknownDossier
from tests.contract.conftest import EMPLOI, NO_FACTS, Shelf, day

FILLER = "Une phrase ordinaire sans rien de particulier au sujet de cette réunion. " * 20


def found(engine: Engine, query: str, **others: object) -> list[str]:
    return [hit.card.id for hit in engine.search(Request(query, **others)).hits]  # type: ignore[arg-type]


@pytest.fixture
def words(shelf: Shelf) -> Engine:
    """Dossiers that have three words, two, one, and none."""
    return shelf.fill(
        shelf.dossier("three", "Le jardin partagé des habitants.", themes=(EMPLOI,)),
        shelf.dossier("two", "Le jardin partagé."),
        shelf.dossier("one", "Un jardin."),
        shelf.dossier("none", "Une école."),
    )


def words_facet(engine: Engine, query: str, **filters: tuple[str, ...]) -> dict[str, int]:
    result = engine.search(Request(query, filters=filters))  # type: ignore[arg-type]
    return {value.key: value.count for facet in result.facets if facet.name == "mots" for value in facet.values}


def test_two_words_keep_to_the_dossiers_that_have_both(words: Engine) -> None:
    result = words.search(Request("jardin partagé"))
    assert {hit.card.id for hit in result.hits} == {"three", "two"}
    assert (result.total, result.only_all_words) == (2, True)
    assert words_facet(words, "jardin partagé") == {"tous": 2, "partie": 1}


def test_a_choice_of_words_found_is_kept_to(words: Engine) -> None:
    some = words.search(Request("jardin partagé", filters={"mots": ("partie",)}))
    assert [(hit.card.id, hit.lacks) for hit in some.hits] == [("one", ("partagé",))]
    assert some.only_all_words is False
    both = words.search(Request("jardin partagé", filters={"mots": ("tous", "partie")}))
    assert (both.total, both.only_all_words) == (3, False)
    assert words_facet(words, "jardin partagé", mots=("partie",)) == {"tous": 2, "partie": 1}


def test_a_whole_question_ranks_all_evidence_and_says_what_each_hit_lacks(words: Engine) -> None:
    result = words.search(Request("comment ouvrir un jardin partagé aux habitants du quartier ?"))
    assert [hit.card.id for hit in result.hits] == ["three", "two", "one"]
    assert result.hits[0].lacks == ("ouvrir", "quartier")
    assert [notice.code for notice in result.notices] == ["some_words"]


def test_a_filter_that_leaves_no_dossier_with_every_word_shows_those_with_some(words: Engine) -> None:
    result = words.search(Request("piscine habitants", filters={"theme": ("emploi-insertion-formation",)}))
    assert [hit.card.id for hit in result.hits] == ["three"]
    assert [notice.code for notice in result.notices] == ["some_words"]


def test_one_word_has_no_facet_of_words_found(words: Engine) -> None:
    assert words_facet(words, "jardin") == {}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("+habitants jardin école", {"three"}),
        ('"jardin partagé" piscine', {"three", "two"}),
        ("(jardin partagé) OR école", {"three", "two", "none"}),
        ("jardin -(partagé habitants)", {"two", "one"}),
        ("jardin (habitants OR école) -partagé", {"one", "none"}),
    ],
)
def test_what_must_be_there_must(words: Engine, query: str, expected: set[str]) -> None:
    assert set(found(words, query)) == expected


def test_stop_words_stand_in_phrases_and_nowhere_else(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("front", "Le quartier est à la une du journal."),
        shelf.dossier("other", "Une réunion à la mairie, la une."),
    )
    assert found(engine, '"à la une"') == ["front"]
    assert found(engine, "à la une") == ["front"]  # nothing else was typed: searched exactly
    assert set(found(engine, "à la mairie")) == {"other"}
    assert found(engine, '"la mairie"') == ["other"]
    assert found(engine, '"mairie à"') == []


def test_words_side_by_side_rank_before_words_apart(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("apart", "La ville du contrat et le conseil."),
        shelf.dossier("near", "Le contrat de ville et le conseil."),
    )
    assert found(engine, "contrat ville") == ["near", "apart"]


def test_the_word_as_typed_ranks_before_its_family(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("other", "Les évaluateurs sont là."), shelf.dossier("same", "Les évaluations sont là."))
    assert found(engine, "évaluations")[0] == "same"


def test_a_long_dossier_is_found_by_its_best_passage(shelf: Shelf) -> None:
    scattered = " ".join(f"{FILLER} {word}." for word in ("diagnostic", "marche", "femmes", "nuit"))
    engine = shelf.fill(
        shelf.dossier("scattered", "Une page.", ((scattered,),)),
        shelf.dossier(
            "together", "Une page.", ((FILLER * 2, f"{FILLER} Un diagnostic, la marche des femmes de nuit. {FILLER}"),)
        ),
    )
    assert found(engine, "diagnostic marche femmes nuit") == ["together", "scattered"]


@pytest.mark.parametrize("query", ["jardin partagé", "jardin", '"jardin partagé" habitants', "jard* habitants", "+jardin école"])
def test_an_explanation_adds_up_to_the_score(words: Engine, query: str) -> None:
    for hit in words.search(Request(query)).hits:
        explanation = words.explain(query, hit.card.id)
        assert explanation.score == pytest.approx(hit.score)
        assert sum(clue.score for clue in explanation.clues) == pytest.approx(hit.score)
        assert explanation.lacks == hit.lacks
        assert explanation.matches


def test_an_explanation_says_when_a_dossier_is_not_found(words: Engine) -> None:
    explanation = words.explain("jardin", "none")
    assert (explanation.matches, explanation.score, explanation.clues) == (False, 0, ())
    with pytest.raises(UnknownDossier):
        words.explain("jardin", "nothing")


def test_more_like_this_finds_the_dossier_that_shares_the_rare_words(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("a", "Les marches exploratoires des femmes dans le quartier de la gare."),
        shelf.dossier("b", "Une marche exploratoire avec des femmes, près de la rivière."),
        shelf.dossier("c", "Le budget de la ville et ses dépenses pour le quartier."),
        shelf.dossier("d", "Une école du quartier."),
        shelf.dossier("e", "Le budget du quartier."),
        shelf.dossier("f", "Une réunion du quartier."),
        shelf.dossier("g", "Un atelier du quartier."),
        shelf.dossier("h", "Une fête du quartier."),
    )
    near = engine.more_like("a")
    assert near[0].card.id == "b"
    assert {"exploratoires", "femmes"} & set(near[0].words)
    assert "a" not in {neighbour.card.id for neighbour in near}
    with pytest.raises(UnknownDossier):
        engine.more_like("nothing")


def test_upcoming_and_past_events_sort_without_changing_what_is_found(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("old", "Réunion.", dates=(day(2015, 1, 1),)),
        shelf.dossier("late", "Réunion.", dates=(day(2020, 1, 1),)),
        shelf.dossier("soon", "Réunion.", dates=(day(2021, 1, 1),)),
        shelf.dossier("far", "Réunion.", dates=(day(2022, 1, 1),)),
        shelf.dossier("undated", "Réunion."),
    )
    today = date(2020, 6, 1)
    assert found(engine, "réunion", sort="a-venir", today=today) == ["soon", "far", "late", "old", "undated"]
    assert found(engine, "réunion", sort="passes", today=today) == ["late", "old", "soon", "far", "undated"]
    assert found(engine, "réunion", sort="a-venir", today=date(2021, 1, 1))[0] == "soon"
    results = [engine.search(Request("réunion", sort=sort, today=today)) for sort in ("pertinence", "a-venir", "date")]  # type: ignore[arg-type]
    assert len({(result.total, result.facets) for result in results}) == 1
    assert len({frozenset((hit.card.id, hit.score) for hit in result.hits) for result in results}) == 1


def test_an_update_gives_the_scores_of_an_index_built_in_one_go(shelf: Shelf) -> None:
    engine = shelf.fill(*(shelf.dossier(str(n), f"Le jardin numéro {n} " + "et autres mots " * n) for n in range(6)))
    engine.update([shelf.dossier("0", "Un jardin, un jardin.")], ["1"], NO_FACTS)
    updated = [(hit.card.id, hit.score) for hit in engine.search(Request("jardin")).hits]
    shelf.fill(
        shelf.dossier("0", "Un jardin, un jardin."),
        *(shelf.dossier(str(n), f"Le jardin numéro {n} " + "et autres mots " * n) for n in range(2, 6)),
    )
    rebuilt = [(hit.card.id, pytest.approx(hit.score, rel=shelf.drift)) for hit in engine.search(Request("jardin")).hits]
    assert rebuilt == updated
