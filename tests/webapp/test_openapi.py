"""The OpenAPI document tells the API as it is: schemathesis draws requests from it, right and wrong, and looks at the answers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from indexer import Settings
from tests.serving import served
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
REFUSALS = """
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "405", "409", "414"]
"""
"""Of a request that is wrong; 414 of one whose address is too long besides."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("site")
    (folder / "corpus").mkdir()
    return create_app(Settings(corpus=folder / "corpus", index=folder / "index"), FakeReader(sample()))


def test_the_api_keeps_to_its_document(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(REFUSALS)
    with served(app) as address:
        words = f"run {address}/api/v1/openapi.json --checks all --max-examples 40 --generation-deterministic --no-color"
        done = subprocess.run([SCHEMATHESIS, *words.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_document_names_every_operation(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    assert set(document["paths"]) == {rule for rule in rules if rule.startswith("/api/v1/")} - {"/api/v1/openapi.json"}
    assert document["servers"] == [{"url": "/"}]
    assert app.test_client().get("/en/api/v1/openapi.json").get_json()["servers"] == [{"url": "/en"}]


def test_sizes_of_pages_are_those_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    own = replace(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index"), page_size=7)
    client = create_app(own, FakeReader(sample())).test_client()
    operation = client.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/search"]["get"]
    sizes = next(parameter for parameter in operation["parameters"] if parameter["name"] == "par")
    assert sizes["schema"]["enum"] == [7, 10, 20, 50, 100]
