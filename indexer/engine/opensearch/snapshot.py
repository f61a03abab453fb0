"""One generation of the index on the cluster, and what is known of it on this side. Threads share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

import msgspec
from opensearchpy import OpenSearch

from indexer.cache import Cache
from indexer.engine.common_words import Common
from indexer.engine.contract import FacetName
from indexer.engine.document import Record
from indexer.engine.opensearch.client import search, whole
from indexer.engine.opensearch.lexicon import IndexLexicon
from indexer.engine.opensearch.shapes import EVERYTHING, Clause
from indexer.engine.opensearch.state import Named
from indexer.engine.opensearch.statistics import Statistics
from indexer.errors import UnknownDossier
from indexer.highlight import Text, divided
from indexer.language import gettext
from indexer.model import Card, Part, PartReader
from indexer.synonyms import Synonyms
from indexer.understanding import Understood, understand

Made = TypeVar("Made")
_AT_ONCE = 10_000
"""Values of a column in one answer, and dossiers: the cluster's own bound."""
_KEPT_BYTES = 64 << 20
_QUERY_BYTES = 4_000
_HELD = "5m"
"""How long the cluster holds a moment between two questions about it."""


class Snapshot:
    """An index of the cluster, in one state."""

    def __init__(self, client: OpenSearch, named: Named, synonyms: Synonyms) -> None:
        self.client = client
        self.index = named.index
        self.state = named.state
        self.known = Statistics(self.ask, self._dossiers())
        self.lexicon = IndexLexicon(self.ask, self.known, synonyms, self._acronyms)
        self.kept = Cache(_KEPT_BYTES)
        self._labels: dict[str, dict[str, str]] = {}

    def ask(self, body: dict[str, Any], **parameters: Any) -> dict[str, Any]:
        """The cluster's answer to a search of this index; without `query`, of everything."""
        spread = {"search_type": "dfs_query_then_fetch"} if self.state.shards > 1 else {}
        return search(self.client, self.index, {"query": EVERYTHING, **body}, request_cache="false", **spread, **parameters)

    def count(self, query: Clause) -> int:
        """How many dossiers a clause finds at the moment."""
        return int(self.ask({"query": query, "size": 0, "track_total_hits": True})["hits"]["total"]["value"])

    def _dossiers(self) -> int:
        """How many dossiers are seen: those of the state; in an update, and in what a killed one has left, those counted."""
        if not self.state.pending:
            return self.state.dossiers
        return self.count(EVERYTHING)

    def held(self) -> HeldSnapshot:
        """The same, of which nothing changes until it is released."""
        return HeldSnapshot(self)

    def understood(self, query: str, correct: bool = True) -> Understood:
        """What a query asks of this index; that of a query asked again is kept."""

        def made() -> Understood:
            self.lexicon.prepare(query)
            return understand(query, self.lexicon, correct=correct)

        return self.kept.get(("understood", query, correct), made, lambda _: _QUERY_BYTES)

    def text(self, part: Part, read_part: PartReader) -> Text:
        """The text of a part; those shown lately are kept."""

        def read() -> Text:
            return divided(read_part(part.text_key, part.page))

        return self.kept.get(("part", part.text_key, part.page), read, lambda text: 4 * len(text.text))

    def labels(self, column: str) -> dict[str, str]:
        """By key, what each value of a facet is called: of several labels the one that most dossiers have."""
        found = self._labels.get(column)
        if found is None:
            counted = sorted(self.values(f"facet.{column}"), key=lambda entry: (entry[1], entry[0]))
            found = self._labels[column] = dict(value.split("\t", 1) for value, _ in counted)
        return found

    def values(self, field: str, query: Clause = EVERYTHING) -> Iterator[tuple[str, int]]:
        """Every value of a column among the dossiers that a clause finds, with how many of them have it."""
        source = [{"value": {"terms": {"field": field}}}]
        after: dict[str, Any] = {}
        while True:
            paged = {"composite": {"size": _AT_ONCE, "sources": source, **after}}
            found = self.ask({"size": 0, "query": query, "track_total_hits": False, "aggs": {"values": paged}})
            values = found["aggregations"]["values"]
            yield from ((bucket["key"]["value"], bucket["doc_count"]) for bucket in values["buckets"])
            if "after_key" not in values:
                return
            after = {"after": values["after_key"]}

    def _acronyms(self) -> Iterator[tuple[str, str]]:
        for pair, count in self.values("acronym"):
            short, long = pair.split("\t", 1)
            yield from [(short, long)] * count

    def common(self) -> Common:
        """The frequent words and expressions of the texts."""
        answer = self.client.get(index=words_index(self.index), id="common")
        return msgspec.convert(answer["_source"]["common"], Common)

    def kept_of(self, ids: list[str]) -> dict[str, tuple[Card, Record]]:
        """The facts of dossiers, and where their parts stand; those that are gone are left out."""
        body = {"query": {"terms": {"id": ids}}, "size": len(ids), "track_total_hits": False}
        hits = self.ask(body)["hits"]["hits"] if ids else []
        return {hit["_id"]: (read_card(hit), read_record(hit)) for hit in hits}

    def one(self, dossier_id: str) -> tuple[Card, Record]:
        """The facts of a dossier, and where its parts stand. Raises `UnknownDossier`."""
        found = self.kept_of([dossier_id])
        if not found:
            raise UnknownDossier(gettext("Aucun dossier n’a l’identifiant « %(id)s ». Cherchez-le par ses mots.", id=dossier_id))
        return found[dossier_id]


class HeldSnapshot(Snapshot):
    """A snapshot whose answers are all of the moment it was made, whatever is written: for answers that take long."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.__dict__.update(snapshot.__dict__)
        opened = self.client.create_pit(index=self.index, params={"keep_alive": _HELD})
        self._point = {"id": opened["pit_id"], "keep_alive": _HELD}

    def ask(self, body: dict[str, Any], **parameters: Any) -> dict[str, Any]:
        return whole(self.client.search(body={"query": EVERYTHING, "pit": self._point, **body}, params=parameters))

    def remembered(self, key: Hashable, make: Callable[[], Made], size: Callable[[Made], int]) -> Made:
        """What was worked out of this generation, kept as long as it is in use; of a moment in an update nothing is kept."""
        return make() if self.state.pending else self.kept.get(key, make, size)

    def release(self) -> None:
        """Let the cluster forget the moment."""
        self.client.delete_pit(body={"pit_id": [self._point["id"]]}, params={"ignore": 404})


def read_card(hit: dict[str, Any]) -> Card:
    """The facts of a dossier of an answer."""
    return msgspec.convert(hit["_source"]["card"], Card)


def read_record(hit: dict[str, Any]) -> Record:
    """Where the parts of a dossier of an answer stand."""
    return msgspec.convert(hit["_source"]["record"], Record)


def words_index(index: str) -> str:
    """The index beside that holds what suggestions are made of."""
    return f"{index}-words"


def column_of(name: FacetName, *, found_themes: bool) -> str:
    """The column of a facet."""
    return "theme-found" if name == "theme" and found_themes else name
