"""The command line, the API and the site give the same answer to the same search: hits, order, total, counts, words lacking."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer import Settings
from indexer.build import build
from indexer.cli import cli
from indexer.engine.contract import SORTS
from webapp import create_app

TINY = Path(__file__).parents[1] / "corpus"
NO_PARAMETER = {"themes": "--themes-trouves", "correction": "--sans-correction"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The tests' tiny corpus, indexed by the real engine."""
    folder = tmp_path_factory.mktemp("equality")
    shutil.copytree(TINY, folder / "corpus")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", page_size=2)
    build(settings, lambda _: None)
    (folder / "config.toml").write_text("[site]\npage_size = 2\n")
    return settings


@pytest.fixture(scope="module")
def client(built: Settings) -> Iterator[FlaskClient]:
    app: Flask = create_app(built)
    yield app.test_client()
    app.extensions["chercheville"].reader().close()


def by_command(settings: Settings, *words: str) -> Any:
    config = settings.corpus.parent / "config.toml"
    places = ["--config", str(config), "--corpus", str(settings.corpus), "--index", str(settings.index)]
    return json.loads(CliRunner().invoke(cli, [*words, "--json", *places], catch_exceptions=False).stdout)


def options(parameters: list[tuple[str, str]]) -> list[str]:
    """The command line's words for the parameters of a URL."""
    words = [value for name, value in parameters if name == "q"]
    flags = [NO_PARAMETER[name] for name, _ in parameters if name in NO_PARAMETER]
    rest = [word for name, value in parameters if name not in ("q", *NO_PARAMETER) for word in (f"--{name}", value)]
    return [*words, *flags, *rest]


def answer(found: Any) -> dict[str, Any]:
    """What must be the same of an answer in JSON; facet values that count nothing are not compared."""
    return {
        "total": found["total"],
        "hits": [(hit["id"], hit["title"], hit["lacks"]) for hit in found["hits"]],
        "scores": [hit["score"] for hit in found["hits"]],
        "facets": {facet["name"]: [(value["label"], value["count"]) for value in facet["values"]] for facet in found["facets"]},
        **{name: found[name] for name in ("only_all_words", "correction", "expansions", "offers", "notices")},
    }


def shown(tree: LexborHTMLParser) -> dict[str, Any]:
    """The same of a page, as far as it shows it."""
    links = [node.attributes["href"] or "" for node in tree.css(".hit h2 a")]
    lacks = [node.css_first(".lacks") for node in tree.css(".hit")]
    return {
        "total": int("0" + re.sub(r"\D", "", tree.css_first("h1").text().split("dossier")[0])),
        "hits": [
            (link.split("/")[2], title.text(), said.text().partition(": ")[2].split(", ") if said else [])
            for link, title, said in zip(links, tree.css(".hit h2 a"), lacks, strict=True)
        ],
        "facets": {
            (node.attributes["aria-labelledby"] or "").removeprefix("facette-"): {
                (value.css_first(".label").text(), int(value.css_first(".count").text().split()[0].removesuffix("dossier")))
                for value in node.css(".value")
            }
            for node in tree.css("aside .facet:has(.value)")
        },
    }


SEARCHES: list[list[tuple[str, str]]] = [
    [],
    [("q", "jardins")],
    [("q", "jardins partagés réunion")],
    [("q", "jardins partagés réunion"), ("mots", "partie")],
    [("q", "jardins partagés réunion"), ("mots", "tous"), ("mots", "partie")],
    [("q", "jardins partagés introuvable")],
    [("q", "jradins partagés")],
    [("q", "jradins partagés"), ("correction", "non")],
    [("q", "comment entretenir les jardins d’un quartier ?")],
    [("q", '"jardins partagés" -santé')],
    [("q", "qpv"), ("themes", "tous")],
    [("q", "jeunes"), ("theme", "sante")],
    [("lieu", "Oise")],
    [("du", "2019"), ("au", "2021")],
    [("page", "2")],
    *([("q", "jeunes réunion"), ("tri", sort)] for sort in SORTS),
]


@pytest.mark.parametrize("parameters", SEARCHES, ids=urlencode)
def test_command_line_api_and_site_agree(built: Settings, client: FlaskClient, parameters: list[tuple[str, str]]) -> None:
    in_api = client.get(f"/api/v1/search?{urlencode(parameters)}").json
    assert in_api is not None
    assert in_api["problems"] == []
    assert answer(by_command(built, "search", *options(parameters))) == answer(in_api)
    counted = {facet["name"]: {(value["label"], value["count"]) for value in facet["values"]} for facet in in_api["facets"]}
    on_page = shown(LexborHTMLParser(client.get(f"/recherche?{urlencode(parameters)}").text))
    assert on_page == {name: answer(in_api)[name] for name in ("total", "hits")} | {
        "facets": {name: values for name, values in counted.items() if values}
    }


def test_they_explain_a_score_alike_and_it_is_the_one_used(built: Settings, client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=jardins+partagés").json["hits"][0]  # type: ignore[index]
    by_api = client.get(f"/api/v1/explain?q=jardins+partagés&id={hit['id']}").json
    assert by_api is not None
    assert by_api["score"] == pytest.approx(hit["score"])
    assert sum(clue["score"] for clue in by_api["clues"]) == pytest.approx(hit["score"])
    told = by_command(built, "explain", "jardins partagés", hit["id"])
    assert {name: by_api[name] for name in ("score", "clues", "lacks", "matches")} == {
        name: told[name] for name in ("score", "clues", "lacks", "matches")
    }


def test_they_name_the_same_neighbours_and_suggestions(built: Settings, client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=jardins").json["hits"][0]  # type: ignore[index]
    by_api = [near["id"] for near in client.get(f"/api/v1/dossier/{hit['id']}").json["neighbours"]]  # type: ignore[index]
    on_page = LexborHTMLParser(client.get(f"{hit['url']}").text).css("section[aria-labelledby=voisins] a")
    assert by_api == [near["id"] for near in by_command(built, "show", hit["id"])["neighbours"]]
    assert by_api == [(node.attributes["href"] or "").split("/")[2] for node in on_page]
    assert client.get("/api/v1/suggest?q=ja").json == by_command(built, "suggest", "ja")
