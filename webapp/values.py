"""All the values of a facet of a search on a page, where they can be looked for by their names."""

from __future__ import annotations

from dataclasses import dataclass

import flask
from flask import Blueprint, render_template, url_for

from indexer.engine.contract import FACETS, FacetName, FacetValue, Request
from indexer.language import gettext
from indexer.slugs import slug
from webapp.labels import FACET_TITLES, is_name, value_label
from webapp.links import args_of, pairs, search_url
from webapp.opening import reader, settings
from webapp.state import read_request
from webapp.toggling import toggles

MOST = 500
"""Values on the page; of more, a part of the name chooses."""
_LONGEST = 100

values = Blueprint("values", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A value with the names of those above it: "Hauts-de-France › Oise"."""

    label: str
    above: str
    named: bool
    count: int
    selected: bool
    url: str


@values.get(f"/valeurs/<any({','.join(FACETS)}):name>")
def of_facet(name: FacetName) -> str:
    """The values whose names hold what is typed, those with most dossiers first."""
    request, _ = read_request(flask.request.args, settings().page_size)
    result = reader().search(request)
    wanted = flask.request.args.get("contient", "")[:_LONGEST]
    found = next((facet.values for facet in result.facets if facet.name == name), ())
    rows = sorted(_rows(name, found, result.request, slug(wanted)), key=lambda row: -row.count)
    return render_template(
        "values.html",
        title=gettext(FACET_TITLES[name]),
        rows=rows[:MOST],
        total=len(rows),
        wanted=wanted,
        here=url_for("values.of_facet", name=name),
        fields=pairs(args_of(request)),
        back_url=search_url(request),
    )


def _rows(name: FacetName, values: tuple[FacetValue, ...], request: Request, wanted: str) -> list[Row]:
    labels = {value.key: value_label(name, value) for value in values}
    url_of = toggles(request, name)
    return [
        Row(
            labels[value.key],
            " › ".join(labels[key] for key in _above(value.key) if key in labels),
            is_name(name, value),
            value.count,
            value.selected,
            url_of(value),
        )
        for value in values
        if wanted in slug(labels[value.key])
    ]


def _above(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
