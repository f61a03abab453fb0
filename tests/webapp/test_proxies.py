"""Behind proxies the site knows its public address; without any, what a visitor says of one is not believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer import Settings
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app

SAID = {"X-Forwarded-Host": "ville.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/docs"}


@pytest.mark.parametrize(("proxies", "root"), [(0, "http://localhost"), (1, "https://ville.example/docs")])
def test_absolute_addresses_are_those_of_the_public_host(tmp_path: Path, proxies: int, root: str) -> None:
    settings = replace(Settings(corpus=tmp_path, index=tmp_path / "index"), proxies=proxies)
    client = create_app(settings, FakeReader(sample())).test_client()
    assert f'href="{root}/recherche?q=contrat"' in client.get("/flux.atom?q=contrat", headers=SAID).text
    assert f'href="{root}/en/recherche?q=contrat"' in client.get("/en/flux.atom?q=contrat", headers=SAID).text
    assert f"Sitemap: {root}/sitemap.xml" in client.get("/robots.txt", headers=SAID).text
