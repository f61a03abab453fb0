"""The table of dictionary forms: kept, read again, and made again when what is kept cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import lemma_table
from indexer.lemma_table import lemma_table as table


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """An empty cache, and a small table; notes each time that one is made."""
    times: list[str] = []

    def make() -> dict[str, str]:
        times.append("made")
        return {"villes": "ville", "habitees": "habiter", "ville": "ville"}

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(lemma_table, "made_table", make)
    return times


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_what_would_be_made() -> None:
    assert table() == table() == lemma_table.made_table()


def test_a_table_is_made_once_and_kept_in_one_file(made: list[str], tmp_path: Path) -> None:
    first = table()
    assert table() == first == {"villes": "ville", "habitees": "habiter", "ville": "ville"}
    assert made == ["made"]
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("damage", [lambda data: data[:-3], lambda data: b"", lambda data: data.replace(b"habiter", b"habitez")])
def test_a_damaged_file_is_made_again(made: list[str], tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    first = table()
    (path,) = kept(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert table() == table() == first
    assert len(made) == 2


def test_without_a_place_each_process_makes_its_own(made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file")
    assert table()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as for a user without a home
    monkeypatch.chdir(tmp_path)
    assert table()
    assert made == ["made", "made"]
    assert len(kept(tmp_path)) == 1
