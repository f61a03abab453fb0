"""The same corpus gives the same answers, to the byte, in every time zone, locale and order of hashing; clocks may be wrong.

And in other versions of Python, where OTHER_PYTHONS names their interpreters: those of clones in which `make setup` was run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

import indexer.build
import indexer.engine.whoosh.generations
import indexer.lock
from tests.faults.conftest import LONG, ROOT, Place, rounds

CORPUS = ROOT / ("corpus" if LONG else "tests/corpus")
WRITTEN = datetime(2020, 6, 30, 23, 30, tzinfo=UTC)
"""When the files were written: already July in Auckland."""
ASKED = (
    "/export.csv?q=ville",
    "/export.json?q=ville+OR+quartier&mots=tous&mots=partie",
    "/export.ris",
    "/export.bib",
    "/export.ics",
    "/flux.atom",
    "/sitemap.xml",
    "/recherche?q=ville+jardins",
    "/en/recherche?q=ville&tri=date",
    "/concordance.csv?q=ville",
    "/tendances.csv?mot=ville&mot=quartier",
    "/vocabulaire.csv?q=ville&minimum=1",
    "/lacunes",
    "/api/v1/search?q=ville&par=100",
    "/api/v1/suggest?q=vi",
    "/api/v1/keywords?q=ville",
)
SCRIPT = """
import json, sys
from pathlib import Path
from indexer.build import build
from indexer.config import Settings
from webapp import create_app

settings = Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), pdf_workers=1, ocr="off")
build(settings, lambda _: None)
client = create_app(settings).test_client()


def asked(url):
    with client.get(url) as answer:
        return answer.status_code, answer.text


print(json.dumps([asked(url) for url in sys.argv[3:]]))
"""
USUAL = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
VARIATIONS = [
    {"TZ": "America/New_York", "LC_ALL": "fr_FR.UTF-8", "PYTHONHASHSEED": "12345"},
    *({"PYTHONHASHSEED": str(seed)} for seed in range(rounds(0, 5))),
    *({"TZ": zone} for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris")[: rounds(0, 3)]),
    *({"INTERPRETER": python} for python in os.environ.get("OTHER_PYTHONS", "").split()),
]


def answers(folder: Path, variation: dict[str, str]) -> dict[str, str]:
    """What the site answers for a corpus that is indexed and served with these variables of the environment."""
    base = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    python = variation.get("INTERPRETER", sys.executable)
    command = [python, "-c", SCRIPT, str(folder / "corpus"), str(folder / "index"), *ASKED]
    environment = {**base, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), **variation}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300, env=environment)
    shutil.rmtree(folder / "index")
    found = dict(zip(ASKED, json.loads(done.stdout), strict=True))
    assert {url: status for url, (status, _) in found.items()} == dict.fromkeys(ASKED, 200)
    return {url: without_times(text) for url, (_, text) in found.items()}


def without_times(text: str) -> str:
    """The moment of the build, and of the answer, taken out: local, or with seconds, and of this year or later."""
    year = r"20(?:2[6-9]|[3-9]\d)"
    text = re.sub(rf"\b{year}-?\d\d-?\d\dT\d\d:?\d\d:?\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", "(moment)", text)
    text = re.sub(rf"\b{year}-\d\d-\d\d\b", "(moment)", text)
    return re.sub(rf"\b\d+ \w+ {year}( (à|at) \d\d:\d\d)?", "(moment)", text)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("time")
    shutil.copytree(CORPUS, folder / "corpus")
    for path in folder.rglob("*"):
        os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    return folder


@pytest.fixture(scope="module")
def usual(corpus: Path) -> dict[str, str]:
    return answers(corpus, USUAL)


@pytest.mark.parametrize("variation", VARIATIONS, ids=lambda variation: "-".join(variation.values()).replace("/", "_"))
def test_the_same_answers_everywhere(corpus: Path, usual: dict[str, str], variation: dict[str, str]) -> None:
    found = answers(corpus, variation)
    assert [url for url in ASKED if found[url] != usual[url]] == []


class BackwardsClock(datetime):
    """A clock that is set back by an hour whenever it is looked at."""

    looked = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        cls.looked += 1
        return datetime(2026, 3, 29, 1, 30, tzinfo=UTC).astimezone(tz) - timedelta(hours=cls.looked)


def test_a_clock_set_back_during_a_build(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generations = [place.build().generation]
    with monkeypatch.context() as patch:
        for module in (indexer.build, indexer.lock, indexer.engine.whoosh.generations):
            patch.setattr(module, "datetime", BackwardsClock)
        patch.setattr("whoosh.index.time", lambda: 0.0)
        for number in range(12, 16):
            place.write(range(number, number + 1))
            place.write(range(1), version=number)
            generations.append(place.build().generation)
    assert BackwardsClock.looked
    assert generations == sorted(set(generations))
    whole = place.copy(tmp_path / "whole")
    shutil.rmtree(whole.settings.index)
    whole.build()
    assert place.state() == whole.state()
    assert (place.build().unchanged, place.strays()) == (16, [])


@pytest.mark.parametrize("seconds", [-(2**31), -1, 0, 2**33, 2**40])
def test_files_of_any_time(place: Place, seconds: int) -> None:
    shutil.rmtree(place.settings.index)
    for path in place.settings.corpus.rglob("*.txt"):
        os.utime(path, (seconds, seconds))
    assert place.build().added == 12
    assert place.build().unchanged == 12
