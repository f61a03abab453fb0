"""What is wrong with a cluster is said in words, by commands with their exit code and by the site with a page."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from opensearchpy import OpenSearch

from indexer.cli import main
from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.state import in_use
from tests.cluster.node import Node
from tests.cluster.nodes import free_port, nodes_at
from tests.faults_opensearch.conftest import ClusterPlace, PlaceMaker
from webapp import create_app

Break = Callable[[OpenSearch, str, str], object]


def _meta(client: OpenSearch, _: str, index: str) -> None:
    found = client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
    client.indices.put_mapping(index=index, body={"_meta": found | {"schema": 0}})


def _no_alias(client: OpenSearch, alias: str, index: str) -> None:
    client.indices.delete_alias(index=index, name=alias)


def _two(client: OpenSearch, alias: str, index: str) -> None:
    meta = client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
    client.indices.create(index=f"{alias}-copy", body={"aliases": {alias: {}}, "mappings": {"_meta": meta}})


def _in_place(client: OpenSearch, alias: str, index: str) -> None:
    client.indices.delete(index=index)
    client.indices.create(index=alias)


def _in_place_with_meta(client: OpenSearch, alias: str, index: str) -> None:
    client.indices.delete(index=index)
    client.indices.create(index=alias, body={"mappings": {"_meta": {"schema": 1}}})


def _foreign(client: OpenSearch, alias: str, index: str) -> None:
    client.indices.delete(index=index)
    client.indices.create(index=f"{alias}-foreign", body={"aliases": {alias: {}}})


def _foreign_with_meta(client: OpenSearch, alias: str, index: str) -> None:
    client.indices.delete(index=index)
    client.indices.create(index=f"{alias}-foreign", body={"aliases": {alias: {}}, "mappings": {"_meta": {"of": "others"}}})


def _closed(client: OpenSearch, _: str, index: str) -> None:
    client.indices.close(index=index)


@pytest.fixture
def place(cluster_at_hand: tuple[str, ...], make_place: PlaceMaker) -> ClusterPlace:
    place = make_place("told")
    place.write(range(4))
    place.build()
    return place


def run(place: ClusterPlace, *words: str) -> tuple[int, str]:
    """The exit code of a command, and what it says on its error output."""
    said = io.StringIO()
    with (
        patch.object(sys, "argv", ["chercheville", *place.command(*words)[3:]]),
        patch.object(os, "nice"),
        redirect_stdout(io.StringIO()),
        redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return int(str(ended.value.code)), " ".join(said.getvalue().split())


def check_site(place: ClusterPlace, said: str) -> None:
    """The site is alive and not ready, and its page says so."""
    client = create_app(place.settings).test_client()
    ready, page = client.get("/readyz"), client.get("/recherche?q=ville")
    assert client.get("/healthz").status_code == 200
    assert (ready.status_code, page.status_code) == (503, 503)
    assert ready.json
    assert said in ready.json["detail"]
    assert "pas disponible pour le moment" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("spoil", "said", "repairing"),
    [
        (_meta, "autre version", "build --full"),
        (_no_alias, "pas encore d’index", "build"),
        (_two, "nomme plusieurs index", "build --full"),
        (_in_place, "et non un alias", None),
        (_in_place_with_meta, "et non un alias", None),
        (_foreign, "n’est pas de ChercheVille", "build --full"),
        (_foreign_with_meta, "n’est pas de ChercheVille", "build --full"),
        (_closed, "fermé", "build --full"),
    ],
)
def test_an_alias_that_does_not_name_the_index(place: ClusterPlace, spoil: Break, said: str, repairing: str | None) -> None:
    """The command that the message names mends it; but no index that is not ours is removed."""
    before = place.state()
    alias = place.settings.engine_index
    with closing(connect(place.settings)) as client:
        spoil(client, alias, in_use(client, place.settings).index)
        code, words = run(place, "search", "ville")
        assert (code, said in words) == (1, True), words
        check_site(place, said)
        if repairing is None:
            code, words = run(place, "build", "--full")
            assert (code, said in words) == (1, True), words
            assert place.indexes() >= {alias}
            client.indices.delete(index=alias)
            repairing = "build --full"
        code, words = run(place, *repairing.split())
        assert code == 0, words
    assert place.state() == before
    assert set(place.strays()) <= {f"{alias}-copy", f"{alias}-foreign"}


def test_disks_that_are_full_are_searched_and_not_written(place: ClusterPlace) -> None:
    before = place.state()
    place.write(range(4, 6))
    with closing(connect(place.settings)) as client:
        index = in_use(client, place.settings).index
        for blocked in (True, None):
            body: dict[str, Any] = {"index.blocks.read_only_allow_delete": blocked}
            client.indices.put_settings(index=index, body=body)
            code, words = run(place, "build")
            if blocked:
                assert (code, "disques sont presque pleins" in words) == (1, True), words
                assert place.state() == before
                assert create_app(place.settings).test_client().get("/readyz").status_code == 200
    assert (code, words) == (0, words)
    assert len(place.state()[0]) == 6  # type: ignore[arg-type]


@pytest.fixture
def alone(tmp_path: Path, make_place: PlaceMaker) -> Iterator[tuple[ClusterPlace, Node]]:
    """A place on a node of its own."""
    cluster = nodes_at(free_port(1), 1, tmp_path / "node")
    cluster.start()
    place = make_place("alone", *cluster.addresses)
    place.write(range(4))
    place.build()
    yield place, cluster.nodes[0]
    cluster.stop()


def test_a_node_that_hangs_is_too_slow_and_one_that_is_killed_is_away(
    cluster_at_hand: tuple[str, ...], alone: tuple[ClusterPlace, Node]
) -> None:
    place, node = alone
    before, impatient = place.state(), replace(place, timeout=1)
    assert node.pid
    os.kill(node.pid, signal.SIGSTOP)
    try:
        code, words = run(impatient, "search", "ville")
        assert (code, "trop lentement" in words) == (1, True), words
        check_site(impatient, "trop lentement")
    finally:
        os.kill(node.pid, signal.SIGCONT)
    assert place.state() == before
    node.kill()
    for command in ("search", "build", "status"):
        code, words = run(place, command, *["ville"] * (command == "search"))
        assert (code, "ne répond pas" in words) == (1, True), words
    check_site(place, "ne répond pas")
    node.start()
    node.wait()
    place.wait_green()
    assert place.state() == before
