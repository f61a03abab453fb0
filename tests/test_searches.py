"""The searches of searches.toml on the tiny corpus, on every engine, through the ordinary build."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build
from indexer.engine import open_reader
from indexer.engine.contract import Reader, Request
from indexer.periods import parse_period
from tests.engines import EACH, engine_settings

HERE = Path(__file__).parent
SEARCHES: list[dict[str, Any]] = tomllib.loads((HERE / "searches.toml").read_text())["search"]


@pytest.fixture(scope="module", params=EACH)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with engine_settings(request.param, tmp_path_factory.mktemp("index"), corpus=HERE / "corpus") as settings:
        build(settings, lambda *_: None)
        reader = open_reader(settings)
        yield reader
        reader.close()


@pytest.mark.parametrize("search", SEARCHES, ids=[search["why"] for search in SEARCHES])
def test_search(reader: Reader, search: dict[str, Any]) -> None:
    result = reader.search(as_request(search))
    titles = [hit.card.title for hit in result.hits]
    assert len(titles) == len(search["hits"]), titles
    for title, beginning in zip(titles, search["hits"], strict=True):
        assert title.startswith(beginning)
    assert result.total == search.get("total", len(titles))
    if "passage" in search:
        check_passage(result.hits[0], search["passage"])


def as_request(search: dict[str, Any]) -> Request:
    since, until = (parse_period(search[name]) if name in search else None for name in ("du", "au"))
    return Request(
        search["query"],
        filters={"theme": tuple(search["theme"])} if "theme" in search else {},
        since=since.first if since else None,
        until=until.last if until else None,
        sort=search.get("tri", "pertinence"),
    )


def check_passage(hit: Any, expected: dict[str, Any]) -> None:
    shown = [(hit.card.attachments[p.attachment].name, p.page, "".join(text for text, _ in p.segments))
             for p in hit.passages if p.attachment is not None]  # fmt: skip
    assert (expected["attachment"], expected["page"], expected["text"]) in shown
