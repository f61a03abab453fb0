"""What the list shows of each `Hit`: words and links, no decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from indexer.engine.contract import Hit, Passage, Request
from indexer.facets import TYPE_LABELS, theme_value
from indexer.language import gettext, ngettext
from indexer.model import Attachment, Card, EventDate, Theme
from indexer.wording import date_words, day_words, lacks_words, part_words, place_words
from webapp.labels import ATTACHMENT_STATES, pages, size
from webapp.language import stored
from webapp.links import cite_url, dossier_url, new_search, part_anchor, pdf_url, search_url
from webapp.state import with_value


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words. `note` says how sure it is, `source` what it was read from; `lang` that of a document’s words."""

    words: str
    note: str = ""
    source: str = ""
    url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A PDF: `url` opens it (None when it is not there); `details` are its pages, size and state."""

    number: int
    name: str
    url: str | None
    details: tuple[str, ...]
    state: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """An excerpt and where it stands: `url` leads to the PDF at its page, or to the text of the event page; `cite_url` to the
    citation of a page of a PDF."""

    segments: tuple[tuple[str, bool], ...]
    source: str
    url: str
    cite_url: str | None


@dataclass(frozen=True, slots=True)
class CardView:
    """The facts of a dossier that a list shows, and the language it is in. `lacks` says which words of the search it has not, and
    `news`, in the order of what is new, since when it is as it is."""

    url: str
    title: str
    title_derived: bool
    type: str
    dates: tuple[Fact, ...]
    places: tuple[Fact, ...]
    themes: tuple[Fact, ...]
    attachments: tuple[AttachmentView, ...]
    lang: str | None = None
    passages: tuple[PassageView, ...] = ()
    lacks: str = ""
    news: str = ""


def hit_view(hit: Hit, request: Request) -> CardView:
    """A hit as the list of results shows it."""
    passages = tuple(passage_view(passage, hit.card, request) for passage in hit.passages)
    return replace(card_view(hit.card, request), passages=passages, lacks=lacks_words(hit.lacks) if hit.lacks else "")


def card_view(card: Card, request: Request) -> CardView:
    """A dossier's facts; links to its page carry the search."""
    return CardView(
        url=dossier_url(card, request),
        title=card.title,
        title_derived=card.title_derived,
        type=gettext(TYPE_LABELS[card.type]),
        dates=date_facts(card),
        places=place_facts(card),
        themes=theme_facts(card),
        attachments=attachment_views(card),
        lang=card.language,
        news=_news(card) if request.sort == "nouveautes" else "",
    )


def _news(card: Card) -> str:
    return gettext("nouveau ou modifié le %(day)s", day=day_words(card.changed.date())) if card.changed else ""


def passage_view(passage: Passage, card: Card, request: Request) -> PassageView:
    """A passage with its part in words and the best link to it."""
    of = passage.attachment
    attachment = None if of is None else card.attachments[of]
    in_text = dossier_url(card, request, part_anchor(of, passage.page))
    url = (None if of is None else pdf_url(card, of, passage.page)) or in_text
    source = part_words(attachment, passage.page, passage.label, recognised=passage.recognised)
    return PassageView(passage.segments, source, url, None if of is None else cite_url(card, of, passage.page))


def date_facts(card: Card) -> tuple[Fact, ...]:
    """When, with what an inferred date was inferred from."""
    return tuple(Fact(date_words(when), _date_note(when), _basis(read_in(when.source), when.basis)) for when in card.dates)


def place_facts(card: Card) -> tuple[Fact, ...]:
    """Where."""
    return tuple(
        Fact(
            words,
            gettext("lieu déduit") if place.certainty == "inferred" else "",
            _basis(read_in("" if place.source in words else place.source), place.basis),
        )
        for place in card.places
        for words in (place_words(place),)
    )


def theme_facts(card: Card) -> tuple[Fact, ...]:
    """About what; each theme leads to the dossiers that share it."""
    return tuple(
        Fact(
            theme.label,
            gettext("thème déduit") if theme.certainty == "inferred" else "",
            _said_by(theme.source),
            _theme_url(theme),
            "fr",
        )
        for theme in card.themes
    )


def attachment_views(card: Card) -> tuple[AttachmentView, ...]:
    """The PDFs of a dossier in their order."""
    return tuple(
        AttachmentView(
            number=index + 1,
            name=attachment.name,
            url=pdf_url(card, index),
            details=tuple(
                words
                for words in (
                    pages(attachment.pages) if attachment.pages else "",
                    size(attachment.size) if attachment.size else "",
                    _recognised(attachment),
                    gettext("même contenu que %(name)s", name=attachment.same_as) if attachment.same_as else "",
                )
                if words
            ),
            state=ATTACHMENT_STATES[attachment.status] and gettext(ATTACHMENT_STATES[attachment.status]),
            problem=attachment.problem,
        )
        for index, attachment in enumerate(card.attachments)
    )


def _recognised(attachment: Attachment) -> str:
    if not attachment.recognised:
        return ""
    if attachment.recognised == attachment.pages:
        return gettext("texte reconnu")
    return ngettext("texte reconnu sur %(num)s page", "texte reconnu sur %(num)s pages", attachment.recognised)


def _theme_url(theme: Theme) -> str:
    request = new_search(sort="date", found_themes=theme.certainty == "inferred")
    return search_url(with_value(request, "theme", theme_value(theme).key))


def _date_note(when: EventDate) -> str:
    notes = (gettext("date déduite") if when.certainty == "inferred" else "", gettext("à vérifier") if when.doubt else "")
    return ", ".join(filter(None, notes))


def _basis(read: Markup, basis: str) -> Markup:
    """Where a fact was read and what was inferred from what."""
    return Markup(", ").join(filter(None, (read, _with_stored(gettext("déduit de : %(words)s"), basis))))


def _with_stored(message: str, words: str) -> Markup:
    return Markup.escape(message) % {"words": stored(words)} if words else Markup()


def read_in(source: str) -> Markup:
    """What a fact was read from; empty when that is not known."""
    return _with_stored(gettext("lu dans « %(words)s »"), source)


def _said_by(source: str) -> Markup:
    return _with_stored(gettext("d’après : %(words)s"), source)
