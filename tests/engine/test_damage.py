"""Damage is named: every file of the index cut, and flipped in every region."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from indexer.build import build
from indexer.checking import check
from indexer.config import Settings
from indexer.engine.contract import Request
from indexer.engine.whoosh import array_file, generations
from indexer.engine.whoosh.engine import WhooshReader
from indexer.errors import IndexDamaged
from indexer.synonyms import load_synonyms
from tests.engine.conftest import Opened, make

QUERIES = ("ville quartier", '"conseil citoyen"', "ren*", "emploi santé sport", "")


@pytest.fixture
def index(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(array_file, "BLOCK", 1 << 9)  # small blocks, so that there are many
    random = Random(1)
    opened([make(number, random) for number in range(40)])
    return tmp_path


def files(index: Path) -> list[Path]:
    return [index / "current.json", *sorted(index.glob("whoosh-*/*"))]


def reader(index: Path) -> WhooshReader:
    return WhooshReader(index, lambda *_: "ville", load_synonyms())


def faults(index: Path) -> list[str]:
    return [file.fault for file in check(Settings(index=index)) if file.fault and file.path.name != "store.sqlite"]


def damaged(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    for part in range(20):
        at = part * (len(data) - 1) // 19
        yield data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        yield data[: part * len(data) // 20]


def test_what_is_sound_has_no_faults(index: Path) -> None:
    assert faults(index) == []


def test_every_damage_is_named_and_never_answered_from(index: Path) -> None:
    sound = [_told(reader(index), query) for query in QUERIES]
    for path in files(index):
        kept = path.read_bytes()
        for data in damaged(path):
            path.write_bytes(data)
            assert any(str(path) in fault and "build --full" in fault for fault in faults(index)), path
            for query, expected in zip(QUERIES, sound, strict=True):
                with suppress(IndexDamaged):
                    assert _told(reader(index), query) == expected
        path.write_bytes(kept)
    assert faults(index) == []


def _told(found: WhooshReader, query: str) -> object:
    result = found.search(Request(query, size=40, passages=0))
    return result.total, [(hit.card, hit.score) for hit in result.hits], result.facets


@pytest.mark.parametrize("content", [b"", b"\xf6", b'{"schema": "\xff"}', b"\xff\n12345678", b"null", b"[]\n"])
def test_what_is_no_current_json_is_named_and_a_full_build_replaces_it(index: Path, content: bytes) -> None:
    (index / "current.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"current\.json"):
        generations.read_current(index)
    assert generations.last_generation(index) == 1


def test_a_file_that_is_gone_is_named(index: Path) -> None:
    for path in files(index)[1:]:
        kept = path.read_bytes()
        path.unlink()
        assert any(path.name in fault for fault in faults(index))
        path.write_bytes(kept)


def test_a_full_build_mends_what_is_damaged(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "page.txt").write_text("Une rencontre sur la ville.\n", encoding="utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    build(settings, lambda _: None)
    (segment,) = settings.index.glob("whoosh-*/*.cv")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    assert [file.path for file in check(settings) if file.fault] == [segment]
    build(settings, lambda _: None, full=True)
    assert not any(file.fault for file in check(settings))
    shutil.rmtree(settings.index)
