"""A real node that takes one write at a time and lets one wait: it refuses (429) what others send meanwhile, ours too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from opensearchpy import OpenSearch, TransportError

from indexer.engine.opensearch import bulk
from tests.cluster.node import Node
from tests.cluster.nodes import free_port
from tests.faults_opensearch.conftest import PlaceMaker
from tests.faults_opensearch.front import Answered, Asked, Forward, front_of

SECONDS = 15
"""How long others keep it busy: a build tries again for a minute."""
OTHERS = 6


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Node]:
    node = Node(free_port(1), tmp_path / "node", more=("thread_pool.write.size=1", "thread_pool.write.queue_size=1"))
    node.start()
    try:
        node.wait()
        yield node
    finally:
        node.stop()


@contextmanager
def busy(node: Node) -> Iterator[None]:
    """Others write to the node all the while, for some seconds."""
    end = threading.Event()
    lot = [line for number in range(500) for line in ({"index": {"_index": "others"}}, {"text": f"{number} " * 50})]

    def write() -> None:
        with closing(OpenSearch([node.address], max_retries=0)) as client:
            while not end.is_set():
                try:
                    client.bulk(body=lot)
                except TransportError as error:
                    assert error.status_code == 429  # noqa: PT017 - any other ends the thread

    threads = [threading.Thread(target=write) for _ in range(OTHERS)]
    timer = threading.Timer(SECONDS, end.set)
    for thread in (*threads, timer):
        thread.start()
    try:
        yield
    finally:
        timer.cancel()
        end.set()
        for thread in threads:
            thread.join()


def test_what_a_real_node_refuses_is_sent_again(narrow: Node, make_place: PlaceMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = 0

    def count(asked: Asked, forward: Forward) -> Answered:
        nonlocal refused
        said = forward(asked)
        refused += said.status == 429 or said.body.count(b'"status":429')
        return said

    monkeypatch.setattr(bulk, "_BYTES", 100_000)
    plain = make_place("plain", narrow.address)
    plain.write(range(120))
    plain.build()
    with front_of(narrow.address) as front, busy(narrow):
        front.between = count
        place = make_place("narrow", front.address)
        place.write(range(120))
        place.build()
    assert refused
    assert place.at(narrow.address).state() == plain.state()
    print(f"120 dossiers to a node with a queue of one: {refused} refusals, all found")
