"""What `deploy/` says agrees with the product."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from indexer import Settings
from indexer.cli import cli
from webapp.errors import LONGEST

DEPLOY = Path(__file__).parents[1] / "deploy"


def unit(name: str) -> ConfigParser:
    found = ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string((DEPLOY / name).read_text())
    return found


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_lead_to_where_the_site_listens(name: str) -> None:
    settings = Settings()
    assert f"{settings.host}:{settings.port}" in (DEPLOY / name).read_text()
    assert "proxies = 1" in (DEPLOY / name).read_text()


def test_nginx_lets_pass_what_the_site_reads() -> None:
    number, size = re.search(r"large_client_header_buffers (\d+) (\d+)k", (DEPLOY / "nginx.conf").read_text()).groups()  # type: ignore[union-attr]
    assert int(number) > 1
    assert int(size) * 1024 > LONGEST


@pytest.mark.parametrize(("name", "command"), [("chercheville.service", "serve"), ("chercheville-build.service", "build")])
def test_units_run_commands_that_exist(name: str, command: str) -> None:
    words = unit(name)["Service"]["ExecStart"].split()
    assert words[0].endswith(".venv/bin/chercheville")
    assert words[1:] == [command]
    assert command in cli.commands
    assert unit(name)["Service"]["ReadWritePaths"] == f"{unit(name)['Service']['WorkingDirectory']}/{Settings().index}"


def test_files_that_could_not_be_read_are_no_failure_of_the_build() -> None:
    assert unit("chercheville-build.service")["Service"]["SuccessExitStatus"] == "3"
    assert "[ $? -eq 3 ]" in (DEPLOY / "Containerfile").read_text()


def test_every_file_is_told_of() -> None:
    told = (DEPLOY / "README.md").read_text()
    assert all(f"`{file.name}`" in told for file in DEPLOY.iterdir() if file.name != "README.md")


def test_the_image_holds_what_the_package_needs() -> None:
    copied = " ".join(re.findall(r"^COPY (.*) \S+$", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)).split()
    assert {"requirements.lock", "pyproject.toml", "README.md", "LICENSE", "indexer", "webapp"} == set(copied)
