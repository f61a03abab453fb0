"""Three nodes, of which one is killed: under a build, under readers, and one that alone holds a part of the index."""

from __future__ import annotations

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace

import pytest

from indexer.engine import open_reader
from indexer.engine.contract import Reader, Request
from indexer.engine.opensearch import searching
from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.state import in_use
from indexer.errors import ChercheVilleError
from tests.cluster.node import Node
from tests.cluster.nodes import Nodes
from tests.faults.conftest import LONG, QUERIES, ROOT, State, rounds
from tests.faults_opensearch.conftest import EXACT, ClusterPlace, PlaceMaker, alike, environment
from tests.faults_opensearch.front import Answered, Asked, Forward, Front, front_of
from webapp import create_app

DOSSIERS = 1000 if LONG else 320
LOT = 400_000
SEARCHES = 1000 if LONG else 200
THREADS = 4
AWAY_SECONDS = 15
"""How long a killed node takes to come back, with what it had."""


@contextmanager
def fronts_of(nodes: Nodes) -> Iterator[list[Front]]:
    with ExitStack() as stack:
        yield [stack.enter_context(front_of(address)) for address in nodes.addresses]


def holder(place: ClusterPlace, nodes: Nodes, *, holds: bool = True) -> Node:
    """A node that holds a part of the newest index of a place, or that does not."""
    with closing(connect(place.settings)) as client:
        index = max(place.indexes())
        index = index.removesuffix("-words")
        shards = client.cat.shards(index=index, params={"format": "json"})
        names = {shard["node"] for shard in shards if shard["node"] and shard["prirep"] == "p"}
        at = {
            node["http_address"]
            for node in client.nodes.info()["nodes"].values()
            for node in [_told(node)]
            if node["name"] in names
        }
    return next(node for node in nodes.nodes if (node.address.removeprefix("http://") in at) == holds)


def _told(node: dict) -> dict[str, str]:  # type: ignore[type-arg]
    return {"name": node["name"], "http_address": node["http"]["publish_address"]}


@pytest.fixture
def place(three_nodes: Nodes, make_place: PlaceMaker) -> ClusterPlace:
    three_nodes.start()
    return make_place("killed", *three_nodes.addresses, replicas=1)


@pytest.fixture
def whole(place: ClusterPlace, make_place: PlaceMaker) -> State:
    """What an index of the same dossiers answers that was built in one go."""
    place.write(range(DOSSIERS))
    other = make_place("whole", *place.addresses)
    other.write(range(DOSSIERS))
    other.build()
    return other.state()


@pytest.mark.parametrize("holds", [True, False], ids=["with the index", "without"])
@pytest.mark.parametrize("back", [True, False][: rounds(1, 2)], ids=["comes back", "stays away"][: rounds(1, 2)])
def test_a_node_killed_under_a_build(place: ClusterPlace, whole: State, three_nodes: Nodes, holds: bool, back: bool) -> None:
    """The build ends well, or says what to do and the next one does; nothing is lost, and nothing is sent that is there."""
    lots = threading.Semaphore(3)
    killed: list[Node] = []
    lock = threading.Lock()

    def kill(asked: Asked, forward: Forward) -> Answered:
        with lock:
            if asked.is_bulk and not lots.acquire(blocking=False) and not killed:
                killed.append(holder(place, three_nodes, holds=holds))
                killed[0].kill()
                if back:
                    threading.Timer(AWAY_SECONDS, killed[0].start).start()
        return forward(asked)

    with fronts_of(three_nodes) as fronts:
        for front in fronts:
            front.between = kill
        before = place.at(*(front.address for front in fronts))
        begun = time.monotonic()
        done = subprocess.run(
            before.command("build"), cwd=ROOT, env=environment(LOT), capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - begun
        sent = sum(front.dossiers for front in fronts)
    assert killed
    words = " ".join(done.stderr.split())
    if done.returncode:
        assert "chercheville build" in words or "en marche" in words, words
    if back:
        killed[0].wait(3)
    again = place.build() if done.returncode else None
    assert alike(place.state(), whole, EXACT)
    assert place.strays() == []
    three_nodes.start()
    place.wait_green()
    kind = "with the index" if holds else "without it"
    print(
        f"node {kind} killed under a build of {DOSSIERS}: exit code {done.returncode} after {seconds:.0f} s, {sent} sent,"
        f" next build {again and round(again.seconds)} s {words if done.returncode else ''}"
    )


class Asker(threading.Thread):
    """Asks its share of the searches; notes how long each took, and the errors that a reader would see."""

    def __init__(self, reader: Reader, wanted: dict[str, int], done: threading.Semaphore) -> None:
        super().__init__()
        self.reader, self.wanted, self.done = reader, wanted, done
        self.seconds: list[float] = []
        self.faults: list[str] = []

    def run(self) -> None:
        queries = list(self.wanted)
        for number in range(SEARCHES // THREADS):
            query, begun = queries[number % len(queries)], time.monotonic()
            try:
                found = self.reader.search(Request(query)).total
                if found != self.wanted[query]:
                    self.faults.append(f"{query}: {found} found, not {self.wanted[query]}")
            except ChercheVilleError as error:
                self.faults.append(str(error))
            self.seconds.append(time.monotonic() - begun)
            self.done.release()


def test_a_node_killed_under_readers(place: ClusterPlace, three_nodes: Nodes) -> None:
    """Searches fail over: no error, no half answer; the node comes back and the cluster is whole again."""
    place.write(range(60))
    place.build()
    place.wait_green()
    with closing(open_reader(place.settings)) as reader:
        wanted = {query: reader.search(Request(query)).total for query in QUERIES}
    for victim in [holder(place, three_nodes), *three_nodes.nodes][: rounds(1, 4)]:
        done = threading.Semaphore(0)
        with closing(open_reader(place.settings)) as reader:
            askers = [Asker(reader, wanted, done) for _ in range(THREADS)]
            for asker in askers:
                asker.start()
            for number in range(SEARCHES):
                done.acquire()
                if number == SEARCHES // 5:
                    victim.kill()
                if number == SEARCHES * 3 // 5:
                    victim.start()
            for asker in askers:
                asker.join()
        victim.wait(3)
        place.wait_green()
        faults = Counter(fault for asker in askers for fault in asker.faults)
        seconds = sorted(second for asker in askers for second in asker.seconds)
        print(
            f"node killed under {len(seconds)} searches by {THREADS} threads: {faults.total()} errors {dict(faults)},"
            f" median {seconds[len(seconds) // 2]:.2f} s, slowest {seconds[-1]:.2f} s"
        )
        assert not faults


def test_an_export_whose_node_is_killed_is_whole_or_says_that_it_is_not(
    place: ClusterPlace, three_nodes: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_AHEAD", 5)
    place.write(range(60))
    place.build()
    for victim in three_nodes.nodes:
        place.wait_green()
        with closing(open_reader(place.settings)) as reader:
            wanted = [card.id for card in reader.every(Request(sort="date"))]
            cards = reader.every(Request(sort="date"))
            found = [next(cards).id]
            victim.kill()
            said = ""
            try:
                found += [card.id for card in cards]
            except ChercheVilleError as error:
                said = str(error)
            assert found == wanted[: len(found)]
            assert said or len(found) == len(wanted)
            assert [card.id for card in reader.every(Request(sort="date"))] == wanted
        print(f"node killed in an export of 60: {len(found)} given {said}")
        victim.start()
        victim.wait(3)


def test_a_part_of_the_index_that_is_away_is_said_and_made_anew(place: ClusterPlace, three_nodes: Nodes) -> None:
    alone = replace(place, replicas=0)
    alone.write(range(12))
    alone.build()
    before = alone.state()
    victim = holder(alone, three_nodes)
    victim.kill()
    with pytest.raises(ChercheVilleError, match="Une partie de l’index"):
        alone.state()
    client = create_app(alone.settings).test_client()
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/recherche?q=ville")] == [200, 503, 503]
    assert "Une partie de l’index" in client.get("/readyz").json["detail"]  # type: ignore[index]
    alone.build(full=True)
    assert alone.state() == before
    three_nodes.start()
    alone.build()
    assert alone.strays() == []


def test_a_part_of_an_unfinished_index_that_never_comes_back(place: ClusterPlace, three_nodes: Nodes) -> None:
    """What a killed build has left, and a killed node has taken away, is not waited for."""
    alone = replace(place, replicas=0)
    alone.write(range(12))
    alone.build()
    with closing(connect(alone.settings)) as client:
        client.indices.delete_alias(index=in_use(client, alone.settings).index, name=alone.settings.engine_index)
    victim = holder(alone, three_nodes)
    victim.kill()
    with closing(connect(alone.settings)) as client:
        while client.cluster.health(index=f"{alone.settings.engine_index}*")["status"] != "red":
            time.sleep(0.2)  # the others have yet to see that it is away
    assert alone.build().dossiers == 12
    three_nodes.start()
    alone.build()
    assert alone.strays() == []
