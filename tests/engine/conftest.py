"""Dossiers of random words, reproducible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from indexer.engine.contract import BuildFacts
from indexer.engine.whoosh.engine import WhooshEngine
from indexer.facts.themes import load_vocabulary
from indexer.model import Card, Dossier, EventDate, Part, Theme
from indexer.synonyms import load_synonyms

WORDS = (
    "ville quartier emploi santé logement habitant jeunesse école culture sport rénovation urbaine conseil citoyen contrat projet"
    " association médiation sécurité transport jardin partagé atelier réseau insertion formation Saint-Denis co-construction"
    " l’été le la de et pour dans est Oise 2017 n° 12 000 professionnel·les"
).split(" ")
NO_FACTS = BuildFacts()


def make(number: int, random: Random) -> Dossier:
    """A dossier of random words."""
    words = random.choices(WORDS, weights=[1 / (rank + 1) for rank in range(len(WORDS))], k=random.randint(0, 120))
    text = " ".join(words)
    day = date(2015, 1, 1) + timedelta(days=random.randrange(2000))
    themes = tuple(Theme(name, name.title()) for name in random.sample(["sante", "emploi", "culture"], random.randrange(3)))
    title = " ".join(random.choices(WORDS, k=4))
    id = f"dossier-{number:04d}"
    dates = (EventDate(day, day),) if random.random() < 0.8 else ()
    card = Card(id=id, slug=id, title=title, title_derived=False, type="annonce", themes=themes, dates=dates)
    return Dossier(card, (Part(id, 0),), (text,))


Opened = Callable[[list[Dossier]], WhooshEngine]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """An engine with some dossiers."""
    texts: dict[str, str] = {}

    def open_with(dossiers: list[Dossier]) -> WhooshEngine:
        texts.update((dossier.card.id, dossier.texts[0]) for dossier in dossiers)
        engine = WhooshEngine(tmp_path, lambda key, _: texts.get(key, ""), load_vocabulary(), load_synonyms())
        engine.rebuild(dossiers, NO_FACTS)
        return engine

    return open_with
