"""ruff's security rules are on, each exclusion says why; what is installed is pinned to its checksum."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.faults.patterns import ROOT

FOLDERS = ("indexer", "webapp", "tests", "bench", "corpus", "docs", ".ci")
FILES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/**/*.py"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_every_exclusion_in_the_code_says_why() -> None:
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := re.search(r"#\s*noqa:([^-]*)(-.*)?", line):
                codes = re.findall(r"[A-Z]+\d+", found[1])
                where = f"{path.relative_to(ROOT)}:{number}"
                assert codes, where
                assert found[2] or not any(code.startswith("S") for code in codes), where


def test_the_security_rules_are_on_and_excluded_with_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert not any(re.fullmatch(r"S\d*", code) for code in lint["ignore"])
    for files, codes in lint["per-file-ignores"].items():
        (line,) = [line for line in text.splitlines() if line.startswith(f'"{files}"')]
        assert re.search(r"\] # \w", line), files
        assert files.startswith(("tests/", "bench/", ".ci/")) or not any(code.startswith("S") for code in codes)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_to_its_checksum(lock: object) -> None:
    assert len(LOCKS) >= 5
    text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    wanted = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(wanted) > 10
    for line in wanted:
        assert re.match(r"[A-Za-z0-9_.-]+==[^\s;]+ .*--hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line
