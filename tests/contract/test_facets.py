"""The facet manners: OR within, AND across, each facet counted without its own filter, chosen values stay visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.engine.contract import Engine, FacetName, Request
from indexer.model import Attachment, EventDate, Organisation, Place, Theme
from tests.contract.conftest import EMPLOI, LILLE, LYON, NOYON, SANTE, Shelf, day


@pytest.fixture
def engine(shelf: Shelf) -> Engine:
    return shelf.fill(
        shelf.dossier("a", "ville", themes=(EMPLOI,), places=(NOYON,), dates=(day(2017, 5, 11),)),
        shelf.dossier("b", "ville", themes=(EMPLOI, SANTE), places=(LILLE, NOYON), dates=(day(2018, 5, 11), day(2019, 1, 1))),
        shelf.dossier("c", "ville", themes=(SANTE,), places=(LYON,), type="retour"),
        shelf.dossier("d", "bourg", places=(Place("online", "en ligne"),), dates=(day(2018, 12, 31),)),
    )


def counts(engine: Engine, name: FacetName, query: str = "", **filters: tuple[str, ...]) -> dict[str, int]:
    result = engine.search(Request(query, filters=filters))  # type: ignore[arg-type]
    return next({value.key: value.count for value in facet.values} for facet in result.facets if facet.name == name)


def total(engine: Engine, **filters: tuple[str, ...]) -> int:
    return engine.search(Request("", filters=filters)).total  # type: ignore[arg-type]


def test_every_dossier_is_counted_once_a_value(engine: Engine) -> None:
    assert counts(engine, "theme") == {"emploi-insertion-formation": 2, "sante": 2, "inconnu": 1}
    assert counts(engine, "annee") == {"2019": 1, "2018": 2, "2017": 1, "inconnu": 1}
    assert counts(engine, "type") == {"annonce": 3, "retour": 1}


def test_places_are_a_tree_in_which_a_dossier_counts_once_at_each_level(engine: Engine) -> None:
    assert counts(engine, "lieu") == {
        "hauts-de-france": 2,
        "hauts-de-france/oise": 2,
        "hauts-de-france/oise/noyon": 2,
        "hauts-de-france/nord": 1,
        "hauts-de-france/nord/lille": 1,
        "auvergne-rhone-alpes": 1,
        "auvergne-rhone-alpes/rhone": 1,
        "auvergne-rhone-alpes/rhone/lyon": 1,
        "en-ligne": 1,
    }
    assert list(counts(engine, "lieu"))[:3] == ["hauts-de-france", "hauts-de-france/oise", "hauts-de-france/oise/noyon"]


def test_themes_found_in_the_text_count_only_when_asked_for(shelf: Shelf) -> None:
    found = Theme("culture", "Culture", "inferred", "« culture » 4 fois")
    engine = shelf.fill(shelf.dossier("a", "ville", themes=(SANTE, found)), shelf.dossier("b", "ville", themes=(found,)))

    def themes(*, found_themes: bool, chosen: tuple[str, ...] = ()) -> tuple[int, dict[str, int]]:
        result = engine.search(Request("", filters={"theme": chosen} if chosen else {}, found_themes=found_themes))
        return result.total, {value.key: value.count for value in result.facets[0].values}

    assert themes(found_themes=False) == (2, {"sante": 1, "inconnu": 1})
    assert themes(found_themes=True) == (2, {"culture": 2, "sante": 1})
    assert themes(found_themes=True, chosen=("culture",))[0] == 2
    assert themes(found_themes=False, chosen=("culture",)) == (0, {"sante": 1, "culture": 0, "inconnu": 1})


def test_themes_are_a_tree(shelf: Shelf) -> None:
    mental = Theme("sante-mentale", "Santé mentale", parent="sante")
    engine = shelf.fill(shelf.dossier("a", "ville", themes=(SANTE, mental)), shelf.dossier("b", "ville", themes=(EMPLOI,)))
    assert counts(engine, "theme") == {"emploi-insertion-formation": 1, "sante": 1, "sante/sante-mentale": 1}
    assert list(counts(engine, "theme"))[1:] == ["sante", "sante/sante-mentale"]
    assert total(engine, theme=("sante-mentale",)) == 1


def test_a_hybrid_event_counts_online_and_at_its_place(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "ville", places=(NOYON, Place("hybrid", "et en visio"))))
    assert {"en-ligne", "en-ligne/hybride", "hauts-de-france/oise/noyon"} <= set(counts(engine, "lieu"))


def test_an_ambiguous_place_is_shown_as_such(shelf: Shelf) -> None:
    place = Place("ambiguous", "Saint-Denis", candidates=("Saint-Denis (93)", "Saint-Denis (974)"))
    assert counts(shelf.fill(shelf.dossier("a", "ville", places=(place,))), "lieu") == {"ambigu": 1}


def test_values_of_a_facet_are_or_ed_and_facets_are_and_ed(engine: Engine) -> None:
    assert total(engine, theme=("sante",)) == 2
    assert total(engine, theme=("sante", "emploi-insertion-formation")) == 3
    assert total(engine, theme=("sante",), type=("annonce",)) == 1


def test_a_facet_is_counted_without_its_own_filter(engine: Engine) -> None:
    assert counts(engine, "theme", theme=("sante",)) == {"emploi-insertion-formation": 2, "sante": 2, "inconnu": 1}
    assert counts(engine, "type", theme=("sante",)) == {"annonce": 1, "retour": 1}
    assert counts(engine, "theme", theme=("sante",), type=("retour",)) == {"sante": 1}


def test_counts_follow_the_query(engine: Engine) -> None:
    assert counts(engine, "theme", "ville") == {"emploi-insertion-formation": 2, "sante": 2}


def test_a_chosen_value_stays_visible_at_zero(engine: Engine) -> None:
    result = engine.search(Request("bourg", filters={"theme": ("sante",)}))
    assert result.total == 0
    theme = next(facet for facet in result.facets if facet.name == "theme")
    assert ("sante", "Santé", 0, True) in {(value.key, value.label, value.count, value.selected) for value in theme.values}


@pytest.mark.parametrize("wanted", ["Noyon", "noyon", "NOYON", "hauts-de-france/oise/noyon"])
def test_a_place_may_be_given_by_its_name(engine: Engine, wanted: str) -> None:
    result = engine.search(Request("", filters={"lieu": (wanted,)}))
    assert result.total == 2
    assert result.request.filters["lieu"] == ("hauts-de-france/oise/noyon",)


def test_the_unknown_can_be_chosen(engine: Engine) -> None:
    assert total(engine, annee=("inconnu",)) == 1
    assert total(engine, theme=("inconnu",)) == 1


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2017, 5, 11), date(2017, 5, 11), "a"),
        (date(2017, 5, 12), None, "bd"),
        (None, date(2018, 5, 11), "ab"),
        (date(2018, 5, 12), date(2018, 12, 30), ""),
        (date(2018, 5, 12), date(2019, 1, 1), "bd"),
        (None, None, "abcd"),
    ],
)
def test_the_date_filter_keeps_the_events_that_touch_it(
    engine: Engine, since: date | None, until: date | None, expected: str
) -> None:
    result = engine.search(Request("", since=since, until=until))
    assert sorted(hit.card.id for hit in result.hits) == list(expected)


def test_a_month_is_found_by_any_span_that_touches_it(shelf: Shelf) -> None:
    may = EventDate(date(2019, 5, 1), date(2019, 5, 31), "month")
    engine = shelf.fill(shelf.dossier("m", "ville", dates=(may,)))
    assert engine.search(Request("", since=date(2019, 5, 20), until=date(2019, 5, 21))).total == 1
    assert engine.search(Request("", since=date(2019, 6, 1))).total == 0
    assert engine.search(Request("date:2019-05")).total == 1
    assert engine.search(Request("date:2019-05-20")).total == 0


def test_organisations_and_files_are_facets(shelf: Shelf) -> None:
    pdf = Attachment("a.pdf", "available")
    town = Organisation("Ville de Noyon", "partner")
    engine = shelf.fill(
        shelf.dossier("a", "ville", organisations=(Organisation("CAF"), town), attachments=(pdf,)),
        shelf.dossier("b", "ville", organisations=(Organisation("Caf"), Organisation("CAF", "partner"))),
        shelf.dossier("c", "ville", attachments=(replace(pdf, recognised=2), replace(pdf, status="missing"))),
        shelf.dossier("d", "ville", attachments=(replace(pdf, status="unreadable"),)),
    )
    assert counts(engine, "organisme") == {"caf": 2, "ville-de-noyon": 1, "inconnu": 2}  # one body, however it is written
    assert counts(engine, "fichier") == {"pdf": 2, "pdf/reconnu": 1, "manquant": 1, "illisible": 1, "inconnu": 1}
    assert total(engine, organisme=("caf",)) == 2
    assert total(engine, organisme=("CAF",), fichier=("pdf",)) == 1
    assert counts(engine, "organisme", fichier=("pdf",)) == {"caf": 1, "ville-de-noyon": 1, "inconnu": 1}
