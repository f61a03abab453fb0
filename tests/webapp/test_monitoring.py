"""What the site tells who keeps it, and what it sends only once."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from indexer import Settings
from webapp import create_app
from webapp.monitoring import ACCESS_LOG


def test_the_site_says_that_it_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").json == {"generation": 1, "dossiers": 25}


def test_without_an_index_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    client = create_app(Settings(corpus=tmp_path, index=tmp_path / "index")).test_client()
    assert client.get("/healthz").status_code == 200
    for url in ("/readyz", "/metrics", "/api/v1/status"):
        response = client.get(url)
        assert (response.status_code, response.mimetype) == (503, "application/problem+json")


@pytest.mark.parametrize("url", ["/en/metrics", "/en/readyz", "/en//metrics", "/metrics/", "/METRICS", "/%6Detrics/"])
def test_what_a_proxy_does_not_forbid_by_its_one_name_is_not_answered(client: FlaskClient, url: str) -> None:
    assert client.get(url, follow_redirects=True).status_code == 404


def test_requests_are_counted(client: FlaskClient) -> None:
    client.get("/recherche?q=secret")
    client.get("/nulle-part")
    text = client.get("/metrics").text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    counted = {
        (s.labels["endpoint"], s.labels["status"]): s.value
        for s in families["chercheville_requests"].samples
        if s.name.endswith("_total")
    }
    assert counted == {("site.search", "200"): 1, ("none", "404"): 1}
    assert families["chercheville_index_dossiers"].samples[0].value == 25
    assert "secret" not in text


def test_a_request_is_a_line_without_personal_data(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=ACCESS_LOG):
        client.get("/recherche?q=secret", headers={"User-Agent": "moi", "X-Forwarded-For": "192.0.2.1"})
    (record,) = [record for record in caplog.records if record.name == ACCESS_LOG]
    line = json.loads(record.message)
    assert line.pop("ms") >= 0
    assert line == {"method": "GET", "endpoint": "site.search", "status": 200}


@pytest.mark.parametrize(
    "url", ["/", "/recherche?q=atelier", "/dossier/a1/rencontre-du-reseau-a-noyon", "/api/v1/search?q=atelier", "/flux.atom"]
)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(url, headers={"If-None-Match": '"autre"'}).status_code == 200


def test_the_api_tells_facets_and_status(client: FlaskClient) -> None:
    search, facets = client.get("/api/v1/search?q=atelier").json, client.get("/api/v1/facets?q=atelier&page=2").json
    assert search is not None
    assert facets is not None
    assert (facets["total"], facets["facets"]) == (search["total"], search["facets"])
    assert "hits" not in facets
    status = client.get("/api/v1/status").json
    assert status is not None
    assert (status["dossiers"], status["built_at"], status["waiting"]) == (25, "2026-11-20T09:30:00", 0)
