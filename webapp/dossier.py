"""What a dossier's page shows of a `View`: its facts with their certainty, and its text part by part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from indexer.engine.contract import Neighbour, Passage, View
from indexer.facets import TYPE_LABELS
from indexer.language import gettext
from indexer.model import Card, Link, Similar
from indexer.wording import day_words, doubts_of, language_words, moment_words, part_words, similar_words
from webapp.labels import ORGANISATION_ROLES
from webapp.links import cite_url, dossier_url, part_anchor, pdf_url, web_address
from webapp.opening import reader
from webapp.results import AttachmentView, Fact, attachment_views, date_facts, place_facts, read_in, theme_facts

Segments = tuple[tuple[str, bool], ...]
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the text: the event page or a page of a PDF, which `pdf_url` opens and
    `cite_url` cites. `matches` words are marked in it."""

    anchor: str
    source: str
    page: int
    pdf_url: str | None
    cite_url: str | None
    paragraphs: tuple[Segments, ...]
    matches: int


@dataclass(frozen=True, slots=True)
class TextView:
    """The text of the event page (`number` None) or of one PDF, with its main headings as (title, anchor of their page)."""

    number: int | None
    name: str
    parts: tuple[PartView, ...]
    headings: tuple[tuple[str, str], ...] = ()

    @property
    def found(self) -> tuple[PartView, ...]:
        """The parts in which a word of the query is marked."""
        return tuple(part for part in self.parts if part.matches)


@dataclass(frozen=True, slots=True)
class SimilarView:
    """Another dossier and what it shares with this one."""

    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """Another dossier about the same things: when, and the words that tell so."""

    title: str
    url: str
    dates: tuple[Fact, ...]
    words: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """A whole dossier and the language it is in. `facts` are (name, values); `links` lead out of the site."""

    title: str
    title_derived: bool
    type: str
    facts: tuple[tuple[str, tuple[Fact, ...]], ...]
    attachments: tuple[AttachmentView, ...]
    links: tuple[Link, ...]
    texts: tuple[TextView, ...]
    similar: tuple[SimilarView, ...]
    neighbours: tuple[NeighbourView, ...]
    lang: str | None

    @property
    def found(self) -> tuple[TextView, ...]:
        """The texts in which a word of the query is marked."""
        return tuple(text for text in self.texts if text.found)


def dossier_view(view: View, cards: dict[str, Card], neighbours: Iterable[Neighbour]) -> DossierView:
    """A dossier as its page shows it; `cards` are those of the dossiers that have a near copy of it."""
    card = view.card
    return DossierView(
        title=card.title,
        title_derived=card.title_derived,
        type=gettext(TYPE_LABELS[card.type]),
        facts=tuple((name, values) for name, values in _facts(card) if values),
        attachments=attachment_views(card),
        links=_links(card),
        texts=tuple(_texts(view)),
        similar=tuple(_similar(found, cards[found.dossier]) for found in card.similar if found.dossier in cards),
        neighbours=tuple(_neighbour(found) for found in neighbours),
        lang=card.language,
    )


def _neighbour(found: Neighbour) -> NeighbourView:
    card = found.card
    return NeighbourView(card.title, dossier_url(card), date_facts(card), ", ".join(found.words))


def _similar(found: Similar, card: Card) -> SimilarView:
    return SimilarView(card.title, dossier_url(card), similar_words(found))


def paragraphs(segments: Segments) -> tuple[Segments, ...]:
    """A marked text cut at its blank lines."""
    found: list[list[tuple[str, bool]]] = [[]]
    for text, matched in segments:
        first, *others = _BLANK_LINE.split(text)
        found[-1].append((first, matched))
        found.extend([(piece, matched)] for piece in others)
    kept = (tuple((text, matched) for text, matched in paragraph if text) for paragraph in found)
    return tuple(paragraph for paragraph in kept if any(text.strip() for text, _ in paragraph))


def _facts(card: Card) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    yield gettext("Type"), (Fact(gettext(TYPE_LABELS[card.type])),)
    yield gettext("Quand"), date_facts(card)
    yield gettext("Où"), place_facts(card)
    yield gettext("Thèmes"), theme_facts(card)
    for role, words in ORGANISATION_ROLES.items():
        yield gettext(words), tuple(Fact(body.name, lang="fr") for body in card.organisations if body.role == role)
    yield gettext("Sigles"), tuple(Fact(f"{acronym.short} ({acronym.long})", lang=card.language) for acronym in card.acronyms)
    yield gettext("Publié le"), (Fact(day_words(card.published)),) if card.published else ()
    yield gettext("Modifié le"), (Fact(moment_words(card.modified)),) if card.modified else ()
    yield gettext("Source"), (_source(card.source_url),) if card.source_url else ()
    yield gettext("Fichier"), (Fact(card.path),) if card.path else ()
    yield gettext("Langue"), (Fact(language_words(card.language)),) if card.language not in (None, "fr") else ()
    doubts = (Fact(message, source=read_in(source), lang="fr") for message, source in doubts_of(card))
    yield gettext("À vérifier"), tuple(doubts)


def _source(address: str) -> Fact:
    """Where the page was published, and the day on which its copy in the corpus was last looked at."""
    checked = gettext("copie vérifiée le %(day)s", day=day_words(reader().status().built_at.date()))
    return Fact(address, checked, url=web_address(address))


def _links(card: Card) -> tuple[Link, ...]:
    """The links of the page that are not its attachments, each address once."""
    attached = {attachment.url for attachment in card.attachments} | {card.source_url}
    links = {link.url: link for link in card.links if web_address(link.url) and link.url not in attached}
    return tuple(links.values())


def _texts(view: View) -> Iterator[TextView]:
    for index, parts in groupby(view.parts, key=lambda part: part.attachment):
        shown = tuple(_part(part, view.card) for part in parts)
        if index is None:
            yield TextView(None, "", shown)
        else:
            attachment = view.card.attachments[index]
            headings = tuple((entry.title, part_anchor(index, entry.page)) for entry in attachment.outline if entry.page)
            yield TextView(index + 1, attachment.name, shown, headings)


def _part(part: Passage, card: Card) -> PartView:
    of = part.attachment
    return PartView(
        anchor=part_anchor(of, part.page),
        source=part_words(None if of is None else card.attachments[of], part.page, part.label, recognised=part.recognised),
        page=part.page,
        pdf_url=None if of is None else pdf_url(card, of, part.page),
        cite_url=None if of is None else cite_url(card, of, part.page),
        paragraphs=paragraphs(part.segments),
        matches=sum(matched for _, matched in part.segments),
    )
