"""Files made to hurt: the build ends, takes no more memory than it says, and every file is found or listed with its reason.

Files found = dossiers + listed, always; every file that says something sensible is found.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.model import MARK_KINDS
from tests.faults.hostile import pages, pdfs
from tests.faults.hostile.mutations import mutated
from tests.faults.hostile.raw_pdf import GOOD, of
from tests.faults.patterns import ROOT
from tests.faults.variant import LONG

MEMORY_MB = 256
"""[pdf] memory_mb and [index] memory_mb of these builds."""
PROGRAM_MB = 192
"""What a process takes beside what it is allowed: the interpreter, the libraries, the dictionaries."""
CONFIG = f"""
[pdf]
page_seconds = 3
workers = 2
memory_mb = {MEMORY_MB}
[ocr]
mode = "off"
[index]
memory_mb = {MEMORY_MB}
"""


class Built(NamedTuple):
    """What a build of `settings` told, and the memory of its largest process in MB."""

    settings: Settings
    report: dict[str, Any]
    megabytes: float

    @property
    def listed(self) -> dict[str, str]:
        """By path: why a file, or a page of it, is in the register. A linked PDF that is not there is no file."""
        return {one["path"]: one["reason"] for one in self.report["failures"] if one["reason"] != "missing"}

    @property
    def found(self) -> set[str]:
        """The files of the dossiers in the index: pages that are the same are one dossier."""
        reader = open_reader(self.settings)
        ids = {card.id for card in reader.every(Request(size=100))}
        reader.close()
        with closing(sqlite3.connect(self.settings.index / "store.sqlite")) as store:
            rows = store.execute("SELECT id, value FROM mark WHERE kind = ?", [MARK_KINDS.index("path")])
            return {path for id, path in rows if id in ids}

    @property
    def found_by_words(self) -> set[str]:
        reader = open_reader(self.settings)
        paths = {card.path for card in reader.every(Request(f'"{GOOD}"'))}
        reader.close()
        return paths


LAUNCHER = """
import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as peak:
    peak.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process between: at first a process is as large as the one that starts it, and that counts in its peak."""


def build(folder: Path, corpus: Path, seconds: float) -> Built:
    """Build in a process of its own; it is ended, and the test fails, when it takes over `seconds`."""
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "build", "--json", "--config", str(folder / "config.toml")]
    command += ["--corpus", str(corpus), "--index", str(folder / "index")]
    with (folder / "told").open("wb") as told, (folder / "errors").open("wb") as errors:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        launched = [sys.executable, "-S", "-c", LAUNCHER, str(folder / "peak"), *command]
        process = subprocess.Popen(launched, stdout=told, stderr=errors, env=environment, start_new_session=True)
        timer = threading.Timer(seconds, os.killpg, [process.pid, signal.SIGKILL])
        timer.start()
        process.wait()
        timer.cancel()
    assert process.returncode in (0, 3), (folder / "errors").read_text(errors="replace")[-3000:]
    settings = Settings(corpus=corpus, index=folder / "index")
    return Built(settings, json.loads((folder / "told").read_bytes()), int((folder / "peak").read_text()) / 1024)


def some(names: Iterable[str]) -> list[str]:
    """A fourth of them where time is short: `make faults` takes all."""
    return [name for number, name in enumerate(names) if LONG or number % 4 == 0]


PDFS = some({**pdfs.SOUND, **pdfs.BROKEN, **pdfs.ODD})
PAGES = some({**pages.SOUND, **pages.BROKEN})


def put(corpus: Path) -> None:
    for name, make in {**pdfs.SOUND, **pdfs.BROKEN, **pdfs.ODD}.items():
        if name in PDFS:
            (corpus / name).write_bytes(make())
    for name, content in {**pages.SOUND, **pages.BROKEN}.items():
        if name not in PAGES:
            continue
        (corpus / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    for name, (_, place) in pages.PLACED.items():
        place(corpus / name)
    for name in pages.MISNAMED:
        Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).write_bytes(of())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    put(folder / "corpus")
    return build(folder, folder / "corpus", 1200)


def on_disk(corpus: Path) -> Iterator[str]:
    """Every name that there is, those that are not UTF-8 as the register shows them."""
    for folder, folders, names in os.walk(os.fsencode(corpus)):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in [*names, *links]:
            yield os.path.relpath(os.path.join(folder, name), os.fsencode(corpus)).decode(errors="backslashreplace")


def test_there_are_enough_of_them() -> None:
    assert len({**pdfs.SOUND, **pdfs.BROKEN, **pdfs.ODD}) >= 60
    assert len({**pages.SOUND, **pages.BROKEN, **pages.PLACED}) + len(pages.MISNAMED) >= 30


def test_files_found_are_indexed_or_listed(hostile: Built) -> None:
    names, found = set(on_disk(hostile.settings.corpus)), hostile.found
    assert names == found | set(hostile.listed)
    assert hostile.report["files"] == len(found) + len(set(hostile.listed) - found) - len(pages.MISNAMED) - _never_opened()


def _never_opened() -> int:
    return sum(reason != "too_large" for reason, _ in pages.PLACED.values())


def test_what_can_be_read_is_found_by_its_words(hostile: Built) -> None:
    assert {*pdfs.SOUND, *pages.SOUND} & {*PDFS, *PAGES} - hostile.found_by_words == set()


def test_what_says_nothing_is_listed_with_a_reason_and_a_way_out(hostile: Built) -> None:
    listed = hostile.listed
    assert {*pdfs.BROKEN, *pages.BROKEN} & {*PDFS, *PAGES} - set(listed) == set()
    assert {name: listed.get(name) for name in pages.PLACED} == {name: reason for name, (reason, _) in pages.PLACED.items()}
    assert sum(reason == "bad_name" for reason in listed.values()) == len(pages.MISNAMED)
    assert all(one["message"] and one["advice"] for one in hostile.report["failures"])


def test_no_process_takes_more_memory_than_it_may(hostile: Built) -> None:
    print(f"largest process: {hostile.megabytes:.0f} MB")
    assert hostile.megabytes < MEMORY_MB + PROGRAM_MB


def test_mutated_files_are_found_or_listed(tmp_path: Path) -> None:
    """The sample corpus' files, each changed many times: in lots, so that the disk does not fill."""
    sources = [path for path in sorted((ROOT / "corpus" / "exemple").rglob("*")) if path.suffix in (".pdf", ".txt", ".html")]
    sources = [path for path in sources if path.stat().st_size < 120_000]
    random = Random(20)
    total, lot, tally = (10_000, 1_000, [0, 0]) if LONG else (80, 80, [0, 0])
    for begin in range(0, total, lot):
        folder = tmp_path / str(begin)
        (folder / "corpus").mkdir(parents=True)
        for number in range(begin, begin + lot):
            source = random.choice(sources)
            (folder / "corpus" / f"{number:05d}{source.suffix}").write_bytes(mutated(source.read_bytes(), random))
        whole = [f"entier-{number}.pdf" for number in range(5)]
        for name in whole:
            (folder / "corpus" / name).write_bytes(of(b"%% " + name.encode()))
        built = build(folder, folder / "corpus", 3600)
        found, listed = built.found, built.listed
        assert set(on_disk(folder / "corpus")) == found | set(listed)
        assert set(whole) <= found
        assert built.megabytes < MEMORY_MB + PROGRAM_MB
        tally[0] += len(found)
        tally[1] += len(set(listed) - found)
    print(f"{total} mutations and {5 * total // lot} whole files: {tally[0]} found, {tally[1]} listed alone")
