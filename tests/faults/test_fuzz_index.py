"""Bytes flipped and cut in every file of an index: the answer is the right one, or an error that names the file.

Each block of 64 KiB of a segment has its checksum. It is checked when the block is first read after the file was opened, not at
opening, and not again while it stays open; the directory of a segment, the table of contents and `current.json` are checked at
opening; `chercheville check` checks every block of every file anew.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from indexer.checking import check
from indexer.config import Settings
from indexer.engine.contract import Request
from indexer.engine.whoosh import array_file
from indexer.engine.whoosh.engine import WhooshReader
from indexer.errors import IndexDamaged, IndexMissing, IndexVersionMismatch
from indexer.synonyms import load_synonyms
from tests.engine.conftest import make
from tests.engine.conftest import opened as opened
from tests.faults.variant import LONG

QUERIES = ("ville quartier", '"conseil citoyen"', "ren*", "+emploi -sport", "")
SYNONYMS = load_synonyms()


def changed(data: bytes, random: Random) -> bytes:
    """One to twenty bytes flipped, a stretch cut out or put in, the end lost, zeros in its place, or two parts exchanged."""
    at = random.randrange(len(data))
    size = random.choice((1, 2, 16, 500))
    match random.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + size :]
        case 2:
            return data[:at] + random.randbytes(size) + data[at:]
        case 3:
            return data[:at] + bytes(len(data) - at)
        case 4:
            other = random.randrange(len(data))
            first, second = sorted((at, other))
            return data[:first] + data[second : second + size] + data[first + size :]
        case _:
            out = bytearray(data)
            for _ in range(random.choice((1, 1, 20))):
                out[random.randrange(len(out))] ^= 1 << random.randrange(8)
            return bytes(out)


def told(index: Path) -> list[object]:
    reader = WhooshReader(index, lambda *_: "ville", SYNONYMS)
    try:
        found = [reader.search(Request(query, size=40, passages=0)) for query in QUERIES]
        cards = list(reader.every(Request("ville")))
        words = [reader.suggest("vi"), reader.trend(Request(), ["ville"]), reader.status()]
        return [[(one.total, one.facets, [(hit.card, hit.score) for hit in one.hits]) for one in found], cards, words]
    finally:
        reader.close()


def answer(index: Path) -> tuple[list[object], str]:
    """What the index answers, or what it complains of."""
    try:
        return told(index), ""
    except (IndexDamaged, IndexMissing, IndexVersionMismatch) as error:
        return [], str(error)


@pytest.mark.parametrize("block", [1 << 9, 1 << 16])
def test_a_changed_index_is_named_or_answers_as_before(
    opened: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(array_file, "BLOCK", block)
    random = Random(block)
    opened([make(number, random) for number in range(40)])  # type: ignore[operator]
    whole, tally = told(tmp_path), {"answered": 0, "named": 0}
    files = [tmp_path / "current.json", *sorted(tmp_path.glob("whoosh-*/*"))]
    kept = {path: path.read_bytes() for path in files}
    for number in range(20_000 if LONG else 300):
        path = files[number % len(files)]
        data = changed(kept[path], random)
        path.unlink()  # what is open stays as it was
        path.write_bytes(data)
        found, complaint = answer(tmp_path)
        if complaint:
            tally["named"] += 1
            assert str(path) in complaint or path.name == "current.json", (path, complaint)
            assert "chercheville build" in complaint
        else:
            tally["answered"] += 1
            assert found == whole, (path.name, number)
            assert data == kept[path] or path.suffix == ".cv", path.name
        if data != kept[path]:
            assert any(one.fault for one in check(Settings(index=tmp_path)) if one.path.name != "store.sqlite"), path.name
        path.write_bytes(kept[path])
    print(f"blocks of {block}: {sum(tally.values())} changes, {tally}")
