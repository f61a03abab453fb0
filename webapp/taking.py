"""Links by which a reader takes away what is on the screen."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from indexer.engine.contract import Request
from indexer.language import gettext, gettext_noop
from indexer.model import Card
from webapp.exports.views import FORMS
from webapp.links import args_of, feed_url

_NAMES = {
    "csv": ("CSV", gettext_noop("tableur")),
    "json": ("JSON", gettext_noop("programmes")),
    "ris": ("RIS", gettext_noop("Zotero, EndNote, Mendeley")),
    "bib": ("BibTeX", gettext_noop("LaTeX, Zotero")),
    "ics": ("iCalendar", gettext_noop("agenda : les événements dont le jour est connu")),
}


class TakeLink(NamedTuple):
    """A file or a feed: what it is called, what it is for."""

    name: str
    use: str
    url: str
    media_type: str


def of_search(request: Request) -> list[TakeLink]:
    """All that a search finds, and the feed of what will come."""
    args = {name: value for name, value in args_of(request).items() if name not in ("page", "par")}
    files = [_link(form, url_for("exports.of_search", form=form, **args)) for form in FORMS]
    return [
        *files,
        TakeLink("Atom", gettext("flux des dossiers nouveaux et modifiés"), feed_url(request), "application/atom+xml"),
    ]


def of_dossier(card: Card) -> list[TakeLink]:
    """One dossier."""
    return [_link(form, url_for("exports.of_dossier", dossier_id=card.id, form=form)) for form in FORMS]


def _link(form: str, url: str) -> TakeLink:
    name, use = _NAMES[form]
    return TakeLink(name, gettext(use), url, FORMS[form].media_type)
