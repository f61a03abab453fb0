"""Readers of an index that is made anew beside: answered from one generation, for as long as it lasts."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.engine.opensearch import searching
from tests.faults.conftest import rounds
from tests.faults.test_writers_readers import Asking
from tests.faults_opensearch.conftest import PlaceMaker

READERS = 8


def test_readers_are_answered_throughout_rebuilds(cluster_at_hand: tuple[str, ...], make_place: PlaceMaker) -> None:
    """Each build adds one dossier: a total is always that of one of the generations that there were."""
    place, builds = make_place("read"), rounds(3, 30)
    place.write(range(12))
    place.build()
    stop = threading.Event()
    with closing(open_reader(place.settings)) as reader:
        askers = [Asking(reader, stop) for _ in range(READERS)]
        for asker in askers:
            asker.start()
        try:
            for number in range(builds):
                place.write(range(12 + number, 13 + number))
                place.build(full=number % 3 != 1)
        finally:
            stop.set()
            for asker in askers:
                asker.join()
    assert [fault for asker in askers for fault in asker.faults] == []
    totals = {total for asker in askers for total in asker.totals}
    assert totals <= set(range(12, 13 + builds))
    place.build()
    assert place.strays() == []
    asked = sum(len(asker.totals) for asker in askers)
    print(f"{asked} searches by {READERS} threads in {builds} builds, {len(totals)} totals seen")


def test_an_export_that_began_before_a_rebuild_ends_whole(
    cluster_at_hand: tuple[str, ...], make_place: PlaceMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_AHEAD", 5)
    place = make_place("export")
    place.write(range(30))
    place.build()
    with closing(open_reader(place.settings)) as reader:
        wanted = [card.id for card in reader.every(Request(sort="date"))]
        cards = reader.every(Request(sort="date"))
        found = [next(cards).id]
        place.remove(range(20, 30))
        for _ in range(2):
            place.build(full=True)
        found += [card.id for card in cards]
        assert found == wanted
        assert len(wanted) == 30
        assert len(list(reader.every(Request()))) == 20
    place.build()
    assert place.strays() == []
