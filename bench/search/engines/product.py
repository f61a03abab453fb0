"""The product whole: its analysis, ranking, passages and facets, and the page that its site makes of them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from zlib import crc32

from bench.search.engine import Answer, Doc, Docs, Query
from bench.search.engines.opensearch import ask, url
from indexer.config import Settings
from indexer.engine import open_engine, open_reader
from indexer.engine.contract import BuildFacts, Request, default_sort
from indexer.facts.themes import load_vocabulary
from indexer.model import Card, Dossier, EventDate, Part, Place, Theme
from indexer.model import Page as PageText
from indexer.slugs import slug
from indexer.store import Store
from webapp import create_app


class Engine:
    """The engine behind the contract, asked as the site asks it."""

    def settings(self, folder: Path) -> Settings:
        """Those of the index in a folder."""
        return Settings(index=folder)

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        store = Store(folder / "store.sqlite")
        engine = open_engine(self.settings(folder), store.part, load_vocabulary())
        with store.transaction():
            engine.rebuild((_stored(doc, store) for doc in docs), BuildFacts())
        engine.close()
        store.close()

    def open(self, folder: Path) -> None:
        self.reader = open_reader(self.settings(folder))
        self.reader.status()

    def forget(self) -> None:
        self.reader._fresh().postings.cache.clear()

    def answer(self, query: Query) -> Answer:
        first, last = (_day(day) if day else None for day in (query.first, query.last))
        filters = {"theme": (slug(query.theme),)} if query.theme else {}
        found = self.reader.search(Request(query.typed, filters, first, last, default_sort(query.typed)))
        counts = {facet.name: {value.key: value.count for value in facet.values} for facet in found.facets}
        return Answer(found.total, [int(hit.card.id) for hit in found.hits], counts)


class Cluster(Engine):
    """The same on an OpenSearch cluster, that of OPENSEARCH_URL or the one that `make opensearch` started."""

    def settings(self, folder: Path) -> Settings:
        name = f"bench-product-{crc32(str(folder.resolve()).encode()):08x}"
        shards, replicas = (
            int(os.environ.get(f"OPENSEARCH_{what}", default)) for what, default in (("SHARDS", 1), ("REPLICAS", 0))
        )
        return Settings(
            index=folder, engine="opensearch", engine_addresses=tuple(url().split(",")), engine_index=name, engine_timeout=600,
            engine_shards=shards, engine_replicas=replicas,
        )  # fmt: skip

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        super().build(docs, folder, raw=raw)
        rows = ask().cat.indices(
            index=f"{self.settings(folder).engine_index}-*", format="json", bytes="b", params={"h": "store.size"}
        )
        (folder / "size").write_bytes(b"")
        os.truncate(folder / "size", sum(int(row["store.size"]) for row in rows))  # so that they count as the index's

    def forget(self) -> None:
        self.reader._snapshot = None


class Page(Engine):
    """The complete page, through the WSGI application."""

    def open(self, folder: Path) -> None:
        self._client = create_app(self.settings(folder)).test_client()
        self._client.get("/recherche?q=ville")

    def forget(self) -> None:
        """Pages are measured warm."""

    def answer(self, query: Query) -> Answer:
        asked = {"q": query.typed}
        if query.theme:
            asked |= {"theme": slug(query.theme), "du": _day(query.first).isoformat(), "au": _day(query.last).isoformat()}
        page = self._client.get(f"/recherche?{urlencode(asked)}")
        if page.status_code != 200:
            raise RuntimeError(page.status)
        return Answer(len(page.data), [], {})


def _stored(doc: Doc, store: Store) -> Dossier:
    """A dossier of one page, its text put into the store."""
    store.put_page(str(doc.id), PageText(text=doc.text), b"")
    return dossier(doc)


def dossier(doc: Doc) -> Dossier:
    """A dossier as the product's readers would make it of a page."""
    day = _day(doc.day)
    themes = tuple(Theme(slug(theme), theme) for theme in doc.themes)
    place = Place("commune", commune=doc.place, region="Hauts-de-France", departement="Nord", source=doc.place)
    kind = "annonce" if doc.type == "page" else "document"
    card = Card(
        str(doc.id), slug(doc.title, 60), doc.title, title_derived=False, type=kind, dates=(EventDate(day, day),), themes=themes,
        places=(place,),
    )  # fmt: skip
    return Dossier(card, (Part(str(doc.id), 0),), (doc.text,))


def _day(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)
