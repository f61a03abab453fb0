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
        ("[engine]\naddresses = []\n", ["ligne 2", "engine.addresses", "aucun nœud"]),
        ("[engine]\naddresses = ['http://a:1', 'b:9200']\n", ["engine.addresses", "adresse 2", "https://"]),
        ("[engine]\naddresses = ['http://a:99999']\n", ["adresse 1"]),
        ("[engine]\naddresses = ['http://']\n", ["adresse 1"]),
        ("[engine]\naddresses = ['http://a/?b=c']\n", ["adresse 1"]),
        ("[engine]\nindex = 'Chercheville'\n", ["engine.index", "« Chercheville »", "minuscules"]),
        ("[engine]\nindex = '_all'\n", ["engine.index", "« _all »"]),
        ("[engine]\nindex = 'a,b'\n", ["engine.index", "« a,b »"]),
        ("[engine]\nindex = ''\n", ["engine.index"]),
        ("[engine]\ntimeout_seconds = 0\n", ["engine.timeout_seconds", "entre 1 et 600"]),
        ("[engine]\nshards = 0\n", ["engine.shards", "entre 1 et 1024"]),
        ("[engine]\nreplicas = -1\n", ["engine.replicas", "entre 0 et 20"]),
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


@pytest.mark.parametrize(
    "text",
    [
        'addresses = ["http://user:Secr3t@host:9200"]',
        'addresses = ["user:Secr3t@host"]',
        'addresses = "http://user:Secr3t@host:9200"',
        'addresses = [["http://user:Secr3t@host:9200"]]',
        'password = "Secr3t"',
        'api_key = "Secr3t"',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_settings(f"[engine]\n{text}\n", Path("config.toml"))
    assert "Secr3t" not in str(raised.value)
    assert "ligne 2" in str(raised.value)


def test_a_cluster_is_named_in_full() -> None:
    text = """
        [engine]
        name = "opensearch"
        addresses = ["https://a.example.org:9200", "https://[::1]:9200/behind/proxy"]
        index = "dossiers-2026.v1"
        user = "chercheville"
        password_file = "secrets/password"
        ca_file = "/etc/ssl/ca.pem"
    """
    settings = parse_settings(text, Path("/srv/config.toml"))
    assert settings.engine_addresses == ("https://a.example.org:9200", "https://[::1]:9200/behind/proxy")
    assert (settings.engine, settings.engine_index, settings.engine_user) == ("opensearch", "dossiers-2026.v1", "chercheville")
    assert settings.engine_password_file == Path("/srv/secrets/password")
    assert settings.engine_ca_file == Path("/etc/ssl/ca.pem")
    assert settings.engine_api_key_file is None
