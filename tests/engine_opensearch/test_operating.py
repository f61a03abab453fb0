"""The commands of who keeps an installation whose index is on a cluster: status, check, backup, switching over and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indexer.backup import BackupError, backup, restore
from indexer.build import build, planned
from indexer.cli import cli
from indexer.condition import facts_of_engine
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.engine.opensearch.client import connect
from indexer.errors import ClusterUnreachable, IndexMissing
from tests.cluster.at_hand import write_config
from tests.engine_opensearch.fake_node import Answer, answering, refused
from tests.engines import engine_settings
from webapp import create_app


@pytest.fixture
def settings(cluster_at_hand: tuple[str, ...], tmp_path: Path) -> Iterator[Settings]:
    """Three pages on the cluster."""
    for number in range(3):
        write(tmp_path / "corpus", number, "Atelier à la salle des fêtes")
    with engine_settings("opensearch", tmp_path / "index", corpus=tmp_path / "corpus") as settings:
        build(settings, lambda *_: None)
        yield settings


def write(corpus: Path, number: int, text: str) -> None:
    corpus.mkdir(exist_ok=True)
    (corpus / f"{number}.txt").write_text(f"Rencontre {number}\n\n{text}\n\nURL de la source: https://exemple.fr/{number}\n")


def facts(settings: Settings) -> dict[str, tuple[str, str | None]]:
    return {fact.name: (fact.value, fact.fault) for fact in facts_of_engine(settings)}


def run(settings: Settings, *arguments: str) -> Result:
    """A command on these settings, as config.toml would give them."""
    return CliRunner().invoke(cli, [*arguments, "--config", str(write_config(settings))], standalone_mode=False)


def test_status_and_check_tell_of_the_cluster(settings: Settings) -> None:
    found = facts(settings)
    assert list(found) == ["cluster", "version", "nodes", "health", "alias", "shards", "dossiers"]
    assert [fault for _, fault in found.values()] == [None] * 7
    assert found["dossiers"] == ("3", None)
    assert found["alias"][0].startswith(f"{settings.engine_index} → {settings.engine_index}-")
    for command in ("status", "check"):
        result = run(settings, command)
        assert result.return_value == 0
        assert f"Alias       {settings.engine_index}" in result.output
    assert json.loads(run(settings, "status", "--json").output)["cluster"][-1] == {
        "name": "dossiers",
        "value": "3",
        "fault": None,
    }


def test_dossiers_that_the_cluster_lost_are_a_fault_with_the_way_out(settings: Settings) -> None:
    with closing(connect(settings)) as client:
        query: dict[str, Any] = {"query": {"match_all": {}}, "max_docs": 1}
        client.delete_by_query(index=settings.engine_index, body=query, params={"refresh": "true"})
    value, fault = facts(settings)["dossiers"]
    assert value == "2"
    assert fault
    assert "chercheville build --full" in fault
    result = run(settings, "check")
    assert result.return_value == 1
    assert "a 2 dossiers" in result.output
    build(settings, lambda *_: None, full=True)
    assert facts(settings)["dossiers"] == ("3", None)


def test_an_index_that_was_never_made_is_named(cluster_at_hand: tuple[str, ...], tmp_path: Path) -> None:
    with engine_settings("opensearch", tmp_path / "index", corpus=tmp_path) as settings:
        for command in ("status", "check"):
            assert isinstance(run(settings, command).exception, IndexMissing)


def test_a_backup_has_the_texts_from_which_the_index_is_made_anew(settings: Settings, tmp_path: Path) -> None:
    made = backup(settings, tmp_path / "saved")
    assert [file.path for file in made.files] == ["store.sqlite"]
    write(settings.corpus, 3, "Réunion publique")
    build(settings, lambda *_: None)
    with pytest.raises(BackupError, match="--yes"):
        restore(settings, tmp_path / "saved")
    assert restore(settings, tmp_path / "saved", yes=True).generation is None
    with closing(open_reader(settings)) as reader:
        [hit] = reader.search(Request("réunion publique")).hits  # the index in use still has its texts
        assert hit.passages
    report = build(settings, lambda *_: None, stored=True)
    assert (report.full, report.dossiers) == (True, 3)
    assert facts(settings)["dossiers"] == ("3", None)


def test_a_backup_of_texts_alone_is_taken_back_into_an_empty_folder(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "saved")
    embedded = replace(settings, engine="whoosh", index=tmp_path / "elsewhere")
    assert restore(embedded, tmp_path / "saved").generation is None
    assert build(embedded, lambda *_: None, stored=True).dossiers == 3
    with pytest.raises(BackupError, match="n’a que des textes"):
        restore(embedded, tmp_path / "saved", yes=True)


def test_switching_over_and_back_never_takes_one_index_for_the_other(settings: Settings) -> None:
    embedded = replace(settings, engine="whoosh")
    assert planned(embedded).full
    assert build(embedded, lambda *_: None).full
    embedded_at = build(embedded, lambda *_: None, full=True).generation
    write(settings.corpus, 3, "Réunion publique")
    assert build(settings, lambda *_: None).generation == embedded_at  # of equal numbers, and yet another index
    assert build(embedded, lambda *_: None).dossiers == 4
    for each in (settings, embedded):
        with closing(open_reader(each)) as reader:
            assert reader.search(Request("réunion publique")).total == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refused("search_phase_execution_exception", 503), "Une partie de l’index"),
        (refused("security_exception", 403), "droits"),
        (Answer("", 502), "en état"),
    ],
)
def test_without_its_cluster_a_site_is_alive_but_not_ready(settings: Settings, answer: Answer, said: str) -> None:
    with answering(answer) as node:
        client = create_app(replace(settings, engine_addresses=(node.address,))).test_client()
        assert client.get("/healthz").status_code == 200
        ready, page = client.get("/readyz"), client.get("/recherche?q=atelier")
    assert (ready.status_code, page.status_code) == (503, 503)
    assert ready.json
    assert said in ready.json["detail"]
    assert node.address in ready.json["detail"]


def test_a_cluster_that_is_away_ends_a_command_with_its_name(settings: Settings) -> None:
    away = replace(settings, engine_addresses=("http://127.0.0.1:1",))
    for command in (["status"], ["check"], ["build"], ["search", "atelier"]):
        error = run(away, *command).exception
        assert isinstance(error, ClusterUnreachable)
        assert "http://127.0.0.1:1" in str(error)
