"""Writing the index of the cluster: a whole new one beside, or the changes of one.

A new index is filled beside the one in use, counted, and named by the alias in one step; only then the old one goes. Killed
before it, what was sent stays, and the next build goes on from there. An update is first made whole on this side, then sent, then
seen at once. Killed in the middle, it has left its mark, and the next build makes the index anew from the texts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from opensearchpy import NotFoundError, OpenSearch, RequestError

from indexer.config import Settings
from indexer.engine.common_words import Common, merged_common
from indexer.engine.contract import BuildFacts
from indexer.engine.opensearch.bulk import BulkWriter, Sent, line_of, send, spooled
from indexer.engine.opensearch.client import BUILDING, connect, search
from indexer.engine.opensearch.cluster_errors import cluster_error
from indexer.engine.opensearch.documents import digest
from indexer.engine.opensearch.faults import talking
from indexer.engine.opensearch.mapping import mapping, settings
from indexer.engine.opensearch.shapes import EVERYTHING, Clause
from indexer.engine.opensearch.snapshot import words_index
from indexer.engine.opensearch.state import State, check_name, in_use, metas, new_state, to_mapping
from indexer.engine.writing import written
from indexer.facts.themes import Vocabulary as Themes
from indexer.model import Dossier

_AT_ONCE = 10_000
_SPOOL_BYTES = 64 << 20
"""Of an update kept in memory; more goes to a file."""
_GREEN_SECONDS = 60
"""How long the copies of a new index are waited for before it is put to use all the same."""


def rebuild(given: Settings, dossiers: Iterable[Dossier], themes: Themes, facts: BuildFacts) -> None:
    """Fill a new index, or the one that a killed rebuild has left, and put it to use."""
    client = connect(given, BUILDING)
    name, generation = _target(client, given)
    known = _digests(client, name)
    seen: set[str] = set()
    made: list[Sent] = written(
        _unknown(dossiers, known, seen),
        lambda: BulkWriter(given, name, themes),
        "indexer.engine.opensearch.bulk_worker",
        (given, name, themes),
    )
    _delete(client, name, known.keys() - seen)
    _put_common(client, name, [sent.common for sent in made], keep=bool(known))
    client.indices.refresh(index=f"{name}*")
    _check(_count(client, name, EVERYTHING), len(seen), given)
    _add_copies(client, name, given)
    _commit(client, name, generation, facts, given)
    _switch(client, name, given)
    tidy(given)


def update(given: Settings, changed: Iterable[Dossier], removed: Iterable[str], themes: Themes, facts: BuildFacts) -> None:
    """Add or replace dossiers and remove others in the index in use."""
    client = connect(given, BUILDING)
    named = in_use(client, given)
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as spool:
        ids: list[str] = []
        writer = BulkWriter(given, named.index, themes, spool)  # type: ignore[arg-type]
        writer.add(_noted(changed, ids))
        sent = writer.finished()
        generation = named.state.generation + 1
        pending = msgspec.structs.replace(named.state, pending=generation)
        client.indices.put_mapping(index=named.index, body=to_mapping(pending))
        gone = set(removed) - set(ids)
        for lot in spooled(spool, (line_of(named.index, "delete", id) for id in gone)):  # type: ignore[arg-type]
            send(client, lot)
    _put_common(client, named.index, [sent.common], keep=True)
    client.indices.refresh(index=f"{named.index}*")
    _check(_having(client, named.index, ids), len(set(ids)), given)
    _check(_having(client, named.index, list(gone)), 0, given)
    _commit(client, named.index, generation, facts, given)


def tidy(given: Settings) -> None:
    """Remove the indexes that are not in use, but for those that someone is still reading from."""
    client = connect(given, BUILDING)
    keep = in_use(client, given).index
    for name in _own(client, given):
        if name != keep and not _is_read(client, name):
            _remove(client, name)


def drop(given: Settings) -> None:
    """Remove every index of this installation, the one in use too."""
    client = connect(given, BUILDING)
    with talking(given):
        for name in _own(client, given):
            _remove(client, name)


def _remove(client: OpenSearch, name: str) -> None:
    client.indices.delete(index=f"{name},{words_index(name)}", params={"ignore_unavailable": "true"})


def _own(client: OpenSearch, given: Settings) -> dict[str, Any]:
    """What is said of every index of this installation, in use or not."""
    found = metas(client, f"{given.engine_index}-*")
    return {name: meta for name, meta in found.items() if name.removeprefix(f"{given.engine_index}-").isdigit()}


def _is_read(client: OpenSearch, name: str) -> bool:
    answer = client.indices.stats(index=name, metric="search")
    return bool(answer["_all"]["total"].get("search", {}).get("open_contexts"))  # there is no "search" where no node has it


def _target(client: OpenSearch, given: Settings) -> tuple[str, int]:
    """The index to fill, and which generation it will be."""
    check_name(client, given)
    own = _own(client, given)
    used = client.indices.get_alias(name=given.engine_index, params={"ignore": 404})
    latest = max(own, default="")
    if latest and latest not in used and _goes_on(own[latest], given) and _is_whole(client, latest):
        return latest, int(own[latest]["generation"])
    numbers = [max(int(meta.get("generation", 0)), int(meta.get("pending", 0))) for meta in own.values()]
    generation = max([0, *numbers]) + 1
    name = f"{given.engine_index}-{generation:06d}"
    body = {
        "settings": settings(given.engine_shards, replicas=0),
        "mappings": {**mapping(), **to_mapping(new_state(generation, given.engine_shards))},
    }
    with suppress(NotFoundError):
        client.indices.delete(index=name)
    _create(client, name, body)
    return name, generation


def _create(client: OpenSearch, name: str, body: dict[str, Any]) -> None:
    """Make an index; one that is there is what a node that died in the middle had made of the same question."""
    try:
        client.indices.create(index=name, body=body)
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _goes_on(meta: dict[str, Any], given: Settings) -> bool:
    """Whether an index left by a killed rebuild may be filled further."""
    wanted = msgspec.to_builtins(new_state(0, given.engine_shards))
    return all(meta.get(key) == wanted[key] for key in ("schema", "analyser", "shards"))


def _is_whole(client: OpenSearch, name: str) -> bool:
    """Whether no part of an index is away; one that is may never come back."""
    return bool(client.cluster.health(index=name)["status"] != "red")


def _digests(client: OpenSearch, name: str) -> dict[str, str]:
    """The dossiers that an index has, each with what tells its version."""
    client.indices.refresh(index=name)
    found: dict[str, str] = {}
    after: dict[str, Any] = {}
    while True:
        body = {"size": _AT_ONCE, "_source": False, "docvalue_fields": ["digest"], "sort": [{"id": "asc"}], **after}
        hits = search(client, name, body)["hits"]["hits"]
        found.update((hit["_id"], hit["fields"]["digest"][0]) for hit in hits)
        if len(hits) < _AT_ONCE:
            return found
        after = {"search_after": hits[-1]["sort"]}


def _unknown(dossiers: Iterable[Dossier], known: dict[str, str], seen: set[str]) -> Iterator[Dossier]:
    """The dossiers that an index does not have as they are; all are noted as seen."""
    for dossier in dossiers:
        seen.add(dossier.card.id)
        if known.get(dossier.card.id) != (digest(dossier) if known else ""):
            yield dossier


def _noted(dossiers: Iterable[Dossier], ids: list[str]) -> Iterator[Dossier]:
    for dossier in dossiers:
        ids.append(dossier.card.id)
        yield dossier


def _delete(client: OpenSearch, name: str, ids: Iterable[str]) -> None:
    if lines := [line_of(name, "delete", id) for id in ids]:
        send(client, lines)


def _put_common(client: OpenSearch, name: str, found: list[Common], *, keep: bool) -> None:
    """Write the frequent words beside the index; with `keep`, together with those that are there."""
    beside = words_index(name)
    before = client.get(index=beside, id="common", params={"ignore": 404}) if keep else {}
    if before.get("found"):
        found = [msgspec.convert(before["_source"]["common"], Common), *found]
    if not client.indices.exists(index=beside):
        body = {"settings": {"number_of_shards": 1, "number_of_replicas": 0}, "mappings": {"enabled": False}}
        _create(client, beside, body)
    client.index(index=beside, id="common", body={"common": msgspec.to_builtins(merged_common(found))})


def _count(client: OpenSearch, name: str, query: Clause) -> int:
    answer = search(client, name, {"size": 0, "query": query, "track_total_hits": True})
    return int(answer["hits"]["total"]["value"])


def _having(client: OpenSearch, name: str, ids: list[str]) -> int:
    """How many of some dossiers an index has."""
    lots = (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))
    return sum(_count(client, name, {"terms": {"id": lot}}) for lot in lots)


def _check(found: int, wanted: int, given: Settings) -> None:
    if found != wanted:
        raise cluster_error("miscounted", given, f"{found}/{wanted}")


def _add_copies(client: OpenSearch, name: str, given: Settings) -> None:
    """Copies are made at the end, of what is whole; those that nodes are lacking for come when there are more nodes.

    All is written to files first: copies are then made by copying these, where else they index every dossier once more.
    """
    names = f"{name},{words_index(name)}"
    client.indices.flush(index=names)
    client.indices.put_settings(index=names, body={"index": {"number_of_replicas": given.engine_replicas}})
    until = time.monotonic() + _GREEN_SECONDS
    while time.monotonic() < until:
        health = client.cluster.health(index=names)
        if health["status"] == "green" or health["number_of_data_nodes"] <= given.engine_replicas:
            return
        time.sleep(0.2)


def _commit(client: OpenSearch, name: str, generation: int, facts: BuildFacts, given: Settings) -> None:
    """Write down what the index now is."""
    sums = {field: {"sum": {"field": field}} for field in ("attachments", "pages")}
    answer = search(client, name, {"size": 0, "track_total_hits": True, "aggs": sums})
    state = State(
        **msgspec.structs.asdict(new_state(generation, given.engine_shards))
        | {field: int(answer["aggregations"][field]["value"]) for field in sums}
        | {"dossiers": answer["hits"]["total"]["value"], "facts": facts, "built_at": datetime.now().astimezone()}
    )
    client.indices.put_mapping(index=name, body=to_mapping(state))


def _switch(client: OpenSearch, name: str, given: Settings) -> None:
    """Let the alias name this index, and none other, in one step."""
    before = client.indices.get_alias(name=given.engine_index, params={"ignore": 404})
    old = [index for index, entry in before.items() if isinstance(entry, dict) and "aliases" in entry and index != name]
    removing = [{"remove": {"index": index, "alias": given.engine_index}} for index in old]
    client.indices.update_aliases(body={"actions": [*removing, {"add": {"index": name, "alias": given.engine_index}}]})
