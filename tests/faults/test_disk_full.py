"""A disk that is full, broken or read-only stops a build with a clear word; the index in use goes on serving."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.engine.whoosh import index_writer
from indexer.errors import ChercheVilleError
from tests.faults.conftest import Place, State, kept_state, rounds
from tests.faults.steps import BROKEN, FULL, Fault, environment, failing, names
from tests.faults.variant import LONG

PLACE_WORDS = "place libre"
SCENES = ["first", "full", "update", "merge"]
MANY = 320
"""Dossiers that are written by several processes."""


def changed(place: Place, scene: str) -> bool:
    """The corpus before a build that writes; whether it is a full one."""
    if scene == "first":
        shutil.rmtree(place.settings.index)
    if scene in ("update", "merge"):
        place.write(range(4), version=1)
        place.write(range(12, 15))
    return scene == "full"


def whole(place: Place, folder: Path) -> State:
    """What an index made in one go answers."""
    other = place.copy(folder)
    shutil.rmtree(other.settings.index, ignore_errors=True)
    other.build()
    return other.state()


def refusal(place: Place, full: bool = False) -> ChercheVilleError | None:
    """What stops a build, None for nothing."""
    try:
        place.build(full=full)
    except ChercheVilleError as error:
        if error.exit_code == 1 and PLACE_WORDS in str(error):
            return error
        raise
    return None


def check_failed(place: Place, before: State | None, after: State) -> None:
    """The index answers as before; the next build, with room again, finishes."""
    assert kept_state(place) == before
    place.build()
    assert place.state() == after
    assert place.strays() == []


@pytest.mark.parametrize(("kind", "lasts"), [(FULL, True), (BROKEN, False)], ids=["full", "broken"])
@pytest.mark.parametrize("scene", SCENES)
def test_each_write_of_a_build_fails_in_turn(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scene: str, kind: int, lasts: bool
) -> None:
    if scene == "merge":
        monkeypatch.setattr(index_writer, "MOST_SEGMENTS", 1)
    before = place.state() if scene != "first" else None
    full = changed(place, scene)
    after = whole(place, tmp_path / "whole")
    log = tmp_path / "log"
    with failing(Fault(str((counted := place.copy(tmp_path / "counted")).settings.index), str(log))):
        counted.build(full=full)
    steps = names(str(log))
    failed: Counter[str] = Counter()
    for at in range(1, len(steps) + 1, 1 if LONG else 9):
        one = place.copy(tmp_path / "one")
        with failing(Fault(str(one.settings.index), str(tmp_path / f"log-{at}"), at, kind, lasts)):
            error = refusal(one, full)
        assert error or steps[at - 1] == "mkdir"  # of a folder that is there already, once
        failed[steps[at - 1] if error else "done without"] += 1
        found = kept_state(one)
        check_failed(one, after if found == after else before, after)
        shutil.rmtree(one.folder)
    print(f"{scene}, {os.strerror(kind)}: {failed.total()} of {len(steps)} steps failed in turn, {dict(failed)}")


def test_a_disk_that_is_full_for_one_of_the_processes_that_write(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    place.write(range(MANY))
    place.build()
    before = place.state()
    counted, log = place.copy(tmp_path / "counted"), tmp_path / "log"
    counted.run("build", "--full", env=environment(Fault(str(counted.settings.index), str(log))), check=True)
    steps, many = len(names(str(log))), rounds(2, 20)
    for number in range(many):
        one = place.copy(tmp_path / "one")
        at = 4 + number * (steps - 4) // many
        fault = Fault(str(one.settings.index), str(tmp_path / f"log-{number}"), at, FULL, lasts=True)
        done = one.run("build", "--full", env=environment(fault), check=False)
        assert (done.returncode, PLACE_WORDS in " ".join(done.stderr.split())) == (1, True), done.stderr
        check_failed(one, before, before)
        shutil.rmtree(one.folder)
    print(f"{many} of {steps} steps of several processes failed")


@pytest.mark.parametrize("scene", ["first", "update"])
def test_a_disk_that_is_full_for_the_store_stops_a_build(place: Place, tmp_path: Path, scene: str) -> None:
    before = place.state() if scene != "first" else None
    pages = 1 if scene == "first" else (place.settings.index / "store.sqlite").stat().st_size // 4096
    changed(place, scene)
    after = whole(place, tmp_path / "whole")
    failed = 0
    while True:
        one = place.copy(tmp_path / "one")
        with failing(Fault(str(one.settings.index), str(tmp_path / "log"), pages=pages + failed)):
            error = refusal(one)
        if error is None:
            break
        assert "full" in str(error)
        found = kept_state(one)
        check_failed(one, after if found == after else before, after)
        shutil.rmtree(one.folder)
        failed += 1 if LONG else 9
    assert failed
    print(f"{scene}: the store was full at {failed if LONG else failed // 9} sizes")


def test_a_small_disk_is_full_in_truth(place: Place, tmp_path: Path) -> None:
    before = place.state()
    place.write(range(12, 40))
    after = whole(place, tmp_path / "whole")
    many, disks = rounds(1, 20), Counter[str]()
    for number in range(many):
        one = place.copy(tmp_path / "one")
        with small_disk(one.settings.index, 48 + 16 * number) as (kind, limit):
            done = one.run("build", check=False, preexec_fn=limit)
            disks[f"{kind}, {'enough' if done.returncode == 0 else 'full'}"] += 1
            if done.returncode:
                assert (done.returncode, PLACE_WORDS in " ".join(done.stderr.split())) == (1, True), done.stderr
                assert kept_state(one) == before
            else:
                assert one.state() == after
        check_failed(one, kept_state(one), after)
        shutil.rmtree(one.folder)
    print(dict(disks))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """`folder` on a disk with so much room left; where none may be mounted, a limit to the size of each file."""
    beside = folder.with_name("beside")
    size = sum(-(-path.stat().st_size // 4096) * 4 + 4 for path in folder.rglob("*")) + kilobytes
    folder.rename(beside)
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    shutil.copytree(beside, folder, dirs_exist_ok=True)
    try:
        yield ("a disk", lambda: None) if mounted else ("a limit", lambda: _limit(kilobytes))
    finally:
        if mounted:
            shutil.rmtree(beside)
            shutil.copytree(folder, beside)
            gc.collect()  # readers let go of their files
            subprocess.run(["umount", str(folder)], check=True)
            folder.rmdir()
            beside.rename(folder)
        else:
            shutil.rmtree(beside)


def _limit(kilobytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))


def obey() -> None:
    """Give up root's right to pass over the permissions of files, where one has it."""
    drop_capability, pass_over, read_all = 24, 1, 2
    for capability in (pass_over, read_all):
        ctypes.CDLL(None).prctl(drop_capability, capability, 0, 0, 0)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_an_index_that_may_not_be_written_serves_and_is_not_built(place: Place) -> None:
    for path in place.settings.index.glob("store.sqlite-*"):
        path.unlink()
    with read_only(place.settings.index):
        done = place.run("search", "ville", "--json", check=False, preexec_fn=obey)
        assert len(json.loads(done.stdout)["hits"]) == 10
        done = place.run("build", check=False, preexec_fn=obey)
        assert done.returncode == 1
        assert "droits" in done.stderr


def test_a_corpus_that_may_not_be_written_is_read(place: Place) -> None:
    shutil.rmtree(place.settings.index)
    with read_only(place.settings.corpus):
        assert place.run("build", check=False, preexec_fn=obey).returncode == 0
