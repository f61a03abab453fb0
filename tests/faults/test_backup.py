"""A backup made while the site serves is whole and true; taken back, it answers as it did, wherever it is put."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.backup import BackupError, backup, read_backup, restore
from indexer.cli import cli
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.errors import ChercheVilleError, IndexDamaged, IndexLocked, IndexMissing, IndexVersionMismatch, StoreError
from indexer.lock import writing
from tests.faults.conftest import Place, kept_state
from tests.faults.steps import BROKEN, FULL, KILLED, TORN, Fault, environment, failing, names
from tests.faults.test_writers_readers import Asking
from tests.faults.variant import LONG


@pytest.fixture
def saved(place: Place, tmp_path: Path) -> Path:
    """A backup of a dozen pages."""
    backup(place.settings, tmp_path / "saved")
    return tmp_path / "saved"


def test_what_is_taken_back_answers_as_it_did(place: Place, saved: Path, tmp_path: Path) -> None:
    before = place.state()
    elsewhere = replace(place, folder=tmp_path / "elsewhere")
    shutil.copytree(place.settings.corpus, elsewhere.settings.corpus)
    assert restore(elsewhere.settings, saved).generation
    assert elsewhere.state() == before
    assert elsewhere.strays() == []
    report = elsewhere.build()
    assert (report.full, report.read, report.unchanged) == (False, 0, 12)


def test_over_an_index_only_when_told_so(place: Place, saved: Path) -> None:
    before = place.state()
    place.write(range(4), version=1)
    place.remove(range(10, 12))
    place.build()
    changed = place.state()
    with pytest.raises(BackupError, match="--yes"):
        restore(place.settings, saved)
    assert place.state() == changed
    generation = open_status(place)
    assert restore(place.settings, saved, yes=True).generation == generation + 1
    assert place.state() == before
    assert place.strays() == []
    assert place.build().dossiers == 10
    assert place.state() == changed


def open_status(place: Place) -> int:
    with closing(open_reader(place.settings)) as reader:
        return reader.status().generation


def test_readers_are_answered_while_it_is_made_and_taken_back(place: Place, tmp_path: Path) -> None:
    stop = threading.Event()
    with closing(open_reader(place.settings)) as reader:
        askers = [Asking(reader, stop) for _ in range(4)]
        for asker in askers:
            asker.start()
        for number in range(3):
            backup(place.settings, tmp_path / f"saved-{number}")
            place.write(range(12 + number, 13 + number))
            place.build()
            restore(place.settings, tmp_path / f"saved-{number}", yes=True)
        stop.set()
        for asker in askers:
            asker.join()
    assert [fault for asker in askers for fault in asker.faults] == []
    assert {total for asker in askers for total in asker.totals} <= {12, 13, 14, 15}


def test_a_damaged_backup_is_named_and_changes_nothing(place: Place, saved: Path) -> None:
    before = place.state()
    for path in sorted(path for path in saved.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for harm in (data[: len(data) // 2], data[:-1] + bytes([data[-1] ^ 1]), None):
            path.unlink() if harm is None else path.write_bytes(harm)
            with pytest.raises(BackupError, match=path.name):
                restore(place.settings, saved, yes=True)
        path.write_bytes(data)
    assert place.state() == before
    assert read_backup(saved).bytes


def test_a_damaged_index_is_not_saved(place: Place, tmp_path: Path) -> None:
    (segment,) = place.settings.index.glob("whoosh-*/*.cv")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    with pytest.raises(BackupError, match=segment.name):
        backup(place.settings, tmp_path / "saved")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "index"]


def test_a_name_that_is_taken_or_an_index_that_is_not_there_is_refused(place: Place, saved: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="existe déjà"):
        backup(place.settings, saved)
    with pytest.raises(IndexMissing):
        backup(replace(place, folder=tmp_path / "none").settings, tmp_path / "other")
    with pytest.raises(BackupError, match=r"backup\.json"):
        restore(place.settings, place.settings.corpus, yes=True)
    with writing(place.settings.index), pytest.raises(IndexLocked):
        backup(place.settings, tmp_path / "other")


@pytest.mark.parametrize("kind", [FULL, BROKEN])
def test_each_write_fails_in_turn(place: Place, saved: Path, tmp_path: Path, kind: int) -> None:
    before = place.state()
    place.write(range(4), version=1)
    place.build()
    after = place.state()
    log, counted = tmp_path / "log", place.copy(tmp_path / "counted")
    with failing(Fault(str(counted.folder), str(log))):
        restore(counted.settings, saved, yes=True)
    for at in range(1, len(names(str(log))) + 1, 1 if LONG else 5):
        one = place.copy(tmp_path / "one")
        with failing(Fault(str(one.folder), str(tmp_path / f"log-{at}"), at, kind, kind == FULL)):
            told = refused(one, saved)
        assert one.state() in ((before, after) if told else (before,))
        restore(one.settings, saved, yes=True)
        assert one.state() == before
        assert one.strays() == []
        shutil.rmtree(one.folder)


def refused(place: Place, saved: Path) -> bool:
    try:
        restore(place.settings, saved, yes=True)
    except (BackupError, StoreError) as error:
        if "place libre" in str(error):
            return True
        raise
    return False


def test_killed_at_any_step_it_is_before_or_after(place: Place, saved: Path, tmp_path: Path) -> None:
    before = place.state()
    place.write(range(4), version=1)
    place.build()
    after = place.state()
    log, counted = tmp_path / "log", place.copy(tmp_path / "counted")
    with failing(Fault(str(counted.folder), str(log), 0, KILLED)):
        restore(counted.settings, saved, yes=True)
    steps = len(names(str(log)))
    for at in range(1, steps + 1) if LONG else (steps - 12,):
        one = place.copy(tmp_path / "one")
        fault = Fault(str(one.folder), str(tmp_path / f"log-{at}"), at, TORN)
        done = one.run("restore", str(saved), "--yes", env=environment(fault), check=False)
        assert done.returncode == -9
        assert kept_state(one) in (before, after)
        assert one.build().dossiers == 12
        assert one.state() == after
        assert one.strays() == []
        shutil.rmtree(one.folder)
    print(f"killed at {steps if LONG else 1} of {steps} steps")


def test_a_backup_that_was_killed_is_none_and_the_next_clears_it(place: Place, tmp_path: Path) -> None:
    fault = Fault(str(tmp_path / "saved.partial"), str(tmp_path / "log"), 8, KILLED)
    assert place.run("backup", str(tmp_path / "saved"), env=environment(fault), check=False).returncode == -9
    assert not (tmp_path / "saved").exists()
    assert (tmp_path / "saved.partial").exists()
    backup(place.settings, tmp_path / "saved")
    assert not (tmp_path / "saved.partial").exists()


def test_the_commands_say_what_they_did(place: Place, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    made = json.loads(said(place, "backup", str(saved), "--json"))
    assert {file["path"].rpartition("/")[2] for file in made["files"]} >= {"store.sqlite", "current.json"}
    with pytest.raises(BackupError, match="--yes"):
        said(place, "restore", str(saved))
    assert "vérifiés" in said(place, "restore", str(saved), "--yes")
    assert json.loads(said(place, "restore", str(saved), "--yes", "--json"))["generation"] == 3


def said(place: Place, *words: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(cli, place.command(*words)[3:], catch_exceptions=False, standalone_mode=False)
    return done.stdout


def test_an_index_is_opened_on_another_path(place: Place, tmp_path: Path) -> None:
    before = place.state()
    place.folder.joinpath("index").rename(tmp_path / "moved")
    moved = replace(place.settings, index=tmp_path / "moved")
    with closing(open_reader(moved)) as reader:
        assert reader.search(Request("ville")).hits
    (tmp_path / "moved").rename(place.settings.index)
    assert place.state() == before
    assert place.build().unchanged == 12


def aged(index: Path, schema: int = 2) -> None:
    """Make the index one of an older version of the software."""
    current = index / "current.json"
    known = json.loads(current.read_text().splitlines()[0])
    current.write_text(json.dumps(known | {"schema": known["schema"] - 1}))
    with closing(sqlite3.connect(index / "store.sqlite")) as store:
        if schema < 4:
            store.executescript(
                "DROP TABLE mark; DROP TABLE departed; ALTER TABLE dossier DROP COLUMN title;"
                "ALTER TABLE dossier DROP COLUMN source_url;"
            )
        if schema < 3:
            store.executescript("ALTER TABLE dossier DROP COLUMN content; ALTER TABLE dossier DROP COLUMN changed;")
        store.execute(f"PRAGMA user_version={schema}")


@pytest.mark.parametrize("schema", [2, 3, 4])
def test_an_index_of_an_older_version_is_made_anew_without_the_corpus(place: Place, schema: int) -> None:
    before = place.state()
    aged(place.settings.index, schema)
    with pytest.raises(IndexVersionMismatch, match="build --full") as raised:
        place.state()
    shutil.rmtree(place.settings.corpus)
    assert str(raised.value).endswith("chercheville build --stored)")
    if schema == 2:
        place.run("build", "--stored", check=True)
    else:
        place.build(stored=True)
    assert place.state() == before


def test_a_backup_of_an_older_version_gives_its_texts(place: Place, saved: Path, tmp_path: Path) -> None:
    before = place.state()
    aged(saved)
    resigned(saved)
    with pytest.raises(BackupError, match="--stored"):
        restore(place.settings, saved, yes=True)
    assert place.state() == before
    empty = replace(place, folder=tmp_path / "empty")
    assert restore(empty.settings, saved).generation is None
    empty.build(stored=True)
    assert empty.state() == before


def resigned(saved: Path) -> None:
    """Name the files of the backup as they are now."""
    manifest = json.loads((saved / "backup.json").read_text())
    for file in manifest["files"]:
        data = (saved / file["path"]).read_bytes()
        file |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (saved / "backup.json").write_text(json.dumps(manifest))


def test_without_texts_nothing_is_made_anew(place: Place, tmp_path: Path) -> None:
    with pytest.raises(ChercheVilleError, match="Aucun texte"):
        replace(place, folder=tmp_path / "empty").build(stored=True)
    for path in place.settings.index.glob("whoosh-*/*.cv"):
        path.write_bytes(b"")
    with pytest.raises(IndexDamaged):
        place.state()
    assert place.build(stored=True).dossiers == 12
