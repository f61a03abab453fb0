"""Citations of a dossier, or of a page of one of its PDFs, in words: ISO 690:2021 (online documents) and APA, 7th edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.language import NBSP, gettext
from indexer.model import Card
from indexer.wording import day_words
from webapp.links import absolute, pdf_url, web_address
from webapp.reference import Reference


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page of a PDF of the dossier: the PDF's name, the page's number, where it opens."""

    name: str
    page: int
    address: str


def cited_page(card: Card, chosen: str) -> CitedPage | None:
    """The page that "2-13" names: the thirteenth of the second PDF; None when there is none such."""
    file, _, page = chosen.partition("-")
    if not (file.isdecimal() and page.isdecimal() and len(chosen) < 20 and 1 <= int(file) <= len(card.attachments)):
        return None
    attachment = card.attachments[int(file) - 1]
    if not 1 <= int(page) <= attachment.pages:
        return None
    here = pdf_url(card, int(file) - 1, int(page))
    address = f"{web_address(attachment.url)}#page={page}" if web_address(attachment.url) else absolute(here or "")
    return CitedPage(attachment.name, int(page), address)


def iso690(cited: Reference, checked: date, page: CitedPage | None = None) -> str:
    """Author. Title [en ligne]. Publisher, day. Event. [Consulté le …]. Address."""
    title = gettext("%(title)s [en ligne]", title=cited.title)
    if page:
        number = f"p.{NBSP}{page.page}"
        title = gettext("%(name)s [PDF en ligne], %(page)s. In : %(title)s", name=page.name, page=number, title=cited.title)
    return _joined(
        ", ".join(cited.authors).upper(),
        title,
        ", ".join(filter(None, (cited.publisher, day_words(cited.issued) if cited.issued else gettext("sans date")))),
        _event(cited),
        gettext("[Consulté le %(day)s]", day=day_words(checked)),
        gettext("Disponible à l’adresse : %(address)s", address=page.address if page else cited.address),
    )


def apa(cited: Reference, page: CitedPage | None = None) -> str:
    """Author. (Year, day). Title [Form]. Publisher. Address."""
    form = gettext("Rapport") if cited.kind == "report" else gettext("Page web")
    title = f"{cited.title} ({page.name}, p.{NBSP}{page.page})" if page else cited.title
    return _joined(
        ", ".join(cited.authors) or cited.publisher,
        f"({_year_first(cited.issued)})",
        f"{title} [{form}]",
        cited.publisher if cited.authors else "",
        page.address if page else cited.address,
    )


def _joined(*pieces: str) -> str:
    return ". ".join(piece.rstrip(".") for piece in pieces if piece)


def _event(cited: Reference) -> str:
    held = ", ".join(filter(None, (cited.event, cited.place)))
    return gettext("Événement : %(event)s", event=held) if cited.event and cited.kind == "webpage" else ""


def _year_first(day: date | None) -> str:
    return f"{day.year}, {day_words(day).rsplit(' ', 1)[0]}" if day else gettext("s. d.")
