"""The pages: home, search, dossier, and the PDFs of the corpus."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import flask
from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.engine.contract import Request, Result
from indexer.errors import UnknownDossier
from indexer.language import gettext
from indexer.model import Card
from webapp.around import around
from webapp.citation import apa, cited_page, iso690
from webapp.collocates import collocates_url
from webapp.concordance import concordance_url
from webapp.dossier import dossier_view
from webapp.errors import FileGone
from webapp.facets import chosen, groups
from webapp.keywords import keywords_url
from webapp.labels import SORT_LABELS
from webapp.links import args_of, dossier_url, feed_url, is_served, new_search, search_url, slug_of
from webapp.messages import messages
from webapp.metadata import meta_tags, schema_org
from webapp.opening import reader, settings
from webapp.paging import paging
from webapp.reference import Reference, reference
from webapp.results import card_view, hit_view
from webapp.search_form import date_fields, hidden_fields
from webapp.state import SIZES, Problem, answered, read_request, sized, sorted_by, with_found_themes, without_filters
from webapp.taking import of_dossier, of_search
from webapp.trends import trend_url

LATEST = 5
"""Dossiers shown on the home page."""

_NOT_SENT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What a name may have and a header may not."""
_PDF_MARK, _MARK_WITHIN = b"%PDF-", 1024
"""What readers know a PDF by, and in how many of its first bytes (ISO 32000-1, annex H.3.4.1)."""

site = Blueprint("site", __name__)


@site.get("/")
def home() -> str:
    """The search box, and what the corpus holds."""
    status = reader().status()
    result = reader().search(Request(sort="date", size=LATEST, passages=0))
    return render_template(
        "home.html",
        status=status,
        facets=groups(replace(result, request=new_search(sort="date"))),
        latest=[card_view(hit.card, new_search(sort="date")) for hit in result.hits],
        all_url=search_url(new_search(sort="date")),
    )


@site.get("/accessibilite")
def accessibility() -> str:
    """What is done for readers of all kinds, and what is not."""
    return render_template("accessibility.html")


@site.get("/recherche")
def search() -> str:
    """The results of the search in the URL."""
    request, problems = read_request(flask.request.args, settings().page_size)
    result = reader().search(request)
    return render_template("search.html", **_search_context(result, problems))


def _search_context(result: Result, problems: tuple[Problem, ...]) -> dict[str, object]:
    request = result.request
    read = answered(result)
    return {
        "search": request,
        "query": read.query,
        "total": result.total,
        "hits": [hit_view(hit, read) for hit in result.hits],
        "facets": groups(result),
        "chosen": chosen(result),
        "without_filters_url": search_url(without_filters(request)),
        "all_url": search_url(new_search(sort="date")),
        "themes_url": search_url(with_found_themes(request, not request.found_themes)),
        "paging": paging(result),
        "sorts": [
            (gettext(label), search_url(sorted_by(request, sort)), sort == request.sort)
            for sort, label in SORT_LABELS.items()
            if request.query or sort != "pertinence"
        ],
        "sizes": [(size, search_url(sized(request, size)), size == request.size) for size in _sizes(request)],
        "date_fields": date_fields(request, problems),
        "hidden_fields": hidden_fields(request),
        "messages": messages(result, problems),
        "canonical_url": search_url(request),
        "feed_url": feed_url(read),
        "take": of_search(read),
        "concordance_url": concordance_url(read) if read.query else None,
        "trend_url": trend_url(read) if read.query else None,
        "collocates_url": collocates_url(read) if read.query else None,
        "keywords_url": keywords_url(read),
    }


def _sizes(request: Request) -> list[int]:
    return sorted({*SIZES, settings().page_size, request.size})


@site.get("/dossier/<dossier_id>")
@site.get("/dossier/<dossier_id>/<slug>")
def dossier(dossier_id: str, slug: str = "") -> str | AnyResponse:
    """One dossier; the words of `?q=` are marked."""
    request, _ = read_request(flask.request.args, settings().page_size)
    view = reader().get(dossier_id, request.query)
    if slug != slug_of(view.card):
        return _moved(dossier_url(view.card))
    cited = reference(view.card)
    return render_template(
        "dossier.html",
        dossier=dossier_view(view, _cards({found.dossier for found in view.card.similar}), reader().more_like(dossier_id)),
        search=request,
        back_url=search_url(request) if args_of(request) else None,
        plain_url=dossier_url(view.card),
        around=list(around(view.card)),
        take=of_dossier(view.card),
        citations=_citations(view.card, cited),
        meta_tags=meta_tags(cited),
        schema_org=schema_org(view.card, cited),
    )


def _citations(card: Card, cited: Reference) -> list[tuple[str, str]]:
    """The citations of a dossier, or of the page of a PDF that the URL names."""
    page = cited_page(card, flask.request.args.get("citer", ""))
    checked = reader().status().built_at.date()
    return [("ISO 690", iso690(cited, checked, page)), ("APA", apa(cited, page))]


def _cards(dossier_ids: set[str]) -> dict[str, Card]:
    """The cards of other dossiers; one that has left the index since is passed over."""
    cards: dict[str, Card] = {}
    for dossier_id in dossier_ids:
        with suppress(UnknownDossier):
            cards[dossier_id] = reader().card(dossier_id)
    return cards


@site.get("/dossier/<dossier_id>/fichier/<int:n>/<name>")
def pdf(dossier_id: str, n: int, name: str) -> Response | AnyResponse:
    """A PDF of a dossier, from the corpus and from nowhere else."""
    card = reader().card(dossier_id)
    if not 1 <= n <= len(card.attachments):
        raise FileGone(gettext("Ce dossier n’a pas tant de fichiers joints."))
    attachment = card.attachments[n - 1]
    if not is_served(attachment):
        message = gettext("Le fichier « %(name)s » n’est pas disponible : il n’est pas dans le corpus.", name=attachment.name)
        raise FileGone(message)
    if name != attachment.name:
        return _moved(url_for("site.pdf", dossier_id=dossier_id, n=n, name=attachment.name))
    path = _within(settings().corpus, attachment.path or "")
    return _sent(path, attachment.name)


def _sent(path: Path, name: str) -> Response:
    """A file of the corpus: a PDF to be looked at, anything else, whatever its name says, only to be saved."""
    with path.open("rb") as file:
        is_pdf = _PDF_MARK in file.read(_MARK_WITHIN)
    kind = "application/pdf" if is_pdf else "application/octet-stream"
    return send_file(path, mimetype=kind, as_attachment=not is_pdf, download_name=_NOT_SENT.sub(" ", name), conditional=True)


def _within(corpus: Path, relative: str) -> Path:
    """The file of the corpus; links that lead out of it are followed only to be refused."""
    folder = corpus.resolve()
    path = (folder / relative).resolve()
    if not (path.is_relative_to(folder) and path.is_file()):
        words = gettext(
            "Le fichier « %(name)s » n’est plus dans le corpus. Il en a été retiré depuis la dernière indexation.",
            name=path.name,
        )
        raise FileGone(words)
    return path


def _moved(url: str) -> AnyResponse:
    """To the right address for good, with the query string as it came."""
    query = flask.request.query_string.decode("latin-1")
    return redirect(f"{url}?{query}" if query else url, 301)
