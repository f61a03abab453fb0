"""config.toml: every key with its default, and errors that name the key, the line and the nearest right one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from indexer.config import KEYS, Settings, load_settings, parse_settings
from indexer.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_the_committed_file_states_every_key_with_its_default() -> None:
    text = (ROOT / "config.toml").read_text()
    settings = parse_settings(text, Path("config.toml"))
    assert asdict(settings) == asdict(Settings())
    for section, key in KEYS:
        assert f"[{section}]" in text
        assert f"\n{key} = " in text


def test_paths_are_taken_from_the_file_s_own_folder(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('[corpus]\npath = "documents"\n')
    settings = load_settings(tmp_path / "c.toml")
    assert (settings.corpus, settings.index) == (tmp_path / "documents", tmp_path / "index")


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[corpsu]\npath = 'x'\n", ["ligne 1", "« corpsu »", "« corpus »"]),
        ("[index]\n\npaht = 'x'\n", ["ligne 3", "« paht »", "« path »"]),
        ("[corpus]\npath = 'x'\n[index]\nport = 1\n", ["ligne 4", "« port »", "[index]"]),
        ("[site]\nport = '8000'\n", ["ligne 2", "site.port", "nombre entier"]),
        ("[site]\nport = true\n", ["ligne 2", "nombre entier"]),
        ("[site]\nport = 70000\n", ["ligne 2", "entre 1 et 65535"]),
        ("[engine]\nname = 'woosh'\n", ["ligne 2", "« woosh »", "« whoosh »"]),
        ("corpus = 'x'\n", ["ligne 1", "[corpus]"]),
        ("[site\n", ["syntaxe TOML"]),
    ],
)
def test_errors_name_key_line_and_way_out(text: str, said: list[str]) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_settings(text, Path("config.toml"))
    for words in ["config.toml", *said]:
        assert words in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="absent"):
        load_settings(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_settings(tmp_path / "latin.toml")
