"""Segments written, merged and updated hold what one segment made in one go holds."""

from __future__ import annotations

from multiprocessing import Pipe
from pathlib import Path
from random import Random

import numpy as np
import pytest

from indexer.engine import writing
from indexer.engine.contract import Request
from indexer.engine.whoosh import field_file, index_writer, merging, segment_writing
from indexer.engine.whoosh.array_file import ArrayFile
from indexer.engine.whoosh.engine import WhooshEngine
from indexer.engine.whoosh.field_file import FieldFile
from indexer.engine.whoosh.segment_builder import FIELDS
from indexer.model import Dossier
from tests.engine.conftest import NO_FACTS, Opened, make

QUERIES = ("ville", "quartier emploi", '"conseil citoyen"', "ren*", "+santé -sport", "jardin OR atelier", "Saint-Denis", "")


def answers(engine: WhooshEngine) -> list[tuple[int, list[tuple[str, float]], object]]:
    found = [engine.search(Request(query, size=20)) for query in QUERIES]
    return [(r.total, [(hit.card.id, round(hit.score, 4)) for hit in r.hits], r.facets) for r in found]


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("whoosh-*/*.cv"))


def test_updates_come_to_the_same_as_a_rebuild(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_AT_ONCE", 50)
    random = Random(4)
    dossiers = {number: make(number, random) for number in range(60)}
    engine = opened(list(dossiers.values())[:20])
    for _ in range(25):
        changed = {number: make(number, random) for number in random.sample(range(60), 4)}
        removed = [number for number in random.sample(range(60), 2) if number not in changed]
        dossiers |= changed
        engine.update(changed.values(), [f"dossier-{number:04d}" for number in removed], NO_FACTS)
        for number in removed:
            dossiers.pop(number, None)
        known = {hit.card.id for hit in engine.search(Request(size=100)).hits}
        dossiers = {number: dossier for number, dossier in dossiers.items() if dossier.card.id in known}
        assert len(files(tmp_path)) <= index_writer.MOST_SEGMENTS
    updated = answers(engine)
    opened(list(dossiers.values()))
    assert len(files(tmp_path)) == 1
    assert answers(engine) == updated


def test_a_merged_segment_is_the_one_made_in_one_go(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(9)
    dossiers = [make(number, random) for number in range(50)]
    opened(dossiers)
    whole = ArrayFile(files(tmp_path)[0])
    parts = []
    for begin in (0, 13, 14):
        end = {0: 13, 13: 14, 14: 50}[begin]
        opened(dossiers[begin:end])
        parts.append(ArrayFile(files(tmp_path)[0]))
    for at_once in (7, 2_000_000):
        monkeypatch.setattr(merging, "_AT_ONCE", at_once)
        live = [np.ones(size, bool) for size in (13, 1, 36)]
        path = tmp_path / f"merged-{at_once}.cv"
        assert merging.merge_segments([merging.Source(*pair) for pair in zip(parts, live, strict=True)], path) == 50
        merged = ArrayFile(path)
        for name in FIELDS:
            one, other = FieldFile(whole, name), FieldFile(merged, name)
            assert list(one.terms(0, one.size)) == list(other.terms(0, other.size))
            assert one.lengths.tolist() == other.lengths.tolist()
            for term in range(one.size):
                for expected, found in zip(one.postings(term), other.postings(term), strict=True):
                    assert (expected is None) == (found is None)
                    assert expected is None or expected.tolist() == found.tolist()


def test_many_dossiers_are_written_by_processes(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(2)
    dossiers = [make(number, random) for number in range(writing.FEW + 40)]
    engine = opened(dossiers)
    together = answers(engine)
    monkeypatch.setattr(writing, "FEW", 1000)
    opened(dossiers)
    assert len(files(tmp_path)) == 1
    assert answers(engine) == together


def test_segments_too_large_together_stay_apart(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(7)
    dossiers = [make(number, random) for number in range(writing.FEW + 40)]
    monkeypatch.setattr(index_writer, "MOST_BYTES", 1)
    monkeypatch.setattr(writing.os, "sched_getaffinity", lambda _: {0, 1})
    engine = opened(dossiers)
    apart = answers(engine)
    assert len(files(tmp_path)) > 1
    monkeypatch.setattr(index_writer, "MOST_SEGMENTS", 1)
    engine.update([], [], NO_FACTS)
    assert len(files(tmp_path)) > 1
    monkeypatch.undo()
    opened(dossiers)
    assert len(files(tmp_path)) == 1
    assert answers(engine) == apart


def test_memory_is_bounded_by_writing_segments_as_it_goes(tmp_path: Path) -> None:
    random = Random(3)
    writer = segment_writing.SegmentWriter(tmp_path, _themes(), 0)
    writer.add(make(number, random) for number in range(5))
    segments = writer.finished()
    assert [segment.doc_count_all() for segment in segments] == [1] * 5


def _themes() -> segment_writing.Themes:
    from indexer.facts.themes import load_vocabulary

    return load_vocabulary()


def test_an_error_in_a_process_is_told_and_the_old_index_stays(opened: Opened) -> None:
    random = Random(5)
    engine = opened([make(number, random) for number in range(3)])
    broken = [*(make(number, random) for number in range(writing.FEW)), _broken(random)]
    with pytest.raises(AttributeError):
        engine.rebuild(broken, NO_FACTS)
    assert engine.search(Request()).total == 3


def test_of_what_could_not_be_sent_to_a_process_nothing_is_kept() -> None:
    here, there = Pipe()
    there.close()
    with here, pytest.raises((EOFError, ConnectionError)) as raised:
        writing._send(here, "x" * 1_000_000)
    assert raised.value.__context__ is None


def _broken(random: Random) -> Dossier:
    dossier = make(9_999, random)
    return Dossier(dossier.card, dossier.parts, (None,))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1 << 7, 1 << 12, 1 << 20])
def test_runs_of_every_width_come_back(tmp_path: Path, width: int) -> None:
    rng = np.random.default_rng(width)
    size = 5_000
    docs = np.sort(rng.integers(0, width, size)).astype(np.int32)
    places = np.concatenate([np.arange(count) for count in np.bincount(docs)[np.unique(docs)]]) * (width // 100 + 1)
    numbers = np.minimum(rng.zipf(1.5, size), 40).astype(np.int32) - 1
    inverted = field_file.invert(numbers, docs, places.astype(np.int32), [f"mot{n}" for n in range(40)])
    writer = field_file.ArrayWriter(tmp_path / "one.cv")
    field = field_file.FieldWriter(tmp_path)
    field.add(inverted)
    field.close(writer, "text", np.zeros(3))
    writer.close()
    back = FieldFile(ArrayFile(tmp_path / "one.cv"), "text").inverted(0, len(inverted.terms))
    assert back.terms == inverted.terms
    for one, other in zip(back[1:], inverted[1:], strict=True):
        assert one.tolist() == other.tolist()
