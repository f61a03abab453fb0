"""Corpora whose index is on a cluster, and what is compared of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.snapshot import words_index
from indexer.engine.opensearch.state import in_use
from tests.cluster.at_hand import addresses, cluster_settings, forget, write_config
from tests.faults.conftest import ROOT, Place, State
from tests.faults.variant import LONG

EXACT = 1e-6
PlaceMaker = Callable[..., "ClusterPlace"]


@dataclass(frozen=True)
class ClusterPlace(Place):
    """A corpus, its texts in a folder beside it, and its index on a cluster: by default the one at hand."""

    addresses: tuple[str, ...] = ()
    replicas: int = 0
    timeout: int = 30

    @property
    def settings(self) -> Settings:
        plain = super().settings
        return cluster_settings(
            plain.index,
            corpus=plain.corpus,
            pdf_workers=plain.pdf_workers,
            ocr=plain.ocr,
            engine_addresses=self.addresses or addresses(),
            engine_replicas=self.replicas,
            engine_timeout=self.timeout,
        )

    def command(self, *words: str) -> list[str]:
        plain = super().command(*words)
        return [*plain[: 3 + len(words)], "--config", str(write_config(self.settings))]

    def at(self, *addresses: str) -> ClusterPlace:
        """The same index, asked for at other addresses."""
        return replace(self, addresses=addresses)

    def indexes(self) -> set[str]:
        """All that the cluster has under names that begin as the alias does."""
        with closing(connect(self.settings)) as client:
            return set(client.indices.get(index=f"{self.settings.engine_index}*"))

    def strays(self) -> list[str]:
        """The indexes of the cluster that are of no use."""
        with closing(connect(self.settings)) as client:
            used = in_use(client, self.settings).index
        return sorted(self.indexes() - {used, words_index(used)})

    def wait_green(self, seconds: float = 120) -> None:
        """Until every copy of the index is there."""
        end = time.monotonic() + seconds
        with closing(connect(self.settings)) as client:
            while client.cluster.health(index=f"{self.settings.engine_index}*")["status"] != "green":
                assert time.monotonic() < end
                time.sleep(0.2)

    def forget(self) -> None:
        """Remove what the cluster has of it."""
        forget(self.settings.engine_index, self.settings.engine_addresses)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They take the three nodes in turn, whatever else runs at the same time."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("nodes"))


collect_ignore = [] if LONG else ["test_build_killed.py", "test_node_killed.py", "test_narrow.py"]
"""Minutes long: `make faults` has them. A node killed under searches is in tests/engine_opensearch/test_nodes.py too."""


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[PlaceMaker]:
    """Makes places under a name, which are forgotten in the end."""
    made: list[ClusterPlace] = []

    def make(name: str, *addresses: str, replicas: int = 0) -> ClusterPlace:
        made.append(ClusterPlace(tmp_path / name, addresses=addresses, replicas=replicas))
        return made[-1]

    yield make
    for place in made:
        place.forget()


def environment(lot: int) -> dict[str, str]:
    """The variables by which a build sends requests of `lot` bytes."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}/tests/faults_opensearch/injected:{ROOT}", "LOT": str(lot)}


def alike(found: State | None, wanted: State | None, drift: float = EXACT) -> bool:
    """Whether answers are the same, and scores within `drift` of them."""
    if found is None or wanted is None:
        return found is wanted
    return found[0] == wanted[0] and all(map(_alike, found[1], wanted[1], [drift] * len(wanted[1])))  # type: ignore[call-overload]


def _alike(found: tuple, wanted: tuple, drift: float) -> bool:  # type: ignore[type-arg]
    (total, hits, facets), (wanted_total, wanted_hits, wanted_facets) = found, wanted
    near = all(abs(one[1] - other[1]) <= drift * abs(other[1]) + EXACT for one, other in zip(hits, wanted_hits, strict=False))
    same = drift > EXACT or [hit[::2] for hit in hits] == [hit[::2] for hit in wanted_hits]
    return (total, len(hits), facets) == (wanted_total, len(wanted_hits), wanted_facets) and near and same
