"""Both engines give the same answers on the sample corpus: totals, facets, what is said of the query, and the first dossiers."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.engine.contract import SORTS, Request, Result, Sort
from tests.cluster.at_hand import HOW, addresses
from tests.engine_opensearch.conftest import Both

ROOT = Path(__file__).parents[2]
ASKED = [query["query"] for query in tomllib.loads((ROOT / "tests/relevance/queries.toml").read_text())["query"]]
OTHERS = [
    "",
    "habitants",
    "conseil* -citoyen",
    "santé OR emploi",
    "+ville (quartier OR jeunes)",
    '"à la une"',
    "lieu:Oise",
    "date:2018",
]
FILTERED = [
    Request("habitants", filters={"type": ("retour",)}),
    Request("", filters={"theme": ("sante",), "annee": ("2018", "2019")}, since=date(2018, 1, 1)),
    Request("quartier", filters={"lieu": ("inconnu",), "fichier": ("pdf",)}, until=date(2020, 1, 1)),
    Request("conseil citoyen", filters={"mots": ("partie",)}),
    Request("emploi", found_themes=True, filters={"theme": ("emploi-insertion-formation",)}),
]
pytestmark = pytest.mark.skipif(not addresses(), reason=HOW)
TODAY = date(2020, 6, 1)


def answers(both: Both, request: Request) -> tuple[Result, Result]:
    found = both.whoosh.search(request), both.opensearch.search(request)
    for one in found:
        assert len(one.hits) == min(request.size, one.total)
    return found


def said(result: Result) -> tuple[object, ...]:
    """All of an answer but its hits."""
    return tuple(getattr(replace(result, hits=()), name) for name in Result.__slots__ if name != "hits")


@pytest.mark.parametrize("query", [*ASKED, *OTHERS])
def test_totals_facets_and_what_is_said(both: Both, query: str) -> None:
    one, other = answers(both, Request(query))
    assert said(one) == said(other)
    found = {hit.card.id: hit for hit in one.hits}
    shared = [hit for hit in other.hits if hit.card.id in found]
    assert len(shared) >= 0.8 * len(one.hits)
    for hit in shared:
        assert hit.card == found[hit.card.id].card
        assert hit.lacks == found[hit.card.id].lacks
        assert hit.score == pytest.approx(found[hit.card.id].score, rel=0.15)
    if one.hits and one.hits[0].score > 1.1 * max((hit.score for hit in one.hits[1:]), default=0):
        assert other.hits[0].card == one.hits[0].card
        assert set(other.hits[0].passages) == set(one.hits[0].passages)


@pytest.mark.parametrize("request_", FILTERED, ids=range(len(FILTERED)))
def test_filters(both: Both, request_: Request) -> None:
    one, other = answers(both, request_)
    assert said(one) == said(other)
    assert one.total


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "pertinence"])
def test_orders(both: Both, sort: Sort) -> None:
    request = Request("", sort=sort, today=TODAY)
    one, other = ([card.id for card in reader.every(request)] for reader in both)
    assert one == other


@pytest.mark.parametrize("prefix", ["san", "conseil", "qu", "pol", "noy", "zzz"])
def test_suggestions(both: Both, prefix: str) -> None:
    one, other = (reader.suggest(prefix) for reader in both)
    assert sorted(one, key=str) == sorted(other, key=str)


def test_neighbours(both: Both) -> None:
    for card in list(both.whoosh.every(Request(sort="date")))[:10]:
        one, other = ({near.card.id for near in reader.more_like(card.id)} for reader in both)
        assert len(one & other) >= 0.6 * len(one)
