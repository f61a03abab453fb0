"""The way to the cluster: any of its nodes, patiently, and never with half an answer."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Sequence
from typing import Any

from opensearchpy import OpenSearch, Transport, TransportError

from indexer.config import Settings
from indexer.engine.opensearch.credentials import credentials
from indexer.engine.opensearch.faults import PartialAnswer, is_passing
from indexer.errors import ConfigError

READING: Sequence[float] = (0.1, 0.3, 0.9)
"""Seconds between tries at a cluster that cannot answer at the moment, when a reader waits."""
BUILDING: Sequence[float] = (0.5, 1, 2, 4, 8, 16, 32)
"""When nobody does."""
_LONGER = 6
"""How many times as long a build waits for an answer: many dossiers are written for one."""
_AWAY = 5
"""Seconds that a node that failed is left alone, twice as long each time up to eightfold."""

for _name in ("opensearch", "opensearchpy.trace"):  # they tell what is sought, and all bodies; what went wrong is told by us
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class PatientTransport(Transport):
    """Waits and asks again when the cluster has too much to do or elects; a node that is away is the library's to pass over."""

    def __init__(self, hosts: Any, pauses: Sequence[float] = READING, **options: Any) -> None:
        super().__init__(hosts, **options)
        self._pauses = pauses

    def perform_request(self, *request: Any, **options: Any) -> Any:
        for pause in self._pauses:
            try:
                return super().perform_request(*request, **options)
            except TransportError as error:
                if not is_passing(error.status_code, error.info):
                    raise
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - so that not all come back at once
        return super().perform_request(*request, **options)


def connect(settings: Settings, pauses: Sequence[float] = READING) -> OpenSearch:
    """A client of the cluster, safe to share between threads; nothing is asked yet. Raises `ConfigError`.

    What is asked may arrive twice, when a node died before it answered: write under identifiers of your own. Bodies are not
    compressed: at the level the library takes, gzip is slower than a network of 1 Gbit/s.
    """
    others = len(settings.engine_addresses) - 1
    return OpenSearch(
        list(settings.engine_addresses),
        transport_class=PatientTransport,
        pauses=pauses,
        timeout=settings.engine_timeout * (_LONGER if pauses is BUILDING else 1),
        max_retries=max(1, others),
        retry_on_timeout=others > 0,
        retry_on_status=(502, 504),  # 503 is said of the cluster, by every node: no reason to leave this one alone
        dead_timeout=_AWAY,
        timeout_cutoff=3,
        pool_maxsize=settings.threads + (os.cpu_count() or 1),
        **_authority(settings),
        headers=credentials(settings),
    )


def _authority(settings: Settings) -> dict[str, str]:
    """Whom certificates must come from."""
    path = settings.engine_ca_file
    if path is None:
        return {}
    if not path.is_file():
        raise ConfigError(f"Le fichier « {path} » de [engine] ca_file n’existe pas. Nommez celui de l’autorité, en PEM.")
    return {"ca_certs": str(path)}


def search(client: OpenSearch, index: str, body: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    """The answer of every shard. Raises `PartialAnswer` and what the client raises."""
    answer: dict[str, Any] = client.search(index=index, body=body, params={"allow_partial_search_results": "false"} | parameters)
    return whole(answer)


def whole(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, unless shards or time were lacking for all of it. Raises `PartialAnswer`."""
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        raise PartialAnswer(bool(answer.get("timed_out")))
    return answer
