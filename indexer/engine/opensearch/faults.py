"""What goes wrong with a cluster becomes an error of the tree: the one place where the client's exceptions are read.

Only the kind of a fault is told, never its reason, which may repeat what was sought or stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opensearchpy import (
    ConnectionError,
    ConnectionTimeout,
    ImproperlyConfigured,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)
from opensearchpy.helpers import BulkIndexError

from indexer.config import Settings
from indexer.engine.opensearch.cluster_errors import cluster_error
from indexer.errors import ChercheVilleError

_BLOCKED = "cluster_block_exception"
_NO_SHARD = ("search_phase_execution_exception", "no_shard_available_action_exception", "unavailable_shards_exception")
_LOST = ("node_disconnected_exception", "node_not_connected_exception", "node_closed_exception", "connect_transport_exception")
"""What a shard fails by while its node dies: the search fails as if by a fault of its own (500), and the next finds a copy."""
_NO_INDEX = ("index_not_found_exception", "alias")
_BY_STATUS = {401: "unknown", 403: "forbidden", 429: "busy", 502: "unready", 503: "unready", 504: "unready"}
_BY_CLASS: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionTimeout, "slow"),
    (SSLError, "untrusted"),
    (ConnectionError, "away"),
    (SerializationError, "stranger"),
)


class PartialAnswer(OpenSearchException):
    """Not every shard answered, or not in time: what was found is not all that there is."""

    def __init__(self, timed_out: bool) -> None:
        super().__init__("partial answer")
        self.timed_out = timed_out


@contextmanager
def talking(settings: Settings) -> Iterator[None]:
    """While the cluster is asked, its faults are ours. Raises `ClusterUnreachable`, `ClusterRefuses`, `IndexMissing`."""
    try:
        yield
    except (OpenSearchException, ImproperlyConfigured) as error:
        raise _told(error, settings) from error


def is_passing(status: object, answer: object) -> bool:
    """Whether the same may be asked again after a moment. A full disk is told as 429 too, but does not pass by waiting."""
    return (status in (429, 502, 503, 504) and not (status == 429 and _kind(answer) == _BLOCKED)) or _is_lost(status, answer)


def _told(error: Exception, settings: Settings) -> ChercheVilleError:
    for kind, cause in _BY_CLASS:
        if isinstance(error, kind):
            return cluster_error(cause, settings)
    if isinstance(error, PartialAnswer):
        return cluster_error("slow" if error.timed_out else "shards", settings)
    if isinstance(error, BulkIndexError):
        first = next(iter(error.errors[0].values()))
        return _refused(first.get("status"), first, settings)
    if isinstance(error, TransportError):
        return _refused(error.status_code, error.info, settings)
    return cluster_error("other", settings, type(error).__name__)


def _refused(status: object, answer: object, settings: Settings) -> ChercheVilleError:
    """What an answer that is an error means, by its number and its kind."""
    kind = _kind(answer)
    if kind == _BLOCKED and status != 503:
        return cluster_error("full" if _is_disk(answer) else "blocked", settings)
    if kind == "index_closed_exception":
        return cluster_error("closed", settings)
    if status == 404 and kind in _NO_INDEX:
        return cluster_error("missing", settings)
    if (status == 503 and kind in _NO_SHARD) or _is_lost(status, answer):
        return cluster_error("shards", settings)
    if status in _BY_STATUS:
        return cluster_error(_BY_STATUS[int(str(status))], settings)
    return cluster_error("other", settings, f"{kind} {status}".strip())


def _kind(answer: Any) -> str:
    """The kind of an error by OpenSearch's name; "alias" for one that is missing, which has none."""
    fault = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(fault, dict):
        return str(fault.get("type", ""))
    return "alias" if isinstance(fault, str) and fault.startswith("alias [") else ""


def _is_disk(answer: object) -> bool:
    return "read-only-allow-delete" in str(answer)


def _is_lost(status: object, answer: object) -> bool:
    return status == 500 and any(kind in str(answer) for kind in _LOST)
