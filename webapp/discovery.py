"""What lets programs find the site's contents: OpenSearch for browsers, sitemap and robots.txt for search engines."""

from __future__ import annotations

from itertools import islice

import flask
from flask import Blueprint, Response, jsonify, render_template, url_for

from indexer.engine.contract import Request
from indexer.errors import ChercheVilleError
from indexer.language import gettext
from webapp.errors import FileGone
from webapp.language import ENGLISH, site_root
from webapp.links import absolute, dossier_url
from webapp.opening import reader, settings
from webapp.state import query_of
from webapp.xml import xml_response

MAP_SIZE = 10_000
"""Dossiers a map; the protocol allows 50,000 (sitemaps.org)."""

_ENDLESS = ("recherche?", "valeurs/", "concordance", "tendances", "vocabulaire", "cooccurrents", "export.", "flux.atom?", "api/")

discovery = Blueprint("discovery", __name__)


@discovery.get("/opensearch.xml")
def opensearch() -> Response:
    """The description by which a browser adds the site to its search boxes (OpenSearch 1.1)."""
    urls = {name: absolute(url_for(f"{name}")) for name in ("site.search", "discovery.suggestions", "feed.atom")}
    icon = absolute(url_for("static", filename="icon.svg"))
    text = render_template("opensearch.xml", name=settings().site_name, urls=urls, icon=icon)
    return xml_response(text, "application/opensearchdescription+xml")


@discovery.get("/suggestions")
def suggestions() -> Response:
    """Completions of `q` as browsers want them: the words, then the list (OpenSearch Suggestions 1.1)."""
    query = query_of(flask.request.args)
    try:
        found = [suggestion.text for suggestion in reader().suggest(query)]
    except ChercheVilleError:  # a search box goes on without
        found = []
    response = jsonify([query, found])
    response.mimetype = "application/x-suggestions+json"
    return response


@discovery.get("/robots.txt")
def robots() -> Response:
    """Dossiers are to be found, the endless combinations of a search are not."""
    paths = [f"{root}/{path}" for root in (site_root(), site_root() + ENGLISH) for path in _ENDLESS]
    closed = "\n".join(f"Disallow: {path}" for path in paths)
    sitemap = absolute(url_for("discovery.sitemap"))
    return Response(f"User-agent: *\n{closed}\n\nSitemap: {sitemap}\n", mimetype="text/plain")


@discovery.get("/sitemap.xml")
def sitemap() -> Response:
    """The list of maps."""
    maps = range(1, -(-reader().status().dossiers // MAP_SIZE) + 1)
    urls = [absolute(url_for("discovery.site_map", number=number)) for number in maps]
    return xml_response(render_template("sitemap_index.xml", urls=urls), "application/xml")


@discovery.get("/sitemap-<int:number>.xml")
def site_map(number: int) -> Response:
    """The addresses of some dossiers, with the day on which each last changed."""
    begin = (number - 1) * MAP_SIZE
    cards = islice(reader().every(Request(sort="date")), max(begin, 0), begin + MAP_SIZE) if number else iter(())
    urls = [(absolute(dossier_url(card)), card.changed.date().isoformat() if card.changed else "") for card in cards]
    if not urls:
        raise FileGone(gettext("Il n’y a pas tant de plans du site."))
    return xml_response(render_template("sitemap.xml", urls=urls), "application/xml")
