"""The search benchmark: its corpus, its queries, and the agreement of two engines on them. Times are not tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.search.command import main
from bench.search.corpus import documents, invented, sample_sentences
from bench.search.engine import Docs, read_queries
from bench.search.engines import chercheville, sqlite
from bench.search.prepare import prepare

SENTENCES = sample_sentences(Path("corpus"))


def test_the_corpus_follows_from_its_seed_and_a_larger_one_begins_with_the_smaller() -> None:
    small, large = list(documents(30, SENTENCES)), list(documents(700, SENTENCES))
    assert large[:30] == small
    assert len({doc.text for doc in large}) == 700
    assert 200 < sum(len(doc.text.split()) for doc in large) / 700 < 350


def test_invented_words_nearly_all_differ() -> None:
    assert len({invented(rank) for rank in range(20_000)}) > 19_900


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "300"
    prepare(folder, 300, 60, None)
    return folder


def test_queries_are_of_all_kinds(work: Path) -> None:
    queries = read_queries(work)
    assert len(queries) == 60
    assert {query.kind for query in queries} == {"and", "or", "phrase", "filtered", "browse"}


def test_two_engines_agree_on_every_query(work: Path, tmp_path: Path) -> None:
    ours, theirs = chercheville.Engine(), sqlite.Engine()
    for engine, folder in ((ours, tmp_path / "ours"), (theirs, tmp_path / "theirs")):
        engine.build(Docs(work, raw=False), folder, raw=False)
        engine.open(folder)
    for query in read_queries(work):
        one, other = ours.answer(query), theirs.answer(query)
        assert one.total == other.total, query
        assert one.facets == other.facets, query
        assert one.total > 0 or query.kind == "filtered", query


def test_the_command_writes_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, drawn = tmp_path / "told.json", tmp_path / "drawn.svg"
    words = f"--docs 120 --queries 30 --engines chercheville,sqlite --work {tmp_path} --json {told} --plot {drawn}".split()
    assert main(words) == 0
    assert "chercheville" in capsys.readouterr().out
    figures = json.loads(told.read_text())
    assert {"p50", "p95", "p99", "mean"} <= figures["search"]["chercheville"].keys()
    assert {"build", "disk", "resident"} <= figures.keys()
    assert drawn.read_text().startswith("<svg")
