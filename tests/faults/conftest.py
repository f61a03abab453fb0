"""Corpora made by a seed, builds that may be stopped, and what an index answers, to be compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from indexer.build import BuildReport, build
from indexer.checking import check
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.errors import IndexMissing
from tests.faults.variant import LONG
from tests.reading.pdf_making import by_hand, says

ROOT = Path(__file__).parents[2]
QUERIES = ("ville quartier", '"conseil citoyen"', "ren*", "+emploi -sport", "jardin OR atelier", "date:2019", "lieu:Oise", "")
_WORDS = (
    "ville quartier emploi santé logement habitants jeunesse école culture sport rénovation urbaine conseil citoyen contrat"
    " projet association médiation sécurité transport jardin partagé atelier réseau insertion formation prévention mobilité"
).split()
_TOWNS = ("60400 Noyon", "60000 Beauvais", "80000 Amiens", "02100 Saint-Quentin")

State = tuple[object, ...]


def rounds(short: int, long: int) -> int:
    """How many rounds are run: `long` by `make faults`, or as many as FAULTS_ROUNDS says."""
    return int(os.environ.get("FAULTS_ROUNDS", long)) if LONG else short


@dataclass(frozen=True)
class Place:
    """A corpus of pages, some with a PDF, and an index beside it."""

    folder: Path
    seed: int = 0

    @property
    def settings(self) -> Settings:
        return Settings(corpus=self.folder / "corpus", index=self.folder / "index", pdf_workers=1, ocr="off")

    def write(self, numbers: range, pdf_every: int = 0, version: int = 0) -> None:
        """The dossiers of these numbers, every so many with a PDF; another `version` has other words."""
        for number in numbers:
            random = Random(f"{self.seed} {number} {version}")
            body = "\n\n".join(" ".join(random.choices(_WORDS, k=40)) for _ in range(3))
            joined = f"Fichiers joints:\n  [note-{number}.pdf](https://exemple.example/files/note-{number}.pdf)\n\n" * _has(
                number, pdf_every
            )
            facts = f"Dates:\n  {random.randint(1, 28)} mai {2015 + number % 8}\n\nLieu: Mairie - {_TOWNS[number % 4]}\n"
            path = self.settings.corpus / f"{number % 10}" / f"page-{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"Rencontre numéro {number}\n\n{body}\n\n{joined}{facts}", encoding="utf-8")
            if _has(number, pdf_every):
                by_hand(path.with_name(f"note-{number}.pdf"), *(says(" ".join(random.choices(_WORDS, k=9))) for _ in range(2)))

    def remove(self, numbers: range) -> None:
        for number in numbers:
            for path in self.settings.corpus.glob(f"*/*-{number}.*"):
                path.unlink()

    def build(self, **options: bool) -> BuildReport:
        return build(self.settings, lambda _: None, **options)

    def command(self, *words: str) -> list[str]:
        where = ("--corpus", str(self.settings.corpus), "--index", str(self.settings.index))
        return [sys.executable, "-m", "indexer", *words, *where]

    def run(self, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
        """The real command, to its end."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            self.command(*words),
            **{"env": environment, "capture_output": True, "text": True, "timeout": 300, "cwd": ROOT} | options,
        )

    def state(self) -> State:
        """What the index answers: totals, dossiers, scores, passages and facets. Times apart, which no two builds share."""
        with closing(open_reader(self.settings)) as reader:
            found = [reader.search(Request(query, size=20)) for query in QUERIES]
            cards = [replace(card, changed=None) for card in reader.every(Request(sort="date"))]
        return (cards, [_answer(result) for result in found])

    def strays(self) -> list[str]:
        """The files in the index folder that are of no use, and those of use that are damaged."""
        checked = list(check(self.settings))
        own = ("lock", "store.sqlite-shm", "store.sqlite-wal")  # the last two are SQLite's, and stay when a reader closes
        known = {file.path for file in checked if not file.fault} | {self.settings.index / name for name in own}
        return sorted(str(path) for path in self.settings.index.rglob("*") if path.is_file() and path not in known)

    def copy(self, folder: Path) -> Place:
        """The same, elsewhere; files keep their times."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


def kept_state(place: Place) -> State | None:
    """What the index answers, None where there is none yet."""
    try:
        return place.state()
    except IndexMissing:
        return None


def _has(number: int, every: int) -> bool:
    return bool(every) and number % every == 0


def _answer(result: object) -> object:
    hits = [(hit.card.id, round(hit.score, 6), hit.passages) for hit in result.hits]  # type: ignore[attr-defined]
    return result.total, hits, result.facets  # type: ignore[attr-defined]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A dozen pages, indexed."""
    place = Place(tmp_path)
    place.write(range(12))
    place.build()
    return place
