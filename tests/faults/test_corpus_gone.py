"""A corpus that vanishes, before a build or in the middle of it, does not look like a corpus from which all was removed."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import build
from indexer.corpus import list_corpus
from indexer.errors import CorpusError
from indexer.reading import Step
from tests.faults.conftest import Place
from tests.faults.variant import LONG


def unmounted(place: Place) -> None:
    """Where the corpus was mounted there is an empty folder."""
    place.settings.corpus.rename(place.folder / "elsewhere")
    place.settings.corpus.mkdir()


def gone(place: Place) -> None:
    place.settings.corpus.rename(place.folder / "elsewhere")


def mounted(place: Place) -> None:
    """It is there again."""
    if place.settings.corpus.exists():
        place.settings.corpus.rmdir()
    (place.folder / "elsewhere").rename(place.settings.corpus)


LOSSES = [unmounted, gone]


@pytest.mark.parametrize("lose", LOSSES)
def test_before_a_build(place: Place, lose: Callable[[Place], None]) -> None:
    before = place.state()
    lose(place)
    for full in (False, True):
        with pytest.raises(CorpusError, match=str(place.settings.corpus)):
            place.build(full=full)
    assert place.state() == before
    mounted(place)
    assert place.build().unchanged == 12


@pytest.mark.parametrize("lose", LOSSES)
def test_at_every_step_of_a_build(place: Place, tmp_path: Path, lose: Callable[[Place], None]) -> None:
    before = place.state()
    place.write(range(3), version=1)
    place.write(range(12, 18), pdf_every=6)
    whole = place.copy(tmp_path / "whole")
    steps: list[Step] = []
    build(whole.settings, steps.append)
    reading = [at for at, step in enumerate(steps) if step.name == "lecture"]
    for at in reading if LONG else reading[3::6]:
        one = place.copy(tmp_path / "one")
        told: list[Step] = []

        def tell(step: Step, one: Place = one, told: list[Step] = told, at: int = at) -> None:
            told.append(step)
            if len(told) == at + 1:
                lose(one)

        with pytest.raises(CorpusError, match="monté"):
            build(one.settings, tell)
        assert one.state() == before
        mounted(one)
        assert one.build().unreadable == ()
        assert one.state() == whole.state()
        shutil.rmtree(one.folder)
    print(f"the corpus went at {len(reading)} steps")


def test_files_that_their_folder_names_but_that_cannot_be_found_are_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before, plain = place.state(), Path.stat

    def stale(self: Path, **options: bool) -> os.stat_result:
        if self.name in ("page-3.txt", "page-4.txt"):
            raise OSError(116, "Stale file handle", str(self))
        return plain(self, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", stale)  # as a share that is gone answers
        report = place.build()
    assert (report.removed, report.unchanged) == (0, 12)
    assert {failure.path for failure in report.unreadable} == {"3/page-3.txt", "4/page-4.txt"}
    assert place.state() == before
    assert place.build().unreadable == ()


def test_links_to_nothing_are_no_files(place: Place) -> None:
    (place.settings.corpus / "lien.txt").symlink_to("nulle-part.txt")
    (place.settings.corpus / "boucle.txt").symlink_to("boucle.txt")
    os.mkfifo(place.settings.corpus / "tube.txt")
    assert stat.S_ISFIFO((place.settings.corpus / "tube.txt").stat().st_mode)
    assert len(list_corpus(place.settings.corpus).files) == 12
    assert list_corpus(place.settings.corpus).untold == ()
