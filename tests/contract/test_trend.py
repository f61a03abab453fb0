"""Expressions over time: equal to a count by hand, period by period."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date

from indexer.engine.contract import Engine, Request
from indexer.model import EventDate
from tests.contract.conftest import NOYON, Shelf, day

WORDS = ("quartier", "ville", "conseil", "citoyen", "jeunes")
MAY = EventDate(date(2018, 5, 1), date(2018, 5, 31), "month", certainty="inferred")
YEAR = EventDate(date(2019, 1, 1), date(2019, 12, 31), "year")


def filled(shelf: Shelf) -> Engine:
    return shelf.fill(
        shelf.dossier("a", "Un conseil citoyen et un conseil.", dates=(day(2017, 5, 11), day(2017, 5, 12)), places=(NOYON,)),
        shelf.dossier("b", "Conseil citoyen, ville.", (("Le conseil citoyen.",),), dates=(day(2017, 12, 30), MAY)),
        shelf.dossier("c", "La ville.", dates=(YEAR,)),
        shelf.dossier("d", "Conseil citoyen sans date."),
    )


def test_years_are_counted_each_dossier_once_in_each(shelf: Shelf) -> None:
    found = filled(shelf).trend(Request(), ["conseil citoyen", "ville"])
    assert found.periods == (date(2017, 1, 1), date(2018, 1, 1), date(2019, 1, 1))
    assert (found.dossiers, found.words) == ((2, 1, 1), (12, 6, 2))
    council, town = found.series
    assert (council.expression, council.dossiers, council.occurrences) == ("conseil citoyen", (2, 1, 0), (3, 2, 0))
    assert (town.dossiers, town.occurrences) == ((1, 1, 1), (1, 1, 1))
    assert (found.total, found.undated) == (4, 1)


def test_months_leave_out_what_is_known_by_its_year_alone(shelf: Shelf) -> None:
    found = filled(shelf).trend(Request(), ["conseil"], "mois")
    assert (found.periods[0], found.periods[-1], len(found.periods)) == (date(2017, 5, 1), date(2018, 5, 1), 13)
    assert {str(month)[:7]: n for month, n in zip(found.periods, found.dossiers, strict=True) if n} == {
        "2017-05": 1,
        "2017-12": 1,
        "2018-05": 1,
    }
    assert found.undated == 2


def test_inferred_dates_can_be_left_out(shelf: Shelf) -> None:
    found = filled(shelf).trend(Request(), ["ville"], inferred=False)
    assert (found.dossiers, found.series[0].dossiers) == ((2, 0, 1), (1, 0, 1))


def test_a_search_keeps_to_its_dossiers(shelf: Shelf) -> None:
    engine = filled(shelf)
    assert engine.trend(Request(filters={"lieu": ("noyon",)}), ["conseil"]).dossiers == (1,)
    assert engine.trend(Request("ville"), ["conseil"]).total == 2


def test_nothing_has_no_periods(shelf: Shelf) -> None:
    engine = filled(shelf)
    for request in (Request(filters={"lieu": ("nulle-part",)}), Request("inconnu", correct=False)):
        found = engine.trend(request, ["conseil", "", "(("])
        assert (found.periods, found.dossiers, found.total) == ((), (), 0)
    assert engine.trend(Request(), []).series == ()


def test_counts_are_those_of_a_count_by_hand(shelf: Shelf) -> None:
    rng = random.Random(3)
    texts = {f"d{number}": [rng.choice(WORDS) for _ in range(rng.randint(0, 40))] for number in range(60)}
    days = {name: [day(rng.randint(2010, 2014), rng.randint(1, 12), 1) for _ in range(rng.randint(0, 3))] for name in texts}
    engine = shelf.fill(*(replace(shelf.dossier(name, " ".join(text), dates=tuple(days[name]))) for name, text in texts.items()))
    found = engine.trend(Request(), WORDS)
    dossiers: Counter[int] = Counter()
    occurrences: Counter[tuple[str, int]] = Counter()
    for name, text in texts.items():
        for year in {when.start.year for when in days[name]}:
            dossiers[year] += 1
            occurrences.update((word, year) for word in text)
    assert dict(zip((period.year for period in found.periods), found.dossiers, strict=True)) == dossiers
    for series in found.series:
        assert list(series.occurrences) == [occurrences[series.expression, period.year] for period in found.periods]
