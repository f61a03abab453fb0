"""The sample corpus on both engines, the cluster's index in three shards (the contract suite has one)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer import open_reader
from indexer.build import build
from indexer.engine.contract import Reader
from tests.engines import engine_settings

ROOT = Path(__file__).parents[2]


class Both(NamedTuple):
    whoosh: Reader
    opensearch: Reader


@pytest.fixture(scope="session", params=(3,), ids=["opensearch"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with ExitStack() as stack:
        readers = []
        for name, others in (("whoosh", {}), ("opensearch", {"engine_shards": request.param})):
            index = tmp_path_factory.mktemp(name)
            settings = stack.enter_context(engine_settings(name, index, corpus=ROOT / "corpus", **others))
            build(settings, lambda *_: None)
            readers.append(open_reader(settings))
            stack.callback(readers[-1].close)
        yield Both(*readers)
