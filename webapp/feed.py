"""The Atom feed (RFC 4287) of a search: the dossiers that came or changed last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import flask
from flask import Blueprint, Response, render_template

from indexer.engine.contract import Hit
from indexer.language import locale
from indexer.wording import date_words, place_words
from webapp.links import absolute, dossier_url, feed_url, search_url
from webapp.opening import reader, settings
from webapp.state import read_request, refuse
from webapp.xml import xml_response

ENTRIES = 50

feed = Blueprint("feed", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier in the feed."""

    title: str
    url: str
    updated: str
    authors: tuple[str, ...]
    themes: tuple[str, ...]
    summary: str


@feed.get("/flux.atom")
def atom() -> Response:
    """The latest of what the search in the URL finds; its order and page play no part."""
    request, problems = read_request(flask.request.args, settings().page_size)
    refuse(problems)
    built_at = reader().status().built_at
    result = reader().search(replace(request, sort="nouveautes", page=1, size=ENTRIES, passages=1))
    entries = [_entry(hit, built_at) for hit in result.hits]
    text = render_template(
        "flux.atom.xml",
        title=f"{settings().site_name} – {request.query}" if request.query else settings().site_name,
        self_url=absolute(feed_url(request)),
        search_url=absolute(search_url(replace(request, page=1))),
        updated=entries[0].updated if entries else _moment(built_at),
        entries=entries,
        language=locale().language,
    )
    return xml_response(text, "application/atom+xml")


def _entry(hit: Hit, built_at: datetime) -> Entry:
    card = hit.card
    facts = [date_words(when) for when in card.dates] + [place_words(place) for place in card.places]
    passage = "".join(text for passage in hit.passages for text, _ in passage.segments)
    return Entry(
        card.title,
        absolute(dossier_url(card)),
        _moment(card.changed or built_at),
        tuple(body.name for body in card.organisations if body.role == "organiser") or (settings().site_name,),
        tuple(theme.label for theme in card.themes),
        " · ".join([*facts, passage]) if passage else " · ".join(facts),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
