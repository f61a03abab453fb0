"""Dossiers that leave the index: what is remembered of them, which of those that stay stand for them, and for how long."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import store
from indexer.build import BuildReport, build
from indexer.condition import departed_from
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from indexer.errors import StoreError
from indexer.model import Card, Departed, Mark, Portrait
from indexer.store import Known

TINY = Path(__file__).parents[1] / "corpus"
SOURCE = "\n\nURL de la source (modifié le 20/03/2019 - 10:25): <https://exemple.fr/{}>\n"
DOWNGRADE = """
DROP TABLE mark; DROP TABLE departed;
ALTER TABLE dossier DROP COLUMN title; ALTER TABLE dossier DROP COLUMN source_url;
PRAGMA user_version = 3;
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(TINY / "pages", tmp_path / "corpus" / "pages")
    shutil.copytree(TINY / "pdf", tmp_path / "corpus" / "pdf")
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def run(settings: Settings, **options: bool) -> BuildReport:
    return build(settings, lambda _: None, yes=True, **options)


def cards(settings: Settings) -> dict[str, Card]:
    """The dossiers of the index by the path of their first file."""
    with closing(open_reader(settings)) as reader:
        return {card.path: card for card in reader.every(Request())}


def gone(settings: Settings, card: Card) -> Departed:
    found = departed_from(settings, card.id)
    assert found
    return found


@contextmanager
def database(settings: Settings) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(settings.index / "store.sqlite")) as connection, connection:
        yield connection


def counts(settings: Settings) -> tuple[int, int]:
    """How many dossiers left, and how many marks there are."""
    with database(settings) as connection:
        row: tuple[int, int] = connection.execute(
            "SELECT (SELECT count(*) FROM departed), (SELECT count(*) FROM mark)"
        ).fetchone()
    return row


def write(settings: Settings, path: str, words: str, address: str = "") -> None:
    text = f"{words}\n" + (SOURCE.format(address) if address else "")
    (settings.corpus / path).write_text(text, encoding="utf-8")


def test_a_dossier_that_left_is_remembered_until_it_comes_back(settings: Settings) -> None:
    run(settings)
    path = settings.corpus / "pages/sante.html"
    card, content = cards(settings)["pages/sante.html"], path.read_bytes()
    assert departed_from(settings, card.id) is None
    path.unlink()
    run(settings)
    found = gone(settings, card)
    assert (found.title, bool(found.since.tzinfo)) == (card.title, True)
    run(settings)
    run(settings, full=True)
    assert gone(settings, card) == found
    path.write_bytes(content)
    run(settings)
    assert departed_from(settings, card.id) is None


def test_an_identifier_that_never_was_is_not_known(settings: Settings) -> None:
    run(settings)
    assert departed_from(settings, "0" * 12) is None


def test_a_page_that_got_a_better_address_is_found_by_the_one_it_kept(settings: Settings) -> None:
    short = '<html><head><link rel="shortlink" href="https://exemple.fr/node/12">{}</head><body><p>La mobilité.</p></body></html>'
    (settings.corpus / "pages/une.html").write_text(short.format(""), encoding="utf-8")
    run(settings)
    card = cards(settings)["pages/une.html"]
    (settings.corpus / "pages/une.html").unlink()
    canonical = '<link rel="canonical" href="https://exemple.fr/mobilite">'
    (settings.corpus / "pages/deux.html").write_text(short.format(canonical), encoding="utf-8")
    run(settings)
    found = gone(settings, card)
    assert found.source_url == "https://exemple.fr/node/12"
    assert found.heirs == ((cards(settings)["pages/deux.html"].id, "address"),)


def test_a_page_that_gets_an_address_is_found_by_its_path(settings: Settings) -> None:
    write(settings, "pages/une.txt", "Une page sur la mobilité.")
    run(settings)
    card = cards(settings)["pages/une.txt"]
    write(settings, "pages/une.txt", "Une page sur la mobilité.", "mobilite")
    run(settings)
    (heir,) = gone(settings, card).heirs
    assert heir == (cards(settings)["pages/une.txt"].id, "path")


def test_a_pdf_that_is_moved_is_found_by_its_content(settings: Settings) -> None:
    run(settings)
    pdf = "pdf/etude_seule_mars_2018.pdf"
    card = cards(settings)[pdf]
    (settings.corpus / pdf).rename(settings.corpus / "ailleurs.pdf")
    run(settings)
    (heir,) = gone(settings, card).heirs
    assert heir == (cards(settings)["ailleurs.pdf"].id, "content")


def test_the_strongest_reason_comes_first_and_a_heir_is_named_once(tmp_path: Path) -> None:
    portraits = {
        "left": Portrait("", None, frozenset({Mark("path", "p"), Mark("content", "k"), Mark("content", "l")})),
        "a": Portrait("", None, frozenset({Mark("content", "k"), Mark("path", "q")})),
        "b": Portrait("", None, frozenset({Mark("content", "k"), Mark("content", "l")})),
        "c": Portrait("", None, frozenset({Mark("content", "k"), Mark("path", "p")})),
        "d": Portrait("", None, frozenset({Mark("address", "k"), Mark("path", "l")})),
    }
    known = dict.fromkeys(portraits, Known("", datetime(2026, 1, 1, tzinfo=UTC)))
    with closing(store.Store(tmp_path / "store.sqlite")) as opened:
        for generation, ids in enumerate((["left"], ["a", "b", "c", "d"])):
            opened.put_dossiers(dict.fromkeys(ids, ""), known, generation, portraits.__getitem__, "2026-11-23T18:00:00+01:00")
        found = opened.departed("left")
    assert found
    assert found.heirs == (("c", "path"), ("b", "content"), ("a", "content"))


def test_a_heir_that_leaves_too_is_named_no_longer(settings: Settings) -> None:
    run(settings)
    pdf = "pdf/etude_seule_mars_2018.pdf"
    card = cards(settings)[pdf]
    (settings.corpus / pdf).rename(settings.corpus / "ailleurs.pdf")
    run(settings)
    (settings.corpus / "ailleurs.pdf").unlink()
    run(settings)
    assert gone(settings, card).heirs == ()


def test_files_that_could_not_be_read_stand_for_nothing(settings: Settings) -> None:
    links = "Fichiers joints:\n [vide.pdf](https://exemple.fr/files/{}.pdf)\n"
    for name in ("vide", "rien"):
        (settings.corpus / f"{name}.pdf").touch()
        write(settings, f"pages/{name}.txt", f"Une page {name}.\n\n{links.format(name)}")
    run(settings)
    card = cards(settings)["pages/vide.txt"]
    (settings.corpus / "pages/vide.txt").unlink()
    run(settings)
    assert gone(settings, card).heirs == ()


def test_the_register_keeps_the_last_and_forgets_their_elders(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_DEPARTED", 2)
    for number in range(4):
        write(settings, f"pages/essai-{number}.txt", f"Une page d’essai numéro {number}.")
    run(settings)
    (_, marks), known = counts(settings), cards(settings)
    essays = [known[f"pages/essai-{number}.txt"] for number in range(4)]
    for number in range(4):
        (settings.corpus / f"pages/essai-{number}.txt").unlink()
        run(settings)
    assert [departed_from(settings, card.id) is not None for card in essays] == [False, False, True, True]
    assert counts(settings) == (2, marks - 2 * 2)


def test_a_store_of_schema_3_serves_and_is_brought_up_by_the_next_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(settings)
    known = cards(settings)
    lone, health = known["pdf/etude_seule_mars_2018.pdf"], known["pages/sante.html"]
    with closing(sqlite3.connect(settings.index / "store.sqlite")) as connection:
        connection.executescript(DOWNGRADE)
    assert cards(settings) == known
    assert departed_from(settings, lone.id) is None
    (settings.corpus / lone.path).unlink()
    report = run(settings)
    assert (report.full, report.read, report.removed) == (False, 0, 1)
    assert (gone(settings, lone).title, gone(settings, lone).heirs) == ("", ())
    (settings.corpus / health.path).unlink()
    run(settings)
    assert gone(settings, health).title == health.title


def test_a_build_that_is_killed_before_its_note_remembers_at_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(settings)
    card = cards(settings)["pages/sante.html"]
    (settings.corpus / card.path).unlink()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "forget_unused_extractions", killed)
        with pytest.raises(KeyboardInterrupt):
            run(settings)
    assert card.path not in cards(settings)
    assert departed_from(settings, card.id) is None  # all of the note or nothing
    run(settings)
    assert gone(settings, card).title == card.title


def test_only_the_dossiers_that_changed_are_written_again(settings: Settings) -> None:
    run(settings)
    with database(settings) as connection:
        connection.execute("UPDATE dossier SET title = 'non réécrit'")
    write(settings, "pages/nouvelle.txt", "Une page toute neuve.")
    run(settings)
    with database(settings) as connection:
        titles = [title for (title,) in connection.execute("SELECT title FROM dossier")]
    assert len([title for title in titles if title == "non réécrit"]) == len(titles) - 1


def test_a_damaged_register_is_said(settings: Settings) -> None:
    run(settings)
    with database(settings) as connection:
        connection.execute("DROP TABLE departed")
    with pytest.raises(StoreError, match="departed"):
        departed_from(settings, "0" * 12)
