"""What is asked of a cluster, of which of its nodes, and how each fault is told."""

from __future__ import annotations

import logging
import socket
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opensearchpy.helpers import bulk

from indexer.config import Settings
from indexer.engine.opensearch.client import connect, search
from indexer.engine.opensearch.credentials import API_KEY, PASSWORD
from indexer.engine.opensearch.faults import talking
from indexer.errors import ChercheVilleError, ClusterRefuses, ClusterUnreachable, ConfigError, IndexMissing
from tests.engine_opensearch.fake_node import FOUND, Answer, answering, refused

SOUGHT = "mots-secrets-cherchés"
FULL = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete"


@pytest.fixture(autouse=True)
def no_secrets_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (PASSWORD, API_KEY):
        monkeypatch.delenv(name, raising=False)


def settings_of(*addresses: str, **others: Any) -> Settings:
    return Settings(engine="opensearch", engine_addresses=addresses, **others)


def ask(settings: Settings, pauses: tuple[float, ...] = (0.01, 0.01)) -> dict[str, Any]:
    with talking(settings), closing(connect(settings, pauses)) as client:
        return search(client, settings.engine_index, {"query": {"match": {"text": SOUGHT}}})


def free_address() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_an_answer_is_that_of_all_shards_or_none() -> None:
    with answering(Answer(FOUND)) as node:
        assert ask(settings_of(node.address)) == FOUND
    [(_, path, _)] = node.asked
    assert path == "/chercheville/_search?allow_partial_search_results=false"


@pytest.mark.parametrize("lacking", [{"timed_out": True}, {"_shards": {"total": 2, "successful": 1, "failed": 1}}])
def test_part_of_an_answer_is_an_error(lacking: dict[str, Any]) -> None:
    with answering(Answer(FOUND | lacking)) as node, pytest.raises((ClusterUnreachable, ClusterRefuses)):
        ask(settings_of(node.address))


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (Answer({"error": "Unauthorized"}, 401), ClusterRefuses, "password_file"),
        (Answer("Unauthorized", 401, kind="text/plain"), ClusterRefuses, "password_file"),
        (refused("security_exception", 403), ClusterRefuses, "droits"),
        (refused("cluster_block_exception", 429, FULL), ClusterRefuses, "disques"),
        (
            refused("cluster_block_exception", 403, "index [x] blocked by: [FORBIDDEN/5/index read-only (api)];"),
            ClusterRefuses,
            "bloqué",
        ),
        (
            refused("cluster_block_exception", 503, "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered]"),
            ClusterRefuses,
            "en état",
        ),
        (refused("search_phase_execution_exception", 503, "all shards failed"), ClusterRefuses, "Une partie de l’index"),
        (refused("rejected_execution_exception", 429), ClusterRefuses, "trop à faire"),
        (refused("circuit_breaking_exception", 429), ClusterRefuses, "trop à faire"),
        (refused("index_not_found_exception", 404), IndexMissing, "index «.chercheville.»"),
        (Answer({"error": "alias [chercheville] missing", "status": 404}, 404), IndexMissing, "chercheville build"),
        (refused("parsing_exception", 400, SOUGHT), ClusterRefuses, "parsing_exception 400"),
        (Answer("Bad gateway", 502, kind="text/plain"), ClusterRefuses, "en état"),
        (Answer("<html>", kind="text/html"), ClusterUnreachable, "n’est pas OpenSearch"),
    ],
)
def test_a_fault_names_the_cluster_and_the_way_out(answer: Answer, error: type[ChercheVilleError], said: str) -> None:
    with answering(answer) as node, pytest.raises(error, match=said) as raised:
        ask(settings_of(node.address))
    assert node.address in str(raised.value)
    assert SOUGHT not in str(raised.value)
    assert raised.value.exit_code == 1


def test_a_cluster_that_is_away_is_named() -> None:
    address = free_address()
    with pytest.raises(ClusterUnreachable, match=address):
        ask(settings_of(address))


def test_a_cluster_that_is_slow_is_not_waited_for() -> None:
    with answering(Answer(FOUND, seconds=1.5)) as node, pytest.raises(ClusterUnreachable, match="trop lentement"):
        ask(settings_of(node.address, engine_timeout=1))


def test_a_busy_cluster_is_asked_again_after_a_pause() -> None:
    busy = refused("rejected_execution_exception", 429)
    with answering(busy, busy, Answer(FOUND)) as node:
        assert ask(settings_of(node.address)) == FOUND
    assert len(node.asked) == 3


def test_full_disks_are_not_waited_for() -> None:
    with answering(refused("cluster_block_exception", 429, FULL)) as node, pytest.raises(ClusterRefuses):
        ask(settings_of(node.address))
    assert len(node.asked) == 1


@pytest.mark.parametrize("answer", [Answer("", 504), Answer("", 502), Answer(FOUND, seconds=1.5)])
def test_another_node_answers_for_one_that_does_not(answer: Answer) -> None:
    with answering(answer) as sick, answering(Answer(FOUND)) as well:
        settings = settings_of(sick.address, free_address(), well.address, engine_timeout=1)
        with talking(settings), closing(connect(settings)) as client:
            answers = [search(client, "chercheville", {}) for _ in range(12)]
    assert answers == [FOUND] * 12
    assert len(sick.asked) <= 2  # a node that failed is left alone


def test_what_nodes_say_of_their_cluster_is_told_though_another_is_away() -> None:
    red = refused("search_phase_execution_exception", 503)
    with answering(red) as one, answering(red) as other:
        for order in ((free_address(), one.address, other.address), (one.address, other.address, free_address())):
            with pytest.raises(ClusterRefuses, match="Une partie de l’index"):
                ask(settings_of(*order))


def test_a_search_that_a_dying_node_took_with_it_is_asked_again() -> None:
    lost = Answer(
        {
            "error": {
                "type": "search_phase_execution_exception",
                "failed_shards": [{"reason": {"type": "node_disconnected_exception"}}],
            }
        },
        500,
    )
    with answering(lost, Answer(FOUND)) as node:
        assert ask(settings_of(node.address)) == FOUND


def test_many_threads_share_a_client() -> None:
    with answering(Answer(FOUND)) as node:
        settings = settings_of(node.address, free_address())
        with talking(settings), closing(connect(settings)) as client, ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: search(client, "chercheville", {}), range(200)))
    assert answers == [FOUND] * 200


def test_documents_that_are_not_taken_are_told_without_their_text() -> None:
    fault = {"type": "mapper_parsing_exception", "reason": f"failed to parse {SOUGHT}"}
    items = [{"index": {"_id": "a", "status": 400, "error": fault}}]
    with answering(Answer({"errors": True, "items": items})) as node:
        settings = settings_of(node.address)
        with (
            pytest.raises(ClusterRefuses, match="mapper_parsing_exception 400") as raised,
            talking(settings),
            closing(connect(settings)) as client,
        ):
            bulk(client, [{"_index": "x", "_id": "a", "text": SOUGHT}])
    assert SOUGHT not in str(raised.value)


@pytest.fixture
def password(tmp_path: Path) -> Path:
    (tmp_path / "password").write_text("S3cr3t-é€\n")
    return tmp_path / "password"


def test_the_password_of_the_file_is_sent(password: Path) -> None:
    with answering(Answer(FOUND)) as node:
        ask(settings_of(node.address, engine_user="moi", engine_password_file=password))
    kind, _, told = node.asked[0][2]["authorization"].partition(" ")
    assert (kind, b64decode(told).decode()) == ("Basic", "moi:S3cr3t-é€")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("du fichier")
    monkeypatch.setenv("CHERCHEVILLE_ENGINE_API_KEY", "de-l-environnement")
    with answering(Answer(FOUND)) as node:
        ask(settings_of(node.address, engine_api_key_file=tmp_path / "key"))
    assert node.asked[0][2]["authorization"] == "ApiKey de-l-environnement"


def test_a_secret_is_in_no_message_no_log_and_no_repr(
    password: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHERCHEVILLE_ENGINE_PASSWORD", "S3cr3t-env")
    caplog.set_level(logging.DEBUG)
    said = []
    for answer in (Answer(FOUND), Answer({"error": "Unauthorized"}, 401), refused("parsing_exception", 400, SOUGHT)):
        with answering(answer) as node:
            settings = settings_of(node.address, engine_user="moi", engine_password_file=password)
            with closing(connect(settings)) as client:
                said += [repr(settings), repr(client), repr(client.transport), repr(client.transport.connection_pool)]
                try:
                    with talking(settings):
                        search(client, "chercheville", {"query": {"match": {"text": SOUGHT}}})
                except ChercheVilleError as error:
                    said.append(str(error))
    told = " ".join([*said, caplog.text, *capfd.readouterr()])
    assert "S3cr3t" not in told
    assert SOUGHT not in told


@pytest.mark.parametrize(
    ("others", "environment", "said"),
    [
        ({"engine_user": "moi"}, {}, "vont ensemble"),
        ({}, {"CHERCHEVILLE_ENGINE_PASSWORD": "S3cr3t"}, "vont ensemble"),
        (
            {"engine_user": "moi"},
            {"CHERCHEVILLE_ENGINE_PASSWORD": "S3", "CHERCHEVILLE_ENGINE_API_KEY": "cr3t"},
            "l’un ou l’autre",
        ),
        ({"engine_api_key_file": Path("absent")}, {}, "absent"),
        ({"engine_api_key_file": Path("/dev/null")}, {}, "vide"),
        ({}, {"CHERCHEVILLE_ENGINE_API_KEY": "S3cr3t\r\nX-Evil: 1"}, "plusieurs lignes"),
        ({}, {"CHERCHEVILLE_ENGINE_API_KEY": "S3cr3t-é"}, "sans accent"),
        ({"engine_ca_file": Path("absent.pem")}, {}, "ca_file"),
    ],
)
def test_credentials_that_cannot_be_are_refused(
    others: dict[str, Any], environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=said) as raised:
        connect(replace(settings_of("http://127.0.0.1:1"), **others))
    assert "S3cr3t" not in str(raised.value)
