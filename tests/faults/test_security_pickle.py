"""A table of contents of Whoosh, which is a pickle, runs nothing when it is read; nothing else is unpickled or evaluated."""

from __future__ import annotations

import ast
import os
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.engine.whoosh.codec import INDEX, ArraySegment
from indexer.engine.whoosh.fields import schema
from indexer.engine.whoosh.segments import Toc, read_toc, toc_path, write_toc
from indexer.errors import IndexDamaged
from tests.faults.patterns import ROOT, SOURCES


class Calls:
    """What is unpickled as the result of a call."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.made = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.made


def written(folder: Path, segments: list[Any], fields: Any = None) -> Toc:
    """A table of contents whose checksum is right."""
    TOC(schema(), segments, 1).write(FileStorage(str(folder)), INDEX)
    path = toc_path(folder, 1)
    if fields is not None:
        plain, hostile = (pickle.dumps(one, 2) for one in (schema(), fields))
        data = path.read_bytes()
        at = data.index(plain)
        size = len(hostile)
        path.write_bytes(data[: at - 2] + _varint(size) + hostile + data[at + len(plain) :])
    return Toc(1, zlib.crc32(path.read_bytes()))


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def test_segments_come_back_as_they_were(tmp_path: Path) -> None:
    segment = ArraySegment(12)
    segment.delete_document(3)
    (found,) = read_toc(tmp_path, write_toc(tmp_path, [segment], 1))
    assert (found.file_name, found.doc_count(), set(found.deleted_docs())) == (segment.file_name, 11, {3})


@pytest.mark.parametrize("function", [os.mkdir, eval, exec, os.system, __import__, getattr])
def test_nothing_named_in_a_table_of_contents_is_called(tmp_path: Path, function: Callable[..., Any]) -> None:
    made = tmp_path / "made"
    argument = str(made) if function is os.mkdir else f"__import__('os').mkdir({str(made)!r})"
    toc = written(tmp_path, [ArraySegment(1), Calls(function, argument)])
    with pytest.raises(IndexDamaged, match=toc_path(tmp_path, 1).name):
        read_toc(tmp_path, toc)
    assert not made.exists()


def test_the_pickled_schema_is_not_read(tmp_path: Path) -> None:
    toc = written(tmp_path, [ArraySegment(1)], Calls(os.mkdir, str(tmp_path / "made")))
    assert len(read_toc(tmp_path, toc)) == 1
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("segid", ["../../ailleurs", "x/y", "", "x\0y", "X"])
def test_a_segment_names_no_other_file(tmp_path: Path, segid: str) -> None:
    segment = ArraySegment(1)
    segment.segid = segid
    with pytest.raises(IndexDamaged):
        read_toc(tmp_path, written(tmp_path, [segment]))


@pytest.mark.parametrize("content", [b"", b"\x80", b"not a table", bytes(200), pickle.dumps([1])])
def test_what_is_no_table_of_contents_is_named(tmp_path: Path, content: bytes) -> None:
    toc_path(tmp_path, 1).write_bytes(content)
    with pytest.raises(IndexDamaged, match=toc_path(tmp_path, 1).name):
        read_toc(tmp_path, Toc(1, zlib.crc32(content)))


def test_nothing_else_is_unpickled_or_evaluated() -> None:
    users = {"pickle": set(), "marshal": set(), "shelve": set(), "dill": set(), "yaml": set()}  # type: dict[str, set[str]]
    for path in SOURCES:
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                for name in names:
                    users.get(name.split(".")[0], set()).add(file)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "compile", "__import__"), f"{file}:{node.lineno}"
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                pytest.fail(f"{file}:{node.lineno}: NumPy reads pickles when it is asked to")
    assert {name: files for name, files in users.items() if files} == {"pickle": {"indexer/engine/whoosh/contained.py"}}
