"""Each question of queries.toml finds its dossier first, or within the first three, on every engine."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build
from indexer.engine import open_reader
from indexer.engine.contract import Hit, Reader, Request
from tests.engines import EACH, engine_settings

HERE = Path(__file__).parent
QUERIES: list[dict[str, Any]] = tomllib.loads((HERE / "queries.toml").read_text())["query"]
KINDS = Counter(query["kind"] for query in QUERIES)


@pytest.fixture(scope="module", params=EACH)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with engine_settings(request.param, tmp_path_factory.mktemp("index"), corpus=HERE.parents[1] / "corpus") as settings:
        build(settings, lambda *_: None)
        reader = open_reader(settings)
        yield reader
        reader.close()


@pytest.mark.parametrize("asked", QUERIES, ids=[f"{query['kind']}: {query['query']}" for query in QUERIES])
def test_a_question_finds_its_dossier(reader: Reader, asked: dict[str, Any]) -> None:
    result = reader.search(Request(asked["query"]))
    first = [hit.card.path for hit in result.hits[: 1 if "first" in asked else 3]]
    assert any(piece in path for path in first for piece in asked.get("first") or asked["among"]), first
    assert asked.get("offer") in (None, *(offer.other for offer in result.offers))
    assert asked.get("corrected", False) == (result.correction is not None)
    if "passage" in asked:
        assert any(shows(hit, asked["passage"]) for hit in result.hits[:1])


def shows(hit: Hit, wanted: dict[str, Any]) -> bool:
    """Whether a passage of the hit is of the page wanted and has the words."""
    return any(
        passage.page == wanted["page"] and wanted["has"] in "".join(text for text, _ in passage.segments)
        for passage in hit.passages
    )


def test_there_are_enough_questions_of_each_kind() -> None:
    assert len(QUERIES) >= 60
    assert set(KINDS) >= {
        "acronym", "long form", "old name", "town", "month", "misspelling", "question", "phrase", "deep page", "inclusive",
        "old spelling", "no accents",
    }  # fmt: skip
