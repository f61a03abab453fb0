"""A cluster that has too much to do refuses again and again (429), a whole request or a part of it; no dossier is lost."""

from __future__ import annotations

import json
from random import Random

import pytest

from indexer.engine.opensearch import bulk
from tests.cluster.at_hand import addresses
from tests.faults.conftest import rounds
from tests.faults_opensearch.conftest import PlaceMaker
from tests.faults_opensearch.front import Answered, Asked, Forward, front_of

REFUSED = {"type": "rejected_execution_exception", "reason": "queue capacity"}


class Busy:
    """Refuses a third of the requests of many dossiers whole, and of the others a half of the dossiers."""

    def __init__(self) -> None:
        self.random = Random(20260101)
        self.requests = self.dossiers = 0

    def __call__(self, asked: Asked, forward: Forward) -> Answered:
        if not asked.is_bulk:
            return forward(asked)
        if self.random.random() < 1 / 3:
            self.requests += 1
            return Answered(429, json.dumps({"error": REFUSED, "status": 429}).encode())
        lines = asked.body.splitlines(keepends=True)
        actions = [b"".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
        taken = [self.random.random() < 1 / 2 for _ in actions]
        self.dossiers += taken.count(False)
        body = b"".join(action for action, is_taken in zip(actions, taken, strict=True) if is_taken)
        said = iter(json.loads(forward(asked._replace(body=body)).body)["items"] if body else [])
        items = [next(said) if is_taken else {"index": {"status": 429, "error": REFUSED}} for is_taken in taken]
        return Answered(200, json.dumps({"items": items}).encode())


def test_dossiers_that_a_busy_cluster_refuses_are_sent_again(
    cluster_at_hand: tuple[str, ...], make_place: PlaceMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = rounds(60, 290)
    plain, place = make_place("plain"), make_place("busy")
    for each in (plain, place):
        each.write(range(number))
    plain.build()
    monkeypatch.setattr(bulk, "_BYTES", 100_000)
    monkeypatch.setattr("time.sleep", lambda _: None)
    busy = Busy()
    with front_of(addresses()[0]) as front:
        front.between = busy
        place.at(front.address).build()
    assert place.state() == plain.state()
    assert place.strays() == []
    assert busy.requests
    assert busy.dossiers
    print(f"{number} dossiers: {busy.requests} requests refused whole, {busy.dossiers} dossiers refused; all found")
