"""The product whole: its analysis, ranking, passages and facets, and the page that its site makes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from bench.search.engine import Answer, Doc, Docs, Query
from indexer.config import Settings
from indexer.engine.contract import BuildFacts, Request, default_sort
from indexer.engine.whoosh.engine import WhooshEngine, WhooshReader
from indexer.facts.themes import load_vocabulary
from indexer.model import Card, Dossier, EventDate, Part, Place, Theme
from indexer.model import Page as PageText
from indexer.slugs import slug
from indexer.store import Store
from indexer.synonyms import load_synonyms
from webapp import create_app


class Engine:
    """The engine behind the contract, asked as the site asks it."""

    def build(self, docs: Docs, folder: Path, *, raw: bool) -> None:
        folder.mkdir(parents=True)
        store = Store(folder / "store.sqlite")
        engine = WhooshEngine(folder, store.part, load_vocabulary(), load_synonyms())
        with store.transaction():
            engine.rebuild((_stored(doc, store) for doc in docs), BuildFacts())
        store.close()

    def open(self, folder: Path) -> None:
        store = Store(folder / "store.sqlite", readonly=True)
        self.reader = WhooshReader(folder, store.part, load_synonyms())
        self.reader.status()

    def forget(self) -> None:
        self.reader._fresh().postings.cache.clear()

    def answer(self, query: Query) -> Answer:
        first, last = (_day(day) if day else None for day in (query.first, query.last))
        filters = {"theme": (slug(query.theme),)} if query.theme else {}
        found = self.reader.search(Request(query.typed, filters, first, last, default_sort(query.typed)))
        counts = {facet.name: {value.key: value.count for value in facet.values} for facet in found.facets}
        return Answer(found.total, [int(hit.card.id) for hit in found.hits], counts)


class Page(Engine):
    """The complete page, through the WSGI application."""

    def open(self, folder: Path) -> None:
        self._client = create_app(Settings(index=folder)).test_client()
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
