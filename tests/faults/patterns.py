"""Every regular expression of the product: written in its source, and made when its modules are loaded and at work."""

from __future__ import annotations

import ast
import importlib
import re
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
    names = (path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in SOURCES)
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


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


def calls() -> Iterator[tuple[str, int, ast.expr]]:
    """Each call of `re` in the source: file, line, the expression of its pattern."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _FUNCTIONS
            ):
                yield path.relative_to(ROOT).as_posix(), node.lineno, node.args[0]


def literals() -> Iterator[Found]:
    """The expressions that stand in the source as they are."""
    for file, _, argument in calls():
        if isinstance(argument, ast.Constant):
            yield Found(file, argument.value, 0)
