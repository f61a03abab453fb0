"""Where the values of a facet lead: to the search with one, or without it when it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus

from indexer.engine.contract import FacetName, FacetValue, Request
from webapp.links import SAFE, search_url
from webapp.state import same_branch, with_value, without_value

UrlOf = Callable[[FacetValue], str]
_NO_KEY = "\0"
"""The key of no value."""


def toggles(request: Request, name: FacetName) -> UrlOf:
    """The address for each value of a facet. A page has hundreds: where a value is merely added, only its key is written anew."""
    chosen = request.filters.get(name, ())
    before, field, after = search_url(with_value(request, name, _NO_KEY)).rpartition(f"{name}=")
    after = after.removeprefix(quote_plus(_NO_KEY))

    def toggled(value: FacetValue) -> str:
        if value.selected:
            return search_url(without_value(request, name, value.key))
        if any(same_branch(value.key, key) for key in chosen):
            return search_url(with_value(request, name, value.key))
        return f"{before}{field}{quote_plus(value.key, safe=SAFE)}{after}"

    return toggled
