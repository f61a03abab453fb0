"""The addresses of the site, made from values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urljoin

import flask
from flask import url_for

from indexer.engine.contract import Request, Sort
from indexer.model import Attachment, Card
from indexer.slugs import slug
from webapp.opening import settings
from webapp.state import search_args

SAFE = "!$'()*,/:;?@"
"""What `url_for` leaves as it is in parameters."""


def args_of(request: Request) -> dict[str, Any]:
    """The parameters of a search on this site."""
    return search_args(request, settings().page_size)


def pairs(args: dict[str, Any]) -> list[tuple[str, str]]:
    """Parameters as the fields of a form."""
    return [(name, one) for name, many in args.items() for one in (many if isinstance(many, tuple) else (many,))]


def new_search(query: str = "", sort: Sort = "pertinence", *, found_themes: bool = False) -> Request:
    """A search that begins here, with as many hits a page as the site is set to."""
    return Request(query, sort=sort, size=settings().page_size, found_themes=found_themes)


def search_url(request: Request) -> str:
    """Where a search is shown."""
    words = urlencode(pairs(args_of(request)), safe=SAFE)
    return f"{_search_path()}?{words}" if words else _search_path()


def _search_path() -> str:
    """Looked up once for a page, which leads to hundreds of searches."""
    if "search_path" not in flask.g:
        flask.g.search_path = url_for("site.search")
    path: str = flask.g.search_path
    return path


def feed_url(request: Request) -> str:
    """The feed of what a search finds: its words and filters."""
    args = args_of(request)
    return url_for("feed.atom", **{name: value for name, value in args.items() if name not in ("page", "tri", "par")})


def dossier_url(card: Card, request: Request | None = None, anchor: str | None = None) -> str:
    """Where a dossier is shown; with a search, its words are marked there and a link leads back to it."""
    args = args_of(request) if request else {}
    return url_for("site.dossier", dossier_id=card.id, slug=slug_of(card), _anchor=anchor, **args)


def cite_url(card: Card, index: int, page: int) -> str:
    """Where a page of the PDF `card.attachments[index]` is cited."""
    return url_for("site.dossier", dossier_id=card.id, slug=slug_of(card), citer=f"{index + 1}-{page}", _anchor="citer")


def slug_of(card: Card) -> str:
    """The words of a dossier's address; never empty."""
    return card.slug or "dossier"


def pdf_url(card: Card, index: int, page: int | None = None) -> str | None:
    """Where the PDF `card.attachments[index]` is served, at one of its pages; None when it is not in the corpus."""
    attachment = card.attachments[index]
    if not is_served(attachment):
        return None
    anchor = f"page={page}" if page else None
    return url_for("site.pdf", dossier_id=card.id, n=index + 1, name=attachment.name, _anchor=anchor)


def is_served(attachment: Attachment) -> bool:
    """Whether the file can be opened: one whose text could not be read often still can."""
    return attachment.status != "missing" and attachment.path is not None


def part_anchor(attachment: int | None, page: int) -> str:
    """The id of a part of the text on a dossier's page."""
    return "page" if attachment is None else f"fichier-{attachment + 1}-page-{page}"


def absolute(url: str) -> str:
    """An address of this site with its host."""
    return urljoin(flask.request.url_root, url)


def file_name(name: str, ending: str) -> str:
    """What a file that is downloaded is called."""
    return f"chercheville-{slug(name)[:60].strip('-')}.{ending}" if slug(name) else f"chercheville.{ending}"


def web_address(url: str | None) -> str | None:
    """The address if a link may lead there: a document may hold anything, javascript: included."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
