"""A build that is killed at any moment leaves the index as before or as after, and the next one finishes what it began."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.faults.conftest import LONG, ROOT, Place, State, kept_state, rounds
from tests.faults.steps import KILLED, TORN, Fault, environment, failing, names

DOSSIERS = 500 if LONG else 24
PDF_EVERY = 12
RANDOM = Random(20260101)


class Scene(NamedTuple):
    """A corpus and an index that a build with these words turns from one state into another."""

    place: Place
    words: tuple[str, ...]
    before: State | None
    after: State


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("killed") / "indexed")
    place.write(range(DOSSIERS), PDF_EVERY)
    place.build()
    return place


def _update(place: Place) -> None:
    place.write(range(DOSSIERS // 4), PDF_EVERY, version=1)
    place.write(range(DOSSIERS, DOSSIERS + DOSSIERS // 8), PDF_EVERY)


def _remove(place: Place) -> None:
    place.remove(range(DOSSIERS // 5, DOSSIERS // 2))


def _forget(place: Place) -> None:
    shutil.rmtree(place.settings.index)


SCENES: dict[str, tuple[Callable[[Place], None], tuple[str, ...]]] = {
    "first": (_forget, ("build",)),
    "full": (lambda _: None, ("build", "--full")),
    "update": (_update, ("build",)),
    "removal": (_remove, ("build",)),
}


@pytest.fixture(params=list(SCENES))
def scene(request: pytest.FixtureRequest, indexed: Place, tmp_path: Path) -> Scene:
    change, words = SCENES[request.param]
    place = indexed.copy(tmp_path / "scene")
    change(place)
    whole = place.copy(tmp_path / "whole")
    shutil.rmtree(whole.settings.index, ignore_errors=True)
    whole.build()
    return Scene(place, words, None if request.param == "first" else indexed.state(), whole.state())


def check(scene: Scene, place: Place) -> str:
    """Which of the two states a killed build left. The next build then finishes, and nothing is left over."""
    found = kept_state(place)
    assert found in (scene.before, scene.after), "between two states"
    place.build()
    assert place.state() == scene.after
    assert place.strays() == []
    left = "after" if found == scene.after else "before"
    return "same" if scene.before == scene.after else left


def counted(scene: Scene, place: Place, log: Path) -> int:
    """How many steps the build takes."""
    if LONG:
        assert killed_at_step(scene, place, log, 0, KILLED) == 0
    else:
        with failing(Fault(str(place.settings.index), str(log), 0, KILLED)):
            place.build(full="--full" in scene.words)
    return len(names(str(log)))


def killed_at_step(scene: Scene, place: Place, log: Path, at: int, kind: str) -> int:
    fault = Fault(str(place.settings.index), str(log), at, kind)
    return place.run(*scene.words, env=environment(fault), check=False).returncode


def killed_after(scene: Scene, place: Place, seconds: float) -> int:
    process = subprocess.Popen(
        place.command(*scene.words),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(Fault("-", "-")),
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait()


def test_a_build_killed_at_any_moment_leaves_one_of_two_states(scene: Scene, tmp_path: Path) -> None:
    begun = time.monotonic()
    steps = counted(scene, scene.place.copy(tmp_path / "counted"), tmp_path / "log")
    seconds = time.monotonic() - begun
    outcomes: Counter[str] = Counter()
    many = rounds(1, 50)
    for number in range(many):
        place = scene.place.copy(tmp_path / "killed")
        if number % 2:
            code = killed_after(scene, place, RANDOM.uniform(0.05, 1) * seconds)
            outcomes["by the clock"] += 1
        else:
            at = 1 + number * steps // many if many > 1 else RANDOM.randrange(steps)
            code = killed_at_step(scene, place, tmp_path / f"log-{number}", at, RANDOM.choice([KILLED, TORN]))
            assert code == -9
        outcomes["killed" if code == -9 else "ended before"] += 1
        outcomes[check(scene, place)] += 1
        shutil.rmtree(place.folder)
    print(f"{' '.join(scene.words)}: {steps} steps, {seconds:.1f} s, {dict(outcomes)}")


def test_builds_killed_again_and_again_leave_nothing_that_grows(indexed: Place, tmp_path: Path) -> None:
    place = indexed.copy(tmp_path / "again")
    (place.settings.index / "whoosh-000002").mkdir()  # as one that was killed before leaves it
    before, folders = place.state(), []
    scene = Scene(place, ("build", "--full"), before, before)
    for number in range(rounds(1, 10)):
        assert killed_at_step(scene, place, tmp_path / f"log-{number}", 20, KILLED) == -9
        folders.append(len(list(place.settings.index.glob("whoosh-*"))))
    assert max(folders) <= 2
    assert check(scene, place) == "same"
