"""What a search finds, in which order, and what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.engine.contract import SORTS, Engine, Request, Sort
from tests.contract.conftest import EMPLOI, LYON, NO_FACTS, NOYON, Shelf, day


@pytest.fixture
def engine(shelf: Shelf) -> Engine:
    return shelf.fill(
        shelf.dossier("a", "Le réseau des chefs de projet échange sur l’emploi.", places=(NOYON,), dates=(day(2017, 5, 11),)),
        shelf.dossier("b", "Un projet de jardin partagé, porté par les habitants.", themes=(EMPLOI,), dates=(day(2019, 6, 4),)),
        shelf.dossier("c", "Atelier santé.", (("Sommaire", "La santé des habitants du quartier"),), dates=(day(2018, 1, 2),)),
        shelf.dossier("d", "Les discriminations à l’embauche.", places=(LYON,), title="Lutter contre les discriminations"),
    )


def found(engine: Engine, query: str, **others: object) -> list[str]:
    return [hit.card.id for hit in engine.search(Request(query, **others)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("réseau", "a"),
        ("RESEAUX", "a"),
        ("projet habitants", "b"),
        ("projet", "ab"),
        ("projet -jardin", "a"),
        ("jardin OR réseau", "ab"),
        ('"chefs de projet"', "a"),
        ("« projet de jardin »", "b"),
        ('"projet partagé"', ""),
        ("habit*", "bc"),
        ("discrimina*", "d"),
        ("theme:emploi", "b"),
        ("lieu:noyon", "a"),
        ("lieu:oise réseau", "a"),
        ("titre:discrimination", "d"),
        ("date:2017", "a"),
        ("date:2017-05", "a"),
        ("date:11/05/2017", "a"),
        ("date:2017-05-12", ""),
        ("-projet", "cd"),
        ("", "abcd"),
        ("noyon", "a"),
        ("quartier", "c"),
    ],
)
def test_the_query_language_finds_what_it_says(engine: Engine, query: str, expected: str) -> None:
    result = engine.search(Request(query))
    assert sorted(hit.card.id for hit in result.hits) == sorted(expected)
    assert result.total == len(expected)


@pytest.mark.parametrize(
    ("query", "code", "expected"),
    [
        ('"réseau', "syntax", "a"),
        ("couleur:rouge", "unknown_field", ""),
        ("date:hier réseau", "bad_date", "a"),
        ("de la", "only_stop_words", ""),
        ("réseau santé", "some_words", "ac"),
        ("theme: réseau", "syntax", None),
        ("x" * 2000, "too_long", ""),
    ],
)
def test_what_is_not_understood_degrades_and_is_said(engine: Engine, query: str, code: str, expected: str | None) -> None:
    result = engine.search(Request(query))
    assert code in {notice.code for notice in result.notices}
    if expected is not None:
        assert sorted(hit.card.id for hit in result.hits) == sorted(expected)


@pytest.mark.parametrize("query", ["*", "a*", '"', "-", "()", "OR", "a OR", "-OR", "::", "\x00", "\u202e", "%s" * 300, "\ud800"])
def test_no_query_raises(engine: Engine, query: str) -> None:
    engine.search(Request(query))


def test_a_phrase_does_not_run_from_one_file_into_the_next(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "fin ville", (("réseau début", "quartier"),)))
    assert found(engine, '"ville réseau"') == []
    assert found(engine, '"début quartier"') == ["a"]  # a sentence may run over a page of the same PDF


def test_a_title_weighs_more_than_the_text(engine: Engine, shelf: Shelf) -> None:
    engine.rebuild(
        [
            shelf.dossier("text", "L’évaluation du contrat de ville avec les partenaires."),
            shelf.dossier("title", "Le contrat de ville avec les partenaires.", title="Évaluation"),
        ],
        NO_FACTS,
    )
    assert found(engine, "évaluation") == ["title", "text"]


def test_sorting_by_date_puts_the_undated_last(engine: Engine) -> None:
    assert found(engine, "", sort="date") == ["b", "c", "a", "d"]
    assert found(engine, "", sort="date-croissante") == ["a", "c", "b", "d"]


def test_pages_follow_each_other_without_gap_or_repeat(engine: Engine) -> None:
    pages = [found(engine, "", size=3, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert sorted(pages[0] + pages[1]) == ["a", "b", "c", "d"]


def test_order_is_the_same_every_time(engine: Engine) -> None:
    assert len({tuple(found(engine, "projet OR santé OR embauche")) for _ in range(5)}) == 1


@pytest.mark.parametrize("sort", SORTS)
def test_everything_found_comes_in_the_order_of_the_pages(engine: Engine, sort: Sort) -> None:
    for request in (Request(sort=sort), Request("ville OR santé", sort=sort), Request("zzz", sort=sort)):
        pages = [engine.search(replace(request, page=page, size=2)) for page in range(1, 5)]
        assert [card.id for card in engine.every(request)] == [hit.card.id for page in pages for hit in page.hits]


def test_everything_found_comes_from_one_generation(shelf: Shelf, engine: Engine) -> None:
    before = {card.id for card in engine.every(Request())}
    every = engine.every(Request())
    next(every)
    engine.update([], list(before), NO_FACTS)
    assert len([*every]) == len(before) - 1
    assert [*engine.every(Request())] == []


@pytest.mark.parametrize("sort", SORTS)
def test_many_dossiers_that_nothing_tells_apart_come_by_identifier(shelf: Shelf, sort: Sort) -> None:
    engine = shelf.fill(*(shelf.dossier(f"d{number:03}", "Atelier santé.", dates=(day(2018, 1, 2),)) for number in range(500)))
    for query in ("", "santé"):
        hits = engine.search(Request(query, sort=sort, size=10)).hits
        assert [hit.card.id for hit in hits] == [f"d{number:03}" for number in range(10)]
