"""Which cluster do the tests run on? That of the environment, else the one that `make opensearch` started; settings for it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from opensearchpy import OpenSearch

from indexer.config import Settings
from indexer.engine.opensearch.client import connect
from indexer.engine.opensearch.credentials import PASSWORD
from tests.cluster.nodes import known

VARIABLE = "CHERCHEVILLE_OPENSEARCH"
HOW = f"no cluster: make opensearch, or {VARIABLE}=https://user:password@node1:9200,https://node2:9200"
RUN = os.environ.setdefault("CHERCHEVILLE_TEST_RUN", uuid4().hex[:8])
"""In the names of this run's indexes, also of those that its processes make."""
PREFIX = f"cv-test-{RUN}-"


def addresses() -> tuple[str, ...]:
    """Those of the cluster at hand, without user and password; none when there is none."""
    told = os.environ.get(VARIABLE, "").replace(",", " ").split()
    return tuple(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" for parts in map(urlsplit, told)) or tuple(
        node.address for node in known()
    )


def user() -> str:
    """Whom to ask as; the password goes where the product looks for it."""
    for parts in map(urlsplit, os.environ.get(VARIABLE, "").replace(",", " ").split()):
        if parts.username:
            os.environ.setdefault(PASSWORD, unquote(parts.password or ""))
            return unquote(parts.username)
    return ""


def cluster_settings(index: Path, **others: Any) -> Settings:
    """Settings for the cluster at hand, under an alias that the folder `index` alone has."""
    name = PREFIX + sha256(str(index.absolute()).encode()).hexdigest()[:12]
    own = Settings(index=index, engine="opensearch", engine_addresses=addresses(), engine_index=name, engine_user=user())
    return replace(own, **{"engine_replicas": 0} | others)


def write_config(settings: Settings) -> Path:
    """A configuration file beside the index folder, for commands on these settings."""
    lines = [
        f"[corpus]\npath = {json.dumps(str(settings.corpus))}\n[index]\npath = {json.dumps(str(settings.index))}",
        f'[pdf]\nworkers = {settings.pdf_workers}\n[ocr]\nmode = "{settings.ocr}"\n[engine]\nname = "{settings.engine}"',
        f"addresses = {json.dumps(settings.engine_addresses)}\nreplicas = {settings.engine_replicas}",
        f'index = "{settings.engine_index}"\nuser = "{settings.engine_user}"\ntimeout_seconds = {settings.engine_timeout}',
    ]
    path = settings.index.parent / "config.toml"
    path.write_text("\n".join(lines))
    return path


def forget(name: str, where: tuple[str, ...] = ()) -> None:
    """Remove what the cluster at hand, or that at other addresses, has under names that begin so."""
    with suppress(Exception), _asked(where) as client:
        for index in client.indices.get(index=f"{name}*", params={"expand_wildcards": "all"}):
            client.indices.delete(index=index)


@contextmanager
def _asked(where: tuple[str, ...]) -> Iterator[OpenSearch]:
    client = connect(replace(cluster_settings(Path()), engine_addresses=where or addresses()))
    try:
        yield client
    finally:
        client.close()
