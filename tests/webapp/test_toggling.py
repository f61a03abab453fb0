"""The links of facet values lead to the very searches that `state` makes."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from indexer.engine.contract import FACETS, FacetName, FacetValue, Request
from webapp.links import search_url
from webapp.state import with_value, without_value
from webapp.toggling import toggles

KEYS = ("oise", "oise/noyon", "oise/noyon/centre", "santé & sport", "a=b", "theme=x", "1+1", "d’été", "2017", "")
REQUESTS = (
    Request(),
    Request("ville & theme=oise", page=3, size=20),
    Request("lieu=%00", {"lieu": ("oise/noyon", "nord")}, sort="date"),
    Request("été", {"theme": ("oise", "2017"), "annee": ("2017",), "organisme": ("theme=", "x&lieu=y")}, found_themes=True),
    Request(since=date(2017, 1, 1), until=date(2018, 5, 31), filters={"type": ("retour",), "fichier": ("avec",)}, correct=False),
)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("name", FACETS)
def test_a_link_leads_to_the_search_with_or_without_the_value(app: Flask, request_: Request, name: FacetName) -> None:
    with app.test_request_context():
        url_of = toggles(request_, name)
        for key in (*KEYS, *request_.filters.get(name, ())):
            selected = key in request_.filters.get(name, ())
            toggled = (without_value if selected else with_value)(request_, name, key)
            assert url_of(FacetValue(key, key, 1, selected)) == search_url(toggled)
