"""A fresh engine of each kind, and dossiers made of a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.engine.contract import BuildFacts, Engine
from indexer.model import Attachment, Card, Dossier, EventDate, Part, Place, Theme
from tests.cluster.at_hand import cluster_settings, forget
from tests.engines import DRIFT, EACH, ENGINES

NO_FACTS = BuildFacts()
EMPLOI = Theme("emploi-insertion-formation", "Emploi, insertion, formation")
SANTE = Theme("sante", "Santé")
NOYON = Place("commune", commune="Noyon", departement="Oise", region="Hauts-de-France", source="60400 NOYON")
LILLE = Place("commune", commune="Lille", departement="Nord", region="Hauts-de-France", source="Lille")
LYON = Place("commune", commune="Lyon", departement="Rhône", region="Auvergne-Rhône-Alpes", source="Lyon")


class Shelf:
    """An engine and the texts of the dossiers given to it, as a store would keep them."""

    def __init__(self, name: str, folder: Path) -> None:
        self.texts: dict[tuple[str, int], str] = {}
        self.reads: list[tuple[str, int]] = []
        self.engine: Engine = ENGINES[name](folder, self._read)
        self.drift = DRIFT[name]

    def _read(self, key: str, number: int) -> str:
        self.reads.append((key, number))
        return self.texts[key, number]

    def dossier(self, id: str, text: str, pdfs: tuple[tuple[str, ...], ...] = (), **facts: object) -> Dossier:
        """A dossier with a page and PDFs given as their pages' texts."""
        parts, texts, attachments = [Part(id, 0)], [text], []
        for index, pages in enumerate(pdfs):
            key = f"{id}-{index}"
            attachments.append(Attachment(f"{key}.pdf", "available", path=f"{key}.pdf", text_key=key, pages=len(pages)))
            parts += [Part(key, number, index) for number in range(1, len(pages) + 1)]
            texts += pages
        card = Card(id=id, slug=id, title=f"Dossier {id}", title_derived=False, type="annonce", attachments=tuple(attachments))
        dossier = Dossier(replace(card, **facts), tuple(parts), tuple(texts))  # type: ignore[arg-type]
        self.texts.update(((part.text_key, part.page), words) for part, words in zip(parts, texts, strict=True))
        return dossier

    def fill(self, *dossiers: Dossier) -> Engine:
        self.engine.rebuild(dossiers, NO_FACTS)
        return self.engine


def day(year: int, month: int, number: int) -> EventDate:
    return EventDate(date(year, month, number), date(year, month, number))


@pytest.fixture(params=EACH)
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """An empty engine of each kind."""
    shelf = Shelf(request.param, tmp_path)
    yield shelf
    shelf.engine.close()
    if request.param == "opensearch":
        forget(cluster_settings(tmp_path).engine_index)


@pytest.fixture
def reopened(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Shelf], Engine]:
    """Another engine on the same folder, as another process would open it."""

    def reopen(shelf: Shelf) -> Engine:
        other = ENGINES[request.node.callspec.params["shelf"]](tmp_path, lambda key, number: shelf.texts[key, number])
        request.addfinalizer(other.close)
        return other

    return reopen
