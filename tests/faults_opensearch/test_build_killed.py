"""A build killed at any request to the cluster leaves answers as before or as after; the next goes on from what was sent."""

from __future__ import annotations

import itertools
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from random import Random

import pytest

from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.state import in_use
from tests.cluster.at_hand import addresses
from tests.engines import DRIFT
from tests.faults.conftest import ROOT, State, kept_state, rounds
from tests.faults_opensearch.conftest import ClusterPlace, PlaceMaker, alike, environment
from tests.faults_opensearch.front import Answered, Asked, Forward, Front, Gone, front_of

DOSSIERS = 24
LOT = 50_000
RANDOM = Random(20260101)


def _update(place: ClusterPlace) -> None:
    place.write(range(DOSSIERS // 4), version=1)
    place.write(range(DOSSIERS, DOSSIERS + DOSSIERS // 8))
    place.remove(range(DOSSIERS // 2, DOSSIERS * 2 // 3))


SCENES: dict[str, tuple[Callable[[ClusterPlace], None], str]] = {
    "first": (ClusterPlace.forget, "build"),
    "full": (lambda _: None, "build --full"),
    "update": (_update, "build"),
}
"""What changes between a build that ended and one that is killed."""


@pytest.fixture(scope="module")
def states(cluster_at_hand: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """What the index of one build answers, after each scene."""
    found = {}
    for name, (change, _) in SCENES.items():
        place = ClusterPlace(tmp_path_factory.mktemp("whole") / name)
        place.write(range(DOSSIERS))
        change(place)
        place.build()
        found[name] = place.state()
        place.forget()
    return found


def killed(place: ClusterPlace, front: Front, words: str, at: int, *, torn: bool = False, of_dossiers: bool = False) -> int:
    """The exit code of a build that is killed at a request, or at one `of_dossiers`.

    Before the cluster has it, or, `torn`, before it is answered.
    """
    build = place.at(front.address)
    process = subprocess.Popen(
        build.command(*words.split()), cwd=ROOT, env=environment(LOT), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    lock, numbers, front.requests = threading.Lock(), itertools.count(1), 0

    def between(asked: Asked, forward: Forward) -> Answered:
        with lock:
            number = next(numbers) if asked.is_bulk or not of_dossiers else 0
            if at and number >= at:
                if torn and number == at:
                    forward(asked)
                process.kill()
                raise Gone
            return forward(asked)

    front.between = between
    process.communicate(timeout=300)
    return process.returncode


def lying(place: ClusterPlace) -> int:
    """How many dossiers a killed rebuild has left in an index newer than that in use."""
    with closing(connect(place.settings)) as client:
        used = in_use(client, place.settings).index if client.indices.exists_alias(name=place.settings.engine_index) else ""
        left = [name for name in place.indexes() if name > used and not name.endswith("-words")]
        for name in left:
            client.indices.refresh(index=name)
        return sum(int(client.count(index=name)["count"]) for name in left)


@pytest.mark.parametrize("scene", list(SCENES))
def test_a_build_killed_at_any_request(scene: str, states: dict[str, State], make_place: PlaceMaker) -> None:
    change, words = SCENES[scene]
    before, after = (None if scene == "first" else states["full"]), states[scene]
    outcomes: Counter[str] = Counter()
    with front_of(addresses()[0]) as front:

        def begun(name: str) -> ClusterPlace:
            place = make_place(name)
            place.write(range(DOSSIERS))
            place.build()
            change(place)
            return place

        assert killed(begun("counted"), front, words, 0) == 0
        requests, many = front.requests, rounds(1, 40)
        for number in range(many):
            place = begun(f"killed-{number}")
            at = 1 + (number * requests + RANDOM.randrange(requests)) // many
            code = killed(place, front, words, at, torn=number % 2 == 1)
            outcomes["killed" if code == -9 else "ended before"] += 1
            found = kept_state(place)
            is_after, is_before = alike(found, after, DRIFT["opensearch"]), alike(found, before, DRIFT["opensearch"])
            assert is_after or is_before, f"between two states, killed at request {at} of {requests}"
            outcomes["same" if is_after and is_before else "after" if is_after else "before"] += 1
            outcomes["dossiers found there by the next"] += _next(place, front, after, drifts=scene == "update")
            place.forget()
    print(f"{words} ({scene}): {requests} requests, {dict(outcomes)}")


def _next(place: ClusterPlace, front: Front, after: State, *, drifts: bool) -> int:
    """The next build sends what is not there, and no more; nothing is left over. How many were there already."""
    there = lying(place)
    front.between, front.dossiers = (lambda asked, forward: forward(asked)), 0
    report = place.at(front.address).build()
    if report.full:
        assert front.dossiers == report.dossiers - there
    assert alike(place.state(), after, DRIFT["opensearch"] if drifts and not report.full else 1e-6)
    assert place.strays() == []
    return there if report.full else 0


def test_the_next_build_goes_on_from_what_was_sent(states: dict[str, State], make_place: PlaceMaker) -> None:
    place = make_place("resumed")
    place.write(range(DOSSIERS))
    with front_of(addresses()[0]) as front:
        assert killed(place, front, "build", 3, of_dossiers=True) == -9
        there = _next(place, front, states["first"], drifts=False)
    assert 0 < there < DOSSIERS
    print(f"{there} of {DOSSIERS} dossiers were there, {front.dossiers} were sent by the next build")


def test_builds_killed_again_and_again_leave_nothing_that_grows(cluster_at_hand: tuple[str, ...], make_place: PlaceMaker) -> None:
    place = make_place("again")
    place.write(range(DOSSIERS))
    place.build()
    before, most = place.state(), 0
    with front_of(addresses()[0]) as front:
        for _ in range(rounds(1, 10)):
            assert killed(place, front, "build --full", 12) == -9
            most = max(most, len(place.indexes()))
    assert most <= 4  # two, each with that of its words
    assert place.state() == before
    place.build(full=True)
    assert place.state() == before
    assert place.strays() == []
