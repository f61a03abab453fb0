"""A dossier that left the index: 410, what it was called, since when it is gone, and what replaces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from http import HTTPStatus
from typing import Literal, NamedTuple

import flask
from flask import Flask, Response, current_app, make_response, render_template

from indexer.condition import departed_from
from indexer.engine.contract import Request
from indexer.errors import ChercheVilleError, UnknownDossier
from indexer.language import gettext, gettext_noop
from indexer.model import Card, Departed
from indexer.wording import day_words, quoted
from webapp.errors import known, problem
from webapp.links import dossier_url, new_search, search_url, web_address
from webapp.opening import reader, settings

Why = Literal["address", "path", "content", "title"]
REASONS: dict[Why, str] = {
    "address": gettext_noop("publié à la même adresse"),
    "path": gettext_noop("fait du même fichier"),
    "content": gettext_noop("contient la même page ou le même PDF"),
    "title": gettext_noop("porte le titre le plus proche"),
}
TITLE = gettext_noop("Ce dossier n’est plus dans la recherche")

_LOOKED_AT = 20
"""Dossiers found by the words of a title, among which the nearest title is chosen."""
_CLOSE = 0.6
"""How alike two titles are, from 0 to 1, for the one to be offered in place of the other."""


class Replacement(NamedTuple):
    """A dossier of the index that stands for one that left; `url` is relative to the site."""

    id: str
    title: str
    url: str
    why: Why


def register(app: Flask) -> None:
    """Answer for the dossiers that are not in the index."""
    app.register_error_handler(UnknownDossier, _answer)


def _answer(error: UnknownDossier) -> Response:
    departed = _departed()
    if departed is None:
        return known(error)
    answer = _gone(departed, list(_replacements(departed)))
    answer.cache_control.no_cache = True  # it may come back
    return answer


def _departed() -> Departed | None:
    """The dossier that the URL names, if it left; where the register cannot be read, none is known to have."""
    dossier_id = (flask.request.view_args or {}).get("dossier_id") or flask.request.args.get("id", "")
    try:
        return departed_from(settings(), dossier_id)
    except ChercheVilleError as error:
        current_app.logger.error("no register of the dossiers that left: %s", error)
        return None


def _gone(departed: Departed, replacements: list[Replacement]) -> Response:
    message, source_url = _sentence(departed), web_address(departed.source_url)
    if flask.request.blueprint == "api":
        dossier = {"id": departed.id, "title": departed.title, "source_url": source_url, "gone": departed.since.isoformat()}
        found = [replacement._asdict() for replacement in replacements]
        return problem(HTTPStatus.GONE, gettext(TITLE), message, dossier=dossier, replaced_by=found)
    page = render_template(
        "gone.html",
        title=gettext(TITLE),
        message=message,
        source_url=source_url,
        replacements=replacements,
        reasons={why: gettext(words) for why, words in REASONS.items()},
        search_url=search_url(new_search(_words(departed.title))) if departed.title else None,
    )
    return make_response(page, HTTPStatus.GONE)


def _sentence(departed: Departed) -> str:
    day = day_words(departed.since.date())
    if departed.title:
        return gettext("Le dossier %(title)s a quitté l’index le %(day)s.", title=quoted(departed.title), day=day)
    return gettext("Le dossier qui avait cette adresse a quitté l’index le %(day)s. Son titre n’est pas connu.", day=day)


def _replacements(departed: Departed) -> Iterator[Replacement]:
    """The dossiers that share an address, a file or its content with it; failing these, the one with the nearest title."""
    found = False
    for heir in departed.heirs:
        with suppress(UnknownDossier):  # it left as well, since the register was read
            yield _replacement(reader().card(heir.dossier), heir.why)
            found = True
    if not found and (nearest := _nearest(departed.title)):
        yield _replacement(nearest, "title")


def _replacement(card: Card, why: Why) -> Replacement:
    return Replacement(card.id, card.title, dossier_url(card), why)


def _nearest(title: str) -> Card | None:
    """The dossier whose title is most like this one, None when none is much."""
    words = _words(title)
    if not words:
        return None
    found = reader().search(Request(words, size=_LOOKED_AT, passages=0, correct=False))
    cards = {hit.card.title.lower(): hit.card for hit in reversed(found.hits)}
    return next((cards[close] for close in get_close_matches(title.lower(), cards, n=1, cutoff=_CLOSE)), None)


def _words(title: str) -> str:
    """The words of a title as a query without signs."""
    return " ".join(re.findall(r"\w+", title.lower()))
