"""The README keeps its promises: its commands run, its configuration table is the real one."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.config import KEYS, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
COMMANDS = [line.split("#")[0].strip() for line in README.splitlines() if line.startswith(".venv/bin/chercheville ")]


def run(arguments: list[str], index: Path) -> str:
    command = [sys.executable, "-m", "indexer", *arguments, "--corpus", str(ROOT / "corpus"), "--index", str(index)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("index")
    run(["build"], index)
    return index


@pytest.mark.parametrize("command", [command for command in COMMANDS if "serve" not in command and "/srv/" not in command])
def test_a_command_of_the_readme_runs(command: str, index: Path) -> None:
    arguments = shlex.split(command)[1:]
    if "ID" in arguments:
        found = re.search(r"chercheville show (\w+)", run(["search", "ville"], index))
        assert found
        arguments[arguments.index("ID")] = found[1]
    assert run(arguments, index)


def test_the_configuration_table_is_complete() -> None:
    defaults = Settings()
    for (section, key), (name, _) in KEYS.items():
        value = getattr(defaults, name)
        shown = value if isinstance(value, int) else json.dumps(value if isinstance(value, tuple) else str(value or ""))
        assert f"| `[{section}] {key}` | `{shown}` |" in README


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in {"".join(found) for found in re.findall(r"^make (\w+)|`make (\w+)`", README, re.MULTILINE)}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_promise_names_a_test_that_exists() -> None:
    promises = README.partition("## What we promise")[2].partition("\n## ")[0]
    named = re.findall(r"\| `(tests/[^`]+)` \|$", promises, re.MULTILINE)
    assert len(named) == promises.count("\n| ") - promises.count("\n|---")  # all rows but the heads
    assert [path for path in named if not (ROOT / path).exists()] == []
