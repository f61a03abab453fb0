"""Every figure says of which state of the index it is, and can be asked for of that state alone."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

PAGES = (
    "/concordance?q=contrat",
    "/tendances?mot=contrat",
    "/vocabulaire?q=contrat&minimum=1",
    "/cooccurrents?q=contrat&minimum=1",
)
ANSWERS = ("concordance?q=contrat", "trend?mot=contrat", "keywords?q=contrat", "collocates?q=contrat")


@pytest.mark.parametrize("url", PAGES)
def test_a_page_gives_the_address_of_its_figures(client: FlaskClient, url: str) -> None:
    tree = LexborHTMLParser(client.get(url).text)
    assert f"{url}&generation=1" in [unquote(node.attributes["href"] or "") for node in tree.css("main .help a")]
    assert "L’index a changé" not in LexborHTMLParser(client.get(f"{url}&generation=1").text).text()
    changed = client.get(f"{url}&generation=7")
    assert changed.status_code == 200
    assert "ces chiffres sont de son état 1, et" in LexborHTMLParser(changed.text).text()
    assert client.get(f"{url}&generation=hier").status_code == 400


@pytest.mark.parametrize("url", PAGES)
def test_a_table_names_its_state_or_is_refused(client: FlaskClient, url: str) -> None:
    table = url.replace("?", ".csv?")
    head, *rows = csv.reader(StringIO(client.get(f"{table}&generation=1").text.removeprefix("\N{BOM}")))
    assert head[-2:] == ["generation", "index_du"]
    assert rows
    assert all(row[-2] == "1" for row in rows)
    assert client.get(f"{table}&generation=7").status_code == 404
    assert client.get(f"{table}&generation=0").status_code == 410


@pytest.mark.parametrize("url", ANSWERS)
def test_an_answer_names_its_state_or_is_refused(client: FlaskClient, url: str) -> None:
    answer = client.get(f"/api/v1/{url}&generation=1").get_json()
    assert answer["generation"] == 1
    assert answer["built_at"]
    assert client.get(f"/api/v1/{url}&generation=7").status_code == 404
    assert client.get(f"/api/v1/{url}&generation=hier").status_code == 400
