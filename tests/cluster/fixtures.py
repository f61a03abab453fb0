"""The cluster at hand, and one of three processes that a test may kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.at_hand import HOW, addresses
from tests.cluster.jars import Lacking
from tests.cluster.nodes import Nodes, free_port, nodes_at


@pytest.fixture(scope="session")
def cluster_at_hand() -> tuple[str, ...]:
    """The addresses of the cluster that the tests share."""
    return addresses() or pytest.skip(HOW)


@pytest.fixture(scope="module")
def three_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Three processes of one cluster, of a module's own; what a test kills the next one starts with `start`."""
    cluster = nodes_at(free_port(3), 3, tmp_path_factory.mktemp("nodes"))
    try:
        cluster.start()
    except Lacking as lacking:
        pytest.skip(str(lacking))
    else:
        yield cluster
    finally:
        cluster.stop()
