"""Which index of the cluster is the one in use: that which the alias names. What is known of it stands in its mapping.

So one step of the cluster switches both, and one small question tells both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from opensearchpy import OpenSearch

from indexer import analysis
from indexer.config import Settings
from indexer.engine.contract import BuildFacts
from indexer.engine.opensearch.cluster_errors import cluster_error
from indexer.engine.opensearch.mapping import VERSION
from indexer.errors import IndexDamaged, IndexVersionMismatch
from indexer.language import gettext


class State(msgspec.Struct, frozen=True):
    """An index of the cluster. `generation` grows with every commit; `pending` is that of an update under way, else 0."""

    schema: int
    analyser: str
    generation: int
    built_at: datetime
    dossiers: int = 0
    attachments: int = 0
    pages: int = 0
    facts: BuildFacts = BuildFacts()
    shards: int = 1
    pending: int = 0


class Named(msgspec.Struct, frozen=True):
    """The index in use, by its name."""

    index: str
    state: State


class _Version(msgspec.Struct):
    """What every version has."""

    schema: int
    analyser: str


def new_state(generation: int, shards: int) -> State:
    """That of an index in which nothing is yet."""
    return State(VERSION, analysis.VERSION, generation, datetime.now().astimezone(), shards=shards)


def to_mapping(state: State) -> dict[str, Any]:
    """What is put into the mapping of its index."""
    return {"_meta": msgspec.to_builtins(state)}


def in_use(client: OpenSearch, settings: Settings) -> Named:
    """The index that the alias names. Raises `IndexMissing`, `IndexDamaged`, `IndexVersionMismatch` and as the client."""
    found = metas(client, settings.engine_index)
    if settings.engine_index in found or not found:
        check_name(client, settings)
    if not found and client.indices.exists_alias(name=settings.engine_index):
        raise _not_ours(settings)
    if not found:
        raise cluster_error("missing", settings)
    if len(found) > 1:
        raise IndexDamaged(
            gettext(
                "L’alias « %(index)s » nomme plusieurs index (%(names)s). Lancez : chercheville build --full",
                index=settings.engine_index,
                names=", ".join(sorted(found)),
            )
        )
    ((name, meta),) = found.items()
    return Named(name, _read(meta, settings))


def check_name(client: OpenSearch, settings: Settings) -> None:
    """Raises `IndexDamaged` when the name that is to be an alias is that of an index."""
    name = settings.engine_index
    if client.indices.exists(index=name) and not client.indices.exists_alias(name=name):
        raise IndexDamaged(
            gettext(
                "« %(index)s » est un index du cluster et non un alias. Supprimez-le, ou changez [engine] index ; puis lancez :"
                " chercheville build --full",
                index=name,
            )
        )


def metas(client: OpenSearch, names: str) -> dict[str, Any]:
    """What is said of each index of these names in its mapping."""
    answer = client.indices.get_mapping(index=names, params={"local": "true", "filter_path": "*.mappings._meta"})
    return {name: found["mappings"]["_meta"] for name, found in (answer or {}).items()}


def _read(meta: Any, settings: Settings) -> State:
    try:
        version = msgspec.convert(meta, _Version)
        if (version.schema, version.analyser) != (VERSION, analysis.VERSION):
            raise IndexVersionMismatch(
                gettext(
                    "L’index « %(index)s » du cluster est d’une autre version (%(found)s au lieu de %(wanted)s)."
                    " Lancez : chercheville build --full (sans le corpus : chercheville build --stored)",
                    index=settings.engine_index,
                    found=f"{version.schema}/{version.analyser}",
                    wanted=f"{VERSION}/{analysis.VERSION}",
                )
            )
        return msgspec.convert(meta, State)
    except msgspec.ValidationError as error:
        raise _not_ours(settings) from error


def _not_ours(settings: Settings) -> IndexDamaged:
    return IndexDamaged(
        gettext(
            "L’index « %(index)s » du cluster n’est pas de ChercheVille, ou est abîmé. Lancez : chercheville build --full",
            index=settings.engine_index,
        )
    )
