"""Pictures of facets: every part leads where the facet's value does, and a table says the same."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.facets import departement_values
from indexer.language import NBSP
from webapp.charts import _tiles


def facet(client: FlaskClient, name: str, url: str = "/recherche") -> LexborNode:
    section = LexborHTMLParser(client.get(url).text).css_first(f"section[aria-labelledby=facette-{name}]")
    assert section is not None
    return section


def links(section: LexborNode, where: str) -> dict[str, str]:
    return {
        (node.attributes.get("aria-label") or node.text()): unquote(node.attributes["href"] or "") for node in section.css(where)
    }


def table(section: LexborNode) -> dict[str, str]:
    return {row.css_first("th").text(): row.css_first("td").text() for row in section.css("tbody tr")}


def test_every_departement_has_a_tile_of_its_own() -> None:
    metropolitan = {code for code in departement_values() if not code.startswith(("97", "98"))}
    assert set(_tiles()) == metropolitan | {"971", "972", "973", "974", "976"}
    assert len(set(_tiles().values())) == len(_tiles())


def test_years_are_bars_that_filter(client: FlaskClient) -> None:
    section = facet(client, "annee")
    bars = links(section, "svg a")
    assert bars[f"2017{NBSP}: 3{NBSP}dossiers"] == "/recherche?annee=2017"
    counted = {
        label.split("\N{NO-BREAK SPACE}: ")[0]: label.split("\N{NO-BREAK SPACE}: ")[1].split("\N{NO-BREAK SPACE}")[0]
        for label in bars
    }
    assert counted == table(section)
    assert sum(map(int, counted.values())) == 23  # two of the 25 have no date


def test_a_chosen_bar_takes_its_filter_back(client: FlaskClient) -> None:
    section = facet(client, "annee", "/recherche?annee=2017&annee=2018&q=atelier")
    chosen = section.css("svg a.chosen")
    assert [unquote(node.attributes["href"] or "") for node in chosen] == [
        f"/recherche?q=atelier&annee={year}" for year in (2018, 2017)
    ]
    assert all((node.attributes["aria-label"] or "").endswith(", retirer") for node in chosen)
    assert len(section.css("svg a")) > 2  # the others can still be chosen


@pytest.mark.parametrize("kept", ["annee=2017", "du=2017&au=2017", "du=2017-05&au=2017-07", "du=2017-05&au=2017-05"])
def test_a_year_is_seen_by_its_months(client: FlaskClient, kept: str) -> None:
    section = facet(client, "annee", f"/recherche?{kept}")
    assert table(section) == {"avril 2017": "2", "mai 2017": "1", "juin 2017": "1"}
    assert links(section, "svg a")[f"juin 2017{NBSP}: 1{NBSP}dossier"] == "/recherche?du=2017-06&au=2017-06"
    assert [node.attributes["href"] for node in section.css(".wider a")] == ["/recherche"]


def test_a_month_counts_what_it_leads_to(client: FlaskClient) -> None:
    for words, url in links(facet(client, "annee", "/recherche?q=atelier&annee=2018"), "svg a").items():
        title = LexborHTMLParser(client.get(url).text).css_first("h1")
        assert title is not None
        assert words.split(f"{NBSP}: ")[1] in title.text()


def test_the_month_that_is_shown_leads_back_to_its_year(client: FlaskClient) -> None:
    (chosen,) = facet(client, "annee", "/recherche?du=2017-05&au=2017-05").css("svg a.chosen")
    assert chosen.attributes["href"] == "/recherche?du=2017&au=2017"


@pytest.mark.parametrize("kept", ["", "annee=2017&annee=2018", "du=2017", "du=2016&au=2017", "annee=inconnu", "annee=0000"])
def test_other_searches_are_seen_by_years(client: FlaskClient, kept: str) -> None:
    assert facet(client, "annee", f"/recherche?{kept}").css(".wider") == []


def test_departements_are_tiles_that_filter(client: FlaskClient) -> None:
    section = facet(client, "lieu")
    (tile,) = section.css("svg a")
    assert tile.attributes["href"] == "/recherche?lieu=hauts-de-france/oise"
    assert tile.css_first("text").text() == "60"
    assert table(section) == {"Oise": "9"}
    assert len(section.css("svg text")) == len(_tiles())


def test_nothing_to_compare_is_not_drawn(client: FlaskClient) -> None:
    tree = LexborHTMLParser(client.get("/recherche?q=balises").text)
    assert tree.css("svg") == []
