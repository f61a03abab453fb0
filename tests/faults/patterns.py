"""Every regular expression of the product: written in its source, and made when its modules are loaded and at work."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("webapp/**/*.py")])
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


class Found(NamedTuple):
    """A regular expression, and the file of the product that makes it."""

    file: str
    pattern: str | bytes
    flags: int


def modules() -> list[str]:
    """The modules of the product, but the two that run when they are loaded."""
    return [name for name in map(_module, SOURCES) if not name.endswith("__main__")]


def _module(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


@contextmanager
def noted() -> Iterator[set[Found]]:
    """The expressions that the product's files make meanwhile. What is in the cache of `re` is made anew."""
    found: set[Found] = set()
    engine: Any = re._compiler  # type: ignore[attr-defined]
    plain: Callable[[Any, int], re.Pattern[str]] = engine.compile

    def noting(pattern: Any, flags: int = 0) -> re.Pattern[str]:
        made = plain(pattern, flags)
        frame = sys._getframe()
        while (frame.f_back is not None and "/re/" in frame.f_code.co_filename) or frame.f_code is noting.__code__:
            assert frame.f_back is not None
            frame = frame.f_back
        maker = Path(frame.f_code.co_filename)
        if maker.is_relative_to(ROOT) and maker.relative_to(ROOT).parts[0] in ("indexer", "webapp"):
            found.add(Found(maker.relative_to(ROOT).as_posix(), made.pattern, made.flags))
        return made

    re.purge()
    engine.compile = noting
    try:
        yield found
    finally:
        engine.compile = plain


def load_all() -> None:
    for name in modules():
        importlib.import_module(name)


def calls() -> Iterator[tuple[str, int, ast.expr, str]]:
    """Each call of `re` in the source: file, line, the expression of its pattern, the function."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _FUNCTIONS
            ):
                yield path.relative_to(ROOT).as_posix(), node.lineno, node.args[0], node.func.attr


def literals() -> Iterator[Found]:
    """The expressions that stand in the source as they are."""
    for file, _, argument, _ in calls():
        if isinstance(argument, ast.Constant):
            yield Found(file, argument.value, 0)


def anchored() -> set[str | bytes]:
    """The patterns that are asked nothing but whether a text begins or is so: they are tried at one place, not at each."""
    asked: dict[str | bytes, set[str]] = {}
    for path in SOURCES:
        if path.name == "__main__.py":
            continue
        module = importlib.import_module(_module(path))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        methods: dict[str, set[str]] = {}
        plain: dict[str, int] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                methods.setdefault(node.value.id, set()).add(node.attr)
                plain[node.value.id] = plain.get(node.value.id, 0) - 1
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                plain[node.id] = plain.get(node.id, 0) + 1
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                asked.setdefault(value.pattern, set()).update(methods.get(name, set()), {"search"} if plain.get(name) else ())
    for _, _, argument, function in calls():
        if isinstance(argument, ast.Constant) and function != "compile":
            asked.setdefault(argument.value, set()).add(function)
    return {pattern for pattern, methods in asked.items() if methods and methods <= {"match", "fullmatch", "pattern"}}


def every() -> dict[tuple[str, str | bytes], int]:
    """All of them with their flags, by file: those made on loading, by the rules of an installation, or standing in functions.

    They are gathered in a process of its own, where nothing is loaded yet.
    """
    command = [sys.executable, "-m", "tests.faults.patterns"]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    return {(one.file, one.pattern): one.flags for one in [*literals(), *map(_found, json.loads(told.stdout))]}


def _found(told: list[Any]) -> Found:
    file, pattern, is_text, flags = told
    return Found(file, pattern if is_text else pattern.encode("latin-1"), flags)


def _gather() -> None:
    with noted() as found:
        load_all()
        load_rules = importlib.import_module("indexer.rules").load_rules
        load_rules(importlib.import_module("indexer.config").Settings())
    told = [
        (one.file, one.pattern, True, one.flags)
        if isinstance(one.pattern, str)
        else (one.file, one.pattern.decode("latin-1"), False, one.flags)
        for one in sorted(found, key=str)
    ]
    print(json.dumps(told))


if __name__ == "__main__":
    _gather()
