"""The URL is the search: what it says is read to the letter, and links say it back in the fewest words."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from werkzeug.datastructures import MultiDict

from indexer.engine.contract import Request
from webapp.state import MAX_QUERY, MAX_VALUES, read_request, search_args, with_value, without_filters, without_value


def read(query_string: str) -> tuple[Request, list[str]]:
    request, problems = read_request(MultiDict(parse_qsl(query_string, keep_blank_values=True)), 10)
    return request, [problem.parameter for problem in problems]


def written(request: Request) -> str:
    return urlencode(search_args(request, 10), doseq=True, safe="/")


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        ("", {"sort": "date"}),
        ("q=&theme=&du=&tri=&page=", {"sort": "date"}),
        ("q=+gestion++urbaine+", {"query": "gestion urbaine"}),
        ("q=a&theme=x&theme=y&theme=x", {"query": "a", "filters": {"theme": ("x", "y")}}),
        ("q=a&lieu=hauts-de-france/oise&annee=2017&type=retour",
         {"query": "a", "filters": {"lieu": ("hauts-de-france/oise",), "annee": ("2017",), "type": ("retour",)}}),
        ("q=a&theme=x,y", {"query": "a", "filters": {"theme": ("x,y",)}}),
        ("q=a&tri=date-croissante&page=3", {"query": "a", "sort": "date-croissante", "page": 3}),
        ("du=2017&au=2018", {"sort": "date", "since": date(2017, 1, 1), "until": date(2018, 12, 31)}),
        ("du=2017-02&au=2017-02", {"sort": "date", "since": date(2017, 2, 1), "until": date(2017, 2, 28)}),
        ("du=2017-05-11", {"sort": "date", "since": date(2017, 5, 11)}),
        ("au=11/05/2017", {"sort": "date", "until": date(2017, 5, 11)}),
        ("inconnu=1&q=a", {"query": "a"}),
        ("q=a+b&mots=partie&mots=tous&correction=non",
         {"query": "a b", "filters": {"mots": ("partie", "tous")}, "correct": False}),
        ("q=a&tri=a-venir", {"query": "a", "sort": "a-venir"}),
    ],
)  # fmt: skip
def test_a_query_string_is_read_to_the_letter(query_string: str, expected: dict[str, Any]) -> None:
    assert read(query_string) == (Request(**expected), [])


@pytest.mark.parametrize(
    ("query_string", "parameters"),
    [
        ("du=2017-02-30", ["du"]),
        ("au=hier", ["au"]),
        ("du=2018&au=2017", ["du", "au"]),
        ("tri=hasard", ["tri"]),
        ("par=7", ["par"]),
        ("page=0", ["page"]),
        ("page=-1", ["page"]),
        ("page=1000000000", ["page"]),
        ("page=²", ["page"]),
        ("mots=aucun", ["mots"]),
        ("correction=oui", ["correction"]),
        ("themes=x", ["themes"]),
    ],
)
def test_a_wrong_value_is_ignored_and_said(query_string: str, parameters: list[str]) -> None:
    assert read(query_string) == (Request(sort="date"), parameters)


def test_the_work_that_a_url_can_ask_is_bounded() -> None:
    request, problems = read(urlencode([("q", "x" * 10_000), *(("theme", str(n)) for n in range(1000))]))
    assert len(request.query) == MAX_QUERY
    assert len(request.filters["theme"]) == MAX_VALUES
    assert problems == ["theme"]


@pytest.mark.parametrize(
    ("query_string", "canonical"),
    [
        ("page=1&q=a&tri=pertinence", "q=a"),
        ("tri=date", ""),
        ("par=10", ""),
        ("page=2&par=50&fichier=pdf&organisme=caf", "organisme=caf&fichier=pdf&par=50&page=2"),
        ("q=a&tri=date", "q=a&tri=date"),
        ("tri=passes&mots=tous&correction=non&q=a", "q=a&correction=non&mots=tous&tri=passes"),
        ("tri=pertinence", "tri=pertinence"),
        ("du=2017-01-01&au=2017-12-31", "du=2017&au=2017"),
        ("du=01/05/2017&au=31/05/2017", "du=2017-05&au=2017-05"),
        ("du=2017-12-31&au=2017-01-01", ""),
        ("du=31/12/2016&au=2017-01-01", "du=2016-12-31&au=2017-01-01"),
        (
            "page=2&type=retour&annee=2017&lieu=a/b&theme=t&q=%22x+y%22",
            "q=%22x+y%22&theme=t&lieu=a/b&annee=2017&type=retour&page=2",
        ),
    ],
)
def test_links_are_canonical_and_minimal(query_string: str, canonical: str) -> None:
    request, _ = read(query_string)
    assert written(request) == canonical
    assert read(canonical)[0] == request


def test_a_facet_value_goes_back_to_the_first_page_and_keeps_the_rest() -> None:
    request, _ = read("q=a&type=retour&page=4&du=2017")
    chosen = with_value(request, "theme", "sante")
    assert written(chosen) == "q=a&theme=sante&du=2017&type=retour"
    assert written(without_value(chosen, "type", "retour")) == "q=a&theme=sante&du=2017"
    assert written(without_filters(chosen)) == "q=a"


@pytest.mark.parametrize(("chosen", "added"), [("hdf", "hdf/oise"), ("hdf/oise", "hdf"), ("hdf/oise/noyon", "hdf")])
def test_in_a_tree_a_wider_or_narrower_value_takes_the_place_of_the_other(chosen: str, added: str) -> None:
    request = Request(filters={"lieu": ("en-ligne", chosen)})
    assert with_value(request, "lieu", added).filters == {"lieu": ("en-ligne", added)}


def test_values_that_only_begin_alike_are_kept_apart() -> None:
    assert with_value(Request(filters={"lieu": ("hdf/oise",)}), "lieu", "hdf/ois").filters == {"lieu": ("hdf/oise", "hdf/ois")}
