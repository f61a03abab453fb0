"""The build: what it adds, changes and removes, what it never opens again, what it does with files that hurt."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.build import BuildReport, build, planned
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.errors import ChercheVilleError, CorpusError, IndexDamaged, IndexLocked, IndexVersionMismatch
from indexer.lock import writing
from indexer.pages import page
from indexer.reading import Step

TINY = Path(__file__).parents[1] / "corpus"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(TINY, tmp_path / "corpus")
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def run(settings: Settings, **options: bool) -> BuildReport:
    return build(settings, lambda _: None, **options)


def titles(settings: Settings, query: str = "") -> list[str]:
    reader = open_reader(settings)
    try:
        return sorted(hit.card.title for hit in reader.search(Request(query, size=50)).hits)
    finally:
        reader.close()


def test_a_corpus_is_indexed_and_every_file_is_indexed_or_listed(settings: Settings) -> None:
    report = run(settings)
    assert (report.files, report.read, report.added, report.dossiers) == (12, 12, 4, 4)
    reasons = {Path(failure.path).name: failure.reason for failure in report.unreadable}
    assert reasons == {
        "vide.txt": "empty",
        "zero.pdf": "empty",
        "faux.pdf": "not_pdf",
        "tronque.pdf": "damaged",
        "protege.pdf": "encrypted",
        "sans_texte.pdf": "no_text",
    }
    (missing,) = report.missing
    assert missing.path.endswith("absent.pdf")
    assert "pages/reunion.txt" in missing.message


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files of the corpus that are opened."""
    paths: list[str] = []
    plain = Path.open

    def noted(self: Path, *args: object, **options: object) -> object:
        if "corpus" in self.parts:
            paths.append(self.name)
        return plain(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", noted)
    return paths


def test_an_unchanged_corpus_is_not_opened_and_the_index_not_written(settings: Settings, opened: list[str]) -> None:
    first = run(settings)
    opened.clear()
    report = run(settings)
    assert opened == []
    assert (report.read, report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 0, 4)
    assert report.generation == first.generation


def test_only_what_changed_is_opened(settings: Settings, opened: list[str]) -> None:
    run(settings)
    opened.clear()
    changed = settings.corpus / "pages/sante.html"
    changed.write_text(changed.read_text().replace("santé mentale des jeunes", "prévention du mal-être"))
    (settings.corpus / "pages/nouvelle.txt").write_text("Un texte tout neuf sur la mobilité.\n")
    (settings.corpus / "pdf/etude_seule_mars_2018.pdf").unlink()
    opened.clear()
    report = run(settings)
    assert set(opened) == {"sante.html", "nouvelle.txt"}
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 1, 2)
    assert titles(settings, "mal-être") == ["Le conseil local de santé mentale"]
    assert titles(settings, "transports") == []
    assert len(titles(settings, "mobilité")) == 1


def test_a_missing_pdf_that_arrives_joins_its_dossier(settings: Settings) -> None:
    run(settings)
    shutil.copy(settings.corpus / "pdf/etude_seule_mars_2018.pdf", settings.corpus / "ABSENT.pdf")
    report = run(settings)
    assert (report.added, report.changed, report.missing) == (0, 2, ())  # the other one now says that it has a copy
    assert titles(settings, "transports jardins") == ["Rencontre des chefs de projet"]


def test_a_pdf_is_found_by_its_name_in_either_normal_form(settings: Settings) -> None:
    name = "Compte-rendu_été.pdf"
    (settings.corpus / "pdf" / name).rename(settings.corpus / "pdf" / unicodedata.normalize("NFD", name))
    assert len(run(settings).missing) == 1
    assert titles(settings, '"jardins partagés de Valmory"') == ["Rencontre des chefs de projet"]


def test_the_newest_state_of_a_page_wins(settings: Settings) -> None:
    run(settings)
    old = settings.corpus / "pages/reunion-ancienne.html"
    source = "<p>URL de la source (modifié le 21/03/2020 - 10:00): https://www.ressources.example/thematiques/politique-de-la-ville-dsu/animation-du-reseau-des-chefs-de-projet/reseau-2</p></main>"
    old.write_text(old.read_text().replace("</main>", source))
    report = run(settings)
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert titles(settings, '"ancien état"') == ["Rencontre des chefs de projet"]


def test_a_full_rebuild_reads_no_file_again(settings: Settings, opened: list[str]) -> None:
    before = run(settings)
    opened.clear()
    report = run(settings, full=True)
    assert opened == []
    assert (report.full, report.dossiers) == (True, before.dossiers)
    assert report.generation > before.generation
    assert [path.name for path in settings.index.glob("whoosh-*")] == [f"whoosh-{report.generation:06d}"]


def test_a_dry_run_says_and_writes_nothing(settings: Settings) -> None:
    assert len(planned(settings).changes.new) == 12
    assert not settings.index.exists()
    run(settings)
    (settings.corpus / "mauvais/zero.pdf").unlink()
    changes = planned(settings).changes
    assert (changes.files, changes.removed) == ((), ("mauvais/zero.pdf",))
    assert not planned(settings).full


def test_a_dry_run_says_what_would_be_read_again(settings: Settings) -> None:
    run(settings)
    failed = {"vide.txt", "zero.pdf", "faux.pdf", "tronque.pdf", "protege.pdf", "sans_texte.pdf"}
    again = planned(settings, retry_failed=True).changes
    assert {Path(file.path).name for file in again.reread} == failed
    pdfium = planned(replace(settings, pdf_reader="pdfium")).changes
    assert len(pdfium.reread) == 7
    assert planned(settings).changes.files == ()


def test_a_file_that_failed_is_opened_again_only_when_asked(settings: Settings, opened: list[str]) -> None:
    run(settings)
    opened.clear()
    assert run(settings).read == 0
    assert run(settings, retry_failed=True).read == 6
    assert "zero.pdf" in opened


@pytest.mark.parametrize("options", [{}, {"full": True}, {"retry_failed": True}])
def test_a_corpus_that_lost_more_than_half_is_no_removal_without_yes(settings: Settings, options: dict[str, bool]) -> None:
    run(settings)
    for folder in ("mauvais", "pdf"):
        shutil.rmtree(settings.corpus / folder)
    with pytest.raises(CorpusError, match="--yes"):
        run(settings, **options)
    assert planned(settings).refusal
    assert len(titles(settings)) == 4
    report = run(settings, yes=True, **options)
    assert (report.dossiers, planned(settings).refusal) == (3, None)


def test_moved_files_are_no_loss(settings: Settings) -> None:
    run(settings)
    (settings.corpus / "ailleurs").mkdir()
    for folder in ("mauvais", "pages", "pdf"):
        (settings.corpus / folder).rename(settings.corpus / "ailleurs" / folder)
    assert run(settings).dossiers == 4


def test_a_pdf_attached_to_two_pages_is_read_once_and_found_under_each(settings: Settings) -> None:
    source = settings.corpus / "pdf/etude_seule_mars_2018.pdf"
    shutil.copy(source, settings.corpus / "copie.pdf")
    for name, pdf in (("une", "etude_seule_mars_2018.pdf"), ("autre", "copie.pdf")):
        text = f"Une page {name}.\n\nFichiers joints:\n    [L’étude](https://exemple.fr/files/{pdf})\n"
        (settings.corpus / f"{name}.txt").write_text(text)
    run(settings)
    reader = open_reader(settings)
    hits = reader.search(Request("transports", size=50)).hits
    reader.close()
    assert {hit.card.path for hit in hits} == {"une.txt", "autre.txt"}
    assert all(similar.kind == "pdf" for hit in hits for similar in hit.card.similar)
    assert len({similar.dossier for hit in hits for similar in hit.card.similar}) == 2
    with sqlite3.connect(settings.index / "store.sqlite") as store:
        (count,) = store.execute("SELECT count(*) FROM part WHERE text LIKE '%transports%'").fetchone()
    store.close()
    assert count == 1


def test_a_replaced_pdf_of_the_same_name_is_a_change(settings: Settings) -> None:
    run(settings)
    shutil.copy(settings.corpus / "pdf/etude_seule_mars_2018.pdf", settings.corpus / "pdf/Compte-rendu_été.pdf")
    assert run(settings).changed == 2  # the other one now says that it has a copy
    assert titles(settings, '"jardins partagés de Valmory"') == []


def changes(settings: Settings) -> dict[str, datetime | None]:
    """By title, since when each dossier is as it is, the newest first."""
    reader = open_reader(settings)
    try:
        return {card.title: card.changed for card in reader.every(Request(sort="nouveautes"))}
    finally:
        reader.close()


def test_a_dossier_keeps_the_time_it_came_until_its_files_change(settings: Settings) -> None:
    begun = datetime.now(UTC).replace(microsecond=0)
    health = settings.corpus / "pages/sante.html"
    for path in settings.corpus.rglob("*.*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    run(settings)
    first = changes(settings)
    assert set(first.values()) == {datetime.fromtimestamp(1_500_000_000, UTC)}  # the first build takes the files' own times
    os.utime(health, (1_600_000_000, 1_600_000_000))
    run(settings, full=True)
    assert changes(settings) == first
    health.write_text(health.read_text().replace("</p>", " encore</p>", 1))
    run(settings)
    (newest, changed), *others = changes(settings).items()
    assert changed is not None
    assert changed >= begun
    assert dict(others) == {title: since for title, since in first.items() if title != newest}


def test_a_store_of_the_first_schema_is_brought_up_and_read_again(settings: Settings) -> None:
    settings.index.mkdir()
    with sqlite3.connect(settings.index / "store.sqlite") as store:
        store.executescript(
            "CREATE TABLE file (path TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
            " key TEXT NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE extraction (key TEXT PRIMARY KEY, facts BLOB, reason TEXT, problem TEXT, advice TEXT) WITHOUT ROWID;"
            "CREATE TABLE part (key TEXT NOT NULL, number INTEGER NOT NULL, label TEXT, text TEXT NOT NULL,"
            " PRIMARY KEY (key, number));"
            "CREATE TABLE indexed (generation INTEGER NOT NULL);"
            "CREATE TABLE dossier (id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE failure (path TEXT NOT NULL, page INTEGER NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL,"
            " advice TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (path, page, reason)) WITHOUT ROWID;"
            "PRAGMA user_version=1;"
        )
    store.close()
    assert run(settings).dossiers == 4


def test_a_closed_folder_is_said_and_its_dossiers_are_kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run(settings)
    plain = os.scandir

    def closed(path: str) -> object:  # root may read any folder, so the refusal is played
        if str(path).endswith("corpus/pages"):
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(os, "scandir", closed)
    report = run(settings)
    assert (report.removed, report.unchanged) == (0, 4)
    assert ("pages", "closed_folder") in {(failure.path, failure.reason) for failure in report.unreadable}


def test_a_file_that_cannot_be_opened_is_said_and_its_last_state_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(settings)
    health = settings.corpus / "pages/sante.html"
    health.write_text(health.read_text() + " ")
    plain = Path.open

    def refused(self: Path, *args: object, **options: object) -> object:
        if self == health:
            raise PermissionError(13, "Permission denied", str(self))
        return plain(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    report = run(settings)
    assert ("pages/sante.html", "cannot_open") in {(failure.path, failure.reason) for failure in report.unreadable}
    assert report.dossiers == 4


def test_a_name_that_is_not_utf8_is_said(settings: Settings) -> None:
    with open(os.fsencode(settings.corpus) + b"/\xe9t\xe9.txt", "wb") as file:
        file.write(b"texte")
    assert "bad_name" in {failure.reason for failure in run(settings).unreadable}


def test_a_corpus_that_does_not_exist_is_named(settings: Settings) -> None:
    with pytest.raises(CorpusError, match="ailleurs"):
        run(replace(settings, corpus=settings.corpus / "ailleurs"))


def test_a_second_build_says_who_holds_the_lock(settings: Settings) -> None:
    settings.index.mkdir()
    with writing(settings.index), pytest.raises(IndexLocked, match=f"processus {os.getpid()} depuis"):
        run(settings)
    assert run(settings).added == 4


def test_the_lock_of_a_dead_process_holds_nothing(settings: Settings) -> None:
    settings.index.mkdir()
    code = (
        "import os, sys; from pathlib import Path; from indexer.lock import writing\nwith writing(Path(sys.argv[1])): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(settings.index)], check=False)
    assert run(settings).added == 4


@pytest.mark.parametrize("key", ["schema", "analyser"])
def test_an_index_of_another_version_is_refused_with_the_command(settings: Settings, key: str) -> None:
    run(settings)
    current = settings.index / "current.json"
    known = json.loads(current.read_text().splitlines()[0])
    current.write_text(json.dumps(known | {key: 99 if key == "schema" else "autre"}))
    with pytest.raises(IndexVersionMismatch, match="chercheville build --full"):
        run(settings)
    assert run(settings, full=True).dossiers == 4
    assert len(titles(settings)) == 4


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\x01", b"{"])
def test_a_damaged_index_is_refused_with_the_command(settings: Settings, content: bytes) -> None:
    run(settings)
    (settings.index / "current.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="chercheville build --full"):
        run(settings)
    assert run(settings, full=True).dossiers == 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh lets go of what it cannot open
def test_a_cut_index_file_is_named(settings: Settings) -> None:
    run(settings)
    segment = next(settings.index.glob("whoosh-*/*.cv"))
    segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(IndexDamaged, match="chercheville build --full"):
        run(settings)
    assert run(settings, full=True).dossiers == 4


def test_an_index_that_lost_its_store_is_rebuilt(settings: Settings) -> None:
    run(settings)
    (settings.corpus / "pages/sante.html").unlink()
    for path in settings.index.glob("store.sqlite*"):
        path.unlink()
    report = run(settings)
    assert (report.full, report.dossiers) == (True, 3)
    assert len(titles(settings)) == 3


@pytest.mark.parametrize("step", ["lecture", "indexation"])
def test_an_interrupted_build_is_continued_by_the_next(settings: Settings, step: str) -> None:
    def stop(now: Step) -> None:
        if now.name == step and now.done == now.total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(settings, stop)
    report = run(settings)
    assert report.dossiers == 4
    assert report.read < 12
    assert len(titles(settings)) == 4


def test_what_a_killed_rebuild_left_is_cleared(settings: Settings) -> None:
    run(settings)
    (settings.index / "whoosh-000007").mkdir()
    (settings.corpus / "pages/nouvelle.txt").write_text("Un texte tout neuf.\n")
    run(settings)
    assert [path.name for path in settings.index.glob("whoosh-*")] == ["whoosh-000001"]


@pytest.mark.parametrize(
    ("failure", "said"), [(OSError(28, "No space left on device"), "No space left"), (MemoryError(), "memory_mb")], ids=str
)
def test_a_full_disk_or_memory_keeps_the_old_index(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, failure: Exception, said: str
) -> None:
    run(settings)
    (settings.corpus / "pages/nouvelle.txt").write_text("Un texte tout neuf.\n")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("indexer.engine.whoosh.segment_builder.document", fail)
    with pytest.raises(ChercheVilleError, match=said):
        run(settings)
    assert len(titles(settings)) == 4
    monkeypatch.undo()
    assert run(settings).dossiers == 5


def test_the_register_keeps_since_when(settings: Settings) -> None:
    first = {failure.path: failure.since for failure in run(settings).failures}
    (settings.corpus / "pages/nouvelle.txt").write_text("Un texte tout neuf.\n")
    assert {failure.path: failure.since for failure in run(settings).failures} == first


def test_a_new_reader_version_reads_again_what_it_concerns(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run(settings)
    monkeypatch.setattr(page, "VERSION", "page-next")
    report = run(settings)
    assert (report.read, report.changed, report.unchanged) == (5, 3, 1)
