"""The rules of an installation: its own files, and what changes with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.errors import ConfigError
from indexer.rules import load_rules


def test_the_digest_is_the_same_in_every_process() -> None:
    code = (
        "from indexer.config import Settings; from indexer.rules import load_rules;"
        "r = load_rules(Settings(territory=('Bretagne', 'Grand Est'))); print(r.digest, r.versions)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_the_territory_and_the_first_reader_change_what_they_concern() -> None:
    before, after = load_rules(Settings()), load_rules(Settings(territory=("Oise",), pdf_reader="pdfium"))
    assert before.digest != after.digest
    assert before.versions["page"] == after.versions["page"]
    assert before.versions["pdf"] != after.versions["pdf"]


def test_an_unknown_territory_is_named() -> None:
    with pytest.raises(ConfigError, match="Atlantide"):
        load_rules(Settings(territory=("Oise", "Atlantide")))


@pytest.mark.parametrize("name", ["labels", "themes", "venues"])
def test_a_file_of_the_installation_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_rules(Settings(**{name: tmp_path / "absent.toml"}))  # type: ignore[arg-type]
