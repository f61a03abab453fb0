"""The nodes that the tests run on: the client against a real one, and three of which one is killed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from indexer.build import build
from indexer.engine.opensearch.client import connect, search
from indexer.engine.opensearch.faults import talking
from tests.cluster.at_hand import cluster_settings
from tests.cluster.nodes import Nodes


def test_a_real_node_answers_a_whole_answer(cluster_at_hand: tuple[str, ...], tmp_path: Path) -> None:
    settings = cluster_settings(tmp_path)
    with talking(settings), closing(connect(settings)) as client:
        assert client.info()["version"]["distribution"] == "opensearch"
        assert client.cluster.health()["number_of_nodes"] >= len(cluster_at_hand)


def test_copies_of_a_new_index_are_copied_not_indexed_again(three_nodes: Nodes, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for number in range(20):
        (tmp_path / "corpus" / f"page-{number}.txt").write_text(f"Rencontre numéro {number}\n\nDes habitants en parlent.\n")
    settings = cluster_settings(
        tmp_path / "index", corpus=tmp_path / "corpus", engine_addresses=three_nodes.addresses, engine_shards=3, engine_replicas=1
    )
    build(settings, lambda *_: None)
    with closing(connect(settings)) as client:
        rows = client.cat.recovery(index=f"{settings.engine_index}*", format="json")
    copies = [row for row in rows if row["type"] == "peer"]
    assert len(copies) >= 3
    assert {row["translog_ops"] for row in copies} == {"0"}
    assert {row["stage"] for row in copies} == {"done"}


def test_searches_go_on_when_a_node_is_killed_and_when_it_is_back(three_nodes: Nodes, tmp_path: Path) -> None:
    settings = cluster_settings(tmp_path, engine_addresses=three_nodes.addresses)
    shards = {"number_of_shards": 3, "number_of_replicas": 1}
    with talking(settings), closing(connect(settings)) as client:
        client.indices.create(index=settings.engine_index, body={"settings": shards}, params={"wait_for_active_shards": "all"})
        for number in range(20):
            client.index(index=settings.engine_index, id=str(number), body={"n": number}, params={"refresh": "true"})
        for number in range(100):
            if number == 10:
                three_nodes.nodes[1].kill()
            if number == 90:
                three_nodes.start()
            assert search(client, settings.engine_index, {})["hits"]["total"]["value"] == 20
