"""Dossiers to the cluster, many in a request. What is sent twice is written once: each has its own identifier."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.helpers import BulkIndexError

from indexer.config import Settings
from indexer.engine.common_words import Common, CommonWords
from indexer.engine.opensearch.client import BUILDING, connect
from indexer.engine.opensearch.documents import Documents
from indexer.engine.opensearch.faults import is_passing, talking
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier

_BYTES = 4 << 20
"""Of one request."""
_PATH = "/_bulk?timeout=10s&filter_path=items.*.status,items.*.error"
"""With how long the cluster waits for a part of the index that is away: among `params`, the client takes it for its own."""


class Sent(msgspec.Struct, frozen=True):
    """What one writer has sent: how many dossiers, and their frequent words."""

    dossiers: int
    common: Common


def line_of(index: str, action: str, dossier_id: str) -> bytes:
    """The line of a bulk request that says what to do with a dossier."""
    return msgspec.json.encode({action: {"_index": index, "_id": dossier_id}}) + b"\n"


class BulkWriter:
    """Analyses dossiers and sends them to an index."""

    def __init__(self, settings: Settings, index: str, themes: Themes, spool: BinaryIO | None = None) -> None:
        """With `spool`, what would be sent is written there instead."""
        self._settings = settings
        self._index = index
        self._documents = Documents(themes)
        self._common = CommonWords(self._documents.words)
        self._client = None if spool else connect(settings, BUILDING)
        self._spool = spool
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._sent = 0

    def add(self, dossiers: Iterable[Dossier]) -> None:
        for dossier in dossiers:
            body, made = self._documents.document(dossier)
            self._common.add(made.running)
            lines = line_of(self._index, "index", dossier.card.id) + msgspec.json.encode(body) + b"\n"
            self._waiting.append(lines)
            self._bytes += len(lines)
            self._sent += 1
            if self._bytes > _BYTES:
                self._flush()

    def _flush(self) -> None:
        if self._client and self._waiting:
            with talking(self._settings):
                send(self._client, self._waiting)
        elif self._spool:
            self._spool.writelines(self._waiting)
        self._waiting, self._bytes = [], 0

    def finished(self) -> Sent:
        self._flush()
        return Sent(self._sent, self._common.found())


def send(client: OpenSearch, actions: list[bytes]) -> None:
    """Send actions, each with its line and its document; again those that the cluster cannot take yet, as long as it takes some.

    Raises as the client, and `BulkIndexError` when it takes none for a minute.
    """
    pauses = iter(BUILDING)
    while True:
        answer = client.transport.perform_request("POST", _PATH, body=b"".join(actions))
        failed = [(action, said) for action, item in zip(actions, answer["items"], strict=True) if "error" in (said := _of(item))]
        if refused := [{"index": said} for _, said in failed if not is_passing(said["status"], said)]:
            raise BulkIndexError(f"{len(refused)} refused", refused)
        if not failed:
            return
        if len(failed) < len(actions):
            pauses = iter(BUILDING)
        pause = next(pauses, None)
        if pause is None:
            raise BulkIndexError(f"{len(failed)} not taken", [{"index": said} for _, said in failed])
        time.sleep(pause)
        actions = [action for action, _ in failed]


def _of(item: dict[str, Any]) -> dict[str, Any]:
    """What is said of an action, without which action it was."""
    ((_, said),) = item.items()
    return dict(said)


def spooled(spool: BinaryIO, deleted: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The actions that were written to `spool`, and deletions, as many as one request takes."""
    spool.seek(0)
    lot: list[bytes] = []
    size = 0
    for action in _actions(spool, deleted):
        lot.append(action)
        size += len(action)
        if size > _BYTES:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def _actions(spool: BinaryIO, deleted: Iterable[bytes]) -> Iterator[bytes]:
    for line in spool:
        yield line + next(spool)
    yield from deleted
