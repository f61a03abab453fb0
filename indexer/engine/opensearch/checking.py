"""What an operator asks of the cluster: does it hold the index, whole, and how is it?"""

from __future__ import annotations

from contextlib import closing
from typing import Any

from opensearchpy import OpenSearch

from indexer.config import Settings
from indexer.engine.contract import Fact
from indexer.engine.opensearch.client import connect, search
from indexer.engine.opensearch.faults import talking
from indexer.engine.opensearch.state import Named, in_use
from indexer.errors import ClusterRefuses, ClusterUnreachable


def has_index(settings: Settings) -> bool:
    """Whether there is an index under the alias, of whatever version. Raises `ClusterUnreachable`, `ClusterRefuses`."""
    with talking(settings), closing(connect(settings)) as client:
        return bool(client.indices.exists_alias(name=settings.engine_index))


def facts(settings: Settings, dossiers: int) -> list[Fact]:
    """What there is to know; a cluster that has the index but cannot answer from it is a fact with a fault."""
    with talking(settings), closing(connect(settings)) as client:
        version = client.info()["version"]
        named = in_use(client, settings)
        health = client.cluster.health(index=f"{named.index}*", params={"level": "indices"})
        return [
            Fact("cluster", f"{health['cluster_name']} ({', '.join(settings.engine_addresses)})"),
            Fact("version", f"{version.get('distribution', '?')} {version['number']}"),
            Fact("nodes", str(health["number_of_nodes"])),
            _health(health),
            Fact("alias", f"{settings.engine_index} → {named.index}", _unfinished(named)),
            _shards(health["indices"][named.index]),
            _dossiers(client, settings, named, dossiers),
        ]


def _health(health: dict[str, Any]) -> Fact:
    """Red: parts of the index are away. Yellow: only copies are."""
    lacking = health["unassigned_shards"]
    if health["status"] != "red":
        return Fact("health", health["status"] + (f" (copies sans nœud : {lacking})" if lacking else ""))
    fault = (
        "Des parties de l’index manquent. Remettez les nœuds du cluster en marche ; si des données sont perdues, lancez :"
        " chercheville build --full"
    )
    return Fact("health", "red", fault)


def _unfinished(named: Named) -> str | None:
    if not named.state.pending:
        return None
    return "Une mise à jour est en cours, ou s’est arrêtée au milieu. Si aucune ne tourne, lancez : chercheville build"


def _shards(index: dict[str, Any]) -> Fact:
    return Fact("shards", f"{index['number_of_shards']}, copies de chacune : {index['number_of_replicas']}")


def _dossiers(client: OpenSearch, settings: Settings, named: Named, wanted: int) -> Fact:
    try:
        with talking(settings):
            answer = search(client, named.index, {"size": 0, "track_total_hits": True})
    except (ClusterRefuses, ClusterUnreachable) as error:
        return Fact("dossiers", "?", str(error))
    found = answer["hits"]["total"]["value"]
    if found == wanted:
        return Fact("dossiers", str(found))
    fault = f"Le cluster a {found} dossiers, et non les {wanted} de la dernière construction. Lancez : chercheville build --full"
    return Fact("dossiers", str(found), fault)
