"""One writer at a time; any number of readers, each answered from one generation, for as long as it lasts."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from indexer.engine import open_reader
from indexer.engine.contract import Reader, Request
from indexer.lock import writing
from tests.faults.conftest import LONG, ROOT, Place, rounds
from tests.faults.steps import Fault, environment

READERS = 16


def started(place: Place, *words: str) -> subprocess.Popen[str]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(place.command(*words), cwd=ROOT, env=environment(Fault("-", "-")), **streams)


def test_of_two_builds_started_together_one_works_and_the_other_says_who(place: Place) -> None:
    said: Counter[str] = Counter()
    for number in range(rounds(5, 50)):
        place.write(range(12 + number, 13 + number))
        builds = [started(place, "build") for _ in range(2)]
        outputs = [build.communicate(timeout=120) for build in builds]
        codes = sorted(build.returncode for build in builds)
        assert codes in ([0, 0], [0, 1])  # the first may have ended before the second began
        for build, (_, errors) in zip(builds, outputs, strict=True):
            if build.returncode:
                other = next(one.pid for one in builds if one is not build)
                assert re.search(rf"processus {other} depuis le \d\d/\d\d/\d{{4}} à", " ".join(errors.split())), errors
        said["refused" if 1 in codes else "one after the other"] += 1
    assert place.build().dossiers == 12 + said.total()
    assert place.strays() == []
    print(dict(said))


def test_a_build_that_waits_follows_the_other(place: Place) -> None:
    for number in range(rounds(0, 20)):  # in short, the next test
        place.write(range(12 + number, 13 + number))
        builds = [started(place, "build", "--wait") for _ in range(2)]
        for build in builds:
            build.communicate(timeout=120)
        assert [build.returncode for build in builds] == [0, 0]
    assert place.strays() == []


def test_a_build_waits_until_the_index_is_let_go(place: Place) -> None:
    with writing(place.settings.index):
        waiting = threading.Thread(target=place.build, kwargs={"wait": True})
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(60)
    assert not waiting.is_alive()


def test_the_note_of_a_dead_writer_is_not_believed(place: Place) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    note = place.settings.index / "writer.json"
    note.write_text(f'{{"pid": {dead.pid}, "since": "2026-01-01T00:00:00+01:00"}}')
    assert place.build().dossiers == 12
    assert not note.exists()


class Asking(threading.Thread):
    """A reader's thread, asking until it is stopped; the totals of each generation, and what went wrong."""

    def __init__(self, reader: Reader, stop: threading.Event) -> None:
        super().__init__()
        self.reader, self.stop = reader, stop
        self.totals: list[int] = []
        self.faults: list[object] = []

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.ask()
            except Exception as error:
                self.faults.append(error)

    def ask(self) -> None:
        result = self.reader.search(Request("ville quartier projet", size=10, filters={"mots": ("tous", "partie")}))
        every = self.reader.search(Request("", size=1))
        self.totals += [result.total, every.total]
        types = next(facet for facet in every.facets if facet.name == "type")
        if not result.hits or sum(value.count for value in types.values) != every.total:
            self.faults.append((result.total, every.total, types))
        if any(not "".join(text for text, _ in passage.segments).strip() for hit in result.hits for passage in hit.passages):
            self.faults.append("a passage without words")


def test_readers_are_answered_throughout_commits_and_rebuilds(place: Place) -> None:
    """Each commit adds one dossier: a total is always that of one of the generations that there were."""
    commits, rebuilds = rounds(6, 50), 5 if LONG else 2
    stop = threading.Event()
    with closing(open_reader(place.settings)) as reader:
        askers = [Asking(reader, stop) for _ in range(READERS)]
        for asker in askers:
            asker.start()
        used: list[tuple[int, int]] = []
        for commit in range(commits):
            place.write(range(12 + commit, 13 + commit))
            place.write(range(3), version=commit)
            place.build(full=commit % (commits // rebuilds) == 0)
            used.append(usage())
        stop.set()
        for asker in askers:
            asker.join()
    assert [fault for asker in askers for fault in asker.faults] == []
    totals = {total for asker in askers for total in asker.totals}
    assert totals <= set(range(12, 13 + commits))
    asked = sum(len(asker.totals) for asker in askers)
    print(f"{asked} searches by {READERS} threads, {len(totals)} totals seen; files and kB at commits: {used[:3]} … {used[-3:]}")
    check_growth(used)


def usage() -> tuple[int, int]:
    """Files open, and kilobytes of memory that are our own."""
    rows = Path("/proc/self/smaps_rollup").read_text().splitlines()
    own = sum(int(row.split()[1]) for row in rows if row.startswith("Private_"))
    return len(os.listdir("/proc/self/fd")), own


def check_growth(used: list[tuple[int, int]]) -> None:
    """Neither files nor memory grow from the middle to the end by more than the index did."""
    middle, end = used[len(used) // 2], used[-1]
    gc.collect()
    assert usage()[0] <= used[0][0] + 2
    assert end[0] <= middle[0] + 20
    assert end[1] <= middle[1] + 60_000


def test_a_reader_opened_for_each_question_keeps_nothing(place: Place) -> None:
    with closing(open_reader(place.settings)) as reader:
        reader.search(Request("ville"))
    gc.collect()
    before = usage()[0]
    for _ in range(rounds(20, 300)):
        with closing(open_reader(place.settings)) as reader:
            assert reader.search(Request("ville")).total
    gc.collect()
    assert usage()[0] <= before


@pytest.mark.parametrize("words", [("status",), ("search", "ville", "--json")][: rounds(1, 2)])
def test_commands_answer_while_builds_go_on(place: Place, words: tuple[str, ...]) -> None:
    building = threading.Thread(target=lambda: [place.build(full=True) for _ in range(rounds(3, 40))])
    building.start()
    asked = 0
    deadline = time.monotonic() + 120
    while building.is_alive() and time.monotonic() < deadline:
        done = place.run(*words, check=False)
        assert done.returncode == 0, done.stderr
        asked += 1
    building.join()
    assert asked
