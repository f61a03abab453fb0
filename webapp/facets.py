"""What the sidebar shows of a `Result`: facet values as links that add or remove them, and the chosen ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from indexer.engine.contract import Facet, FacetName, FacetValue, Request, Result
from indexer.language import gettext
from indexer.wording import day_words
from webapp.charts import Chart, chart
from webapp.labels import FACET_TITLES, is_name, value_label
from webapp.links import args_of, search_url
from webapp.months import months
from webapp.state import without_dates, without_value
from webapp.toggling import toggles

SHOWN = 8
"""Values of a facet shown before "plus"."""
LISTED = 40
"""Values of a facet, and of one of its branches, shown after "plus"; all are on a page of their own."""


@dataclass(frozen=True, slots=True)
class Node:
    """One facet value: `url` toggles it. `named` when its label is a name. `open` when it or one below it is chosen."""

    label: str
    named: bool
    count: int
    selected: bool
    url: str
    children: tuple[Node, ...]

    @property
    def open(self) -> bool:
        return self.selected or any(child.open for child in self.children)


@dataclass(frozen=True, slots=True)
class Group:
    """One facet: the values shown at once (chosen ones always are), those behind "plus", its picture if it has one; where it has
    many values, `all_url` is the page on which they can be looked for, else None."""

    name: FacetName
    title: str
    nodes: tuple[Node, ...]
    more: tuple[Node, ...]
    chart: Chart | None
    total: int
    all_url: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force, and the search without it; `named` when its label is a name."""

    title: str
    label: str
    url: str
    named: bool = False


def groups(result: Result) -> tuple[Group, ...]:
    """The facets that have values."""
    return tuple(_group(facet, result.request) for facet in result.facets if facet.values)


def chosen(result: Result, url_of: Callable[[Request], str] = search_url) -> tuple[Chosen, ...]:
    """The filters in force, facets first, then dates; `url_of` a search without one is where its chip leads."""
    request = result.request
    values = tuple(
        Chosen(
            gettext(FACET_TITLES[facet.name]),
            value_label(facet.name, value),
            url_of(without_value(request, facet.name, value.key)),
            is_name(facet.name, value),
        )
        for facet in result.facets
        for value in facet.values
        if value.selected
    )
    dates = span_words(request)
    return (*values, Chosen(gettext("Dates"), dates, url_of(without_dates(request)))) if dates else values


def span_words(request: Request) -> str:
    """The date filter in words; empty without one."""
    if request.since and request.until:
        return gettext("du %(first)s au %(last)s", first=day_words(request.since), last=day_words(request.until))
    if request.since:
        return gettext("à partir du %(day)s", day=day_words(request.since))
    return gettext("jusqu’au %(day)s", day=day_words(request.until)) if request.until else ""


def _group(facet: Facet, request: Request) -> Group:
    roots = _tree(facet, request)
    first = tuple(node for place, node in enumerate(roots) if place < SHOWN or node.open)
    more = [node for node in roots if node not in first]
    total = len(facet.values)
    all_url = url_for("values.of_facet", name=facet.name, **args_of(request)) if total > 2 * SHOWN else None
    title = gettext(FACET_TITLES[facet.name])
    return Group(facet.name, title, first, tuple(more[:LISTED]), _chart(facet, request), total, all_url)


def _chart(facet: Facet, request: Request) -> Chart | None:
    return (facet.name == "annee" and months(request)) or chart(facet, request)


def _tree(facet: Facet, request: Request) -> tuple[Node, ...]:
    """The values under their nearest ancestor that has a count: "oise/noyon" under "oise"."""
    keys = {value.key for value in facet.values}
    url_of = toggles(request, facet.name)
    below: dict[str, list[FacetValue]] = defaultdict(list)
    for value in facet.values:
        below[_parent(value.key, keys)].append(value)

    def nodes(parent: str) -> tuple[Node, ...]:
        found = [_node(value, facet.name, url_of(value), nodes(value.key)) for value in below.get(parent, ())]
        return tuple(node for place, node in enumerate(found) if not parent or place < LISTED or node.open)

    return nodes("")


def _parent(key: str, keys: set[str]) -> str:
    while key := key.rpartition("/")[0]:
        if key in keys:
            return key
    return ""


def _node(value: FacetValue, name: FacetName, url: str, children: tuple[Node, ...]) -> Node:
    return Node(value_label(name, value), is_name(name, value), value.count, value.selected, url, children)
