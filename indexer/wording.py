"""Facts in words: dates, places and sources of passages, as a reader says them, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby

from babel.dates import format_date, format_datetime, format_skeleton

from indexer.engine.contract import SOME_WORDS, Expansion, Offer, Result
from indexer.language import NBSP, gettext, in_french, locale, ngettext
from indexer.model import Attachment, Card, EventDate, PdfFilePage, PdfPageState, Place, Similar


def day_words(day: date) -> str:
    """ "11 mai 2017", "1er juin 2017"; "11 May 2017"."""
    words = format_date(day, "d MMMM y", locale=locale())
    return "1er" + words[1:] if day.day == 1 and in_french() else words


def moment_words(moment: datetime) -> str:
    """ "7 décembre 2017 à 10:25", as it was given: not moved to another time zone."""
    hour = format_datetime(moment, "HH:mm", locale=locale())
    return gettext("%(day)s à %(hour)s", day=day_words(moment.date()), hour=hour)


def date_words(when: EventDate) -> str:
    """An event date with its hours: "du 14 au 16 octobre 2024", "mai – juin 2019", "24 septembre 2015, 9 h – 17 h"."""
    if when.precision == "year":
        return _span(str(when.start.year), str(when.end.year))
    if when.precision == "month":
        return _months(when.start, when.end)
    return _days(when.start, when.end) + _hours(when.start_time, when.end_time)


def _months(start: date, end: date) -> str:
    last = format_skeleton("yMMMM", end, locale=locale())
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = format_date(start, "MMMM" if start.year == end.year else "MMMM y", locale=locale())
    return _span(first, last)


def _days(start: date, end: date) -> str:
    if start == end:
        return day_words(end)
    first = day_words(start)
    if start.year == end.year:
        first = first.removesuffix(f" {end.year}")
        if start.month == end.month:
            first = first.split(" ")[0]
    return gettext("du %(first)s au %(last)s", first=first, last=day_words(end))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _hours(start: time | None, end: time | None) -> str:
    if start is None:
        return ""
    hours = _hour(start) if end is None else f"{_hour(start)} – {_hour(end)}"
    return f", {hours}"


def _hour(moment: time) -> str:
    """ "9 h", "14 h 15", with no-break spaces; "9:00", "14:15" in other languages."""
    if not in_french():
        return f"{moment.hour}:{moment.minute:02d}"
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def place_words(place: Place) -> str:
    """A place as its most precise level: "Noyon (Oise)", "Hauts-de-France", "En ligne"."""
    if place.kind == "online":
        return gettext("En ligne")
    if place.kind == "abroad":
        abroad = gettext("Hors de France")
        return f"{abroad} ({place.source})" if place.source else abroad
    if place.kind == "hybrid":
        return gettext("Aussi en ligne (hybride)")
    if place.kind == "ambiguous":
        candidates = gettext(" ou ").join(place.candidates)
        return gettext("%(name)s (lieu ambigu : %(candidates)s)", name=place.source, candidates=candidates)
    if place.kind == "epci" and place.epci:
        return f"{place.epci} ({place.departement})" if place.departement else place.epci
    if place.commune:
        return f"{place.commune} ({place.departement})" if place.departement else place.commune
    return place.departement or place.region or place.source or gettext("Lieu inconnu")


def doubts_of(card: Card) -> list[tuple[str, str]]:
    """What a page says and that cannot be so: (what is wrong, the words as they are written)."""
    dates = [(when.doubt, when.source) for when in card.dates if when.doubt]
    return dates + [(doubt.message, doubt.source) for doubt in card.doubts]


def similar_words(similar: Similar) -> str:
    """What another dossier shares with this one."""
    if similar.kind == "pdf":
        return gettext("a le même PDF, %(name)s", name=similar.name)
    return gettext("dit presque la même chose")


def language_words(code: str | None) -> str:
    """ "anglais" for "en"; the code itself when it is none."""
    return str(locale().languages.get(code or "", code or ""))


def part_words(attachment: Attachment | None, page: int, label: str | None = None, *, recognised: bool = False) -> str:
    """Where a passage comes from: "page", or "PDF compte-rendu.pdf, p. 12" (with the printed label when it differs)."""
    if attachment is None:
        return gettext("page")
    words = f"PDF {attachment.name}, p.{NBSP}{page}"
    if label and label != str(page):
        words += gettext(" (imprimée %(label)s)", label=label)
    return words + gettext(", texte reconnu") if recognised else words


_UNREAD: dict[PdfPageState, str] = {
    "scan": "numérisée, au texte non reconnu",
    "unreadable": "illisible",
    "slow": "trop lente à lire",
}


def unread_words(pages: Sequence[PdfFilePage]) -> str | None:
    """What of a PDF could not be read, in French as the index keeps it: "p. 3, 5–9 : illisible"; None when all was."""
    said = []
    for state, words in _UNREAD.items():
        numbers = [page.number for page in pages if page.state == state]
        if numbers:
            whole = "toutes les pages" if len(numbers) == len(pages) > 1 else f"p.{NBSP}{numbers_words(numbers)}"
            said.append(f"{whole} : {words}")
    return "; ".join(said) or None


def quoted(words: str) -> str:
    """The words between quotation marks."""
    return gettext("« %(words)s »", words=words)


def lacks_words(lacks: Iterable[str]) -> str:
    """What a hit has not of the words sought: "Sans : jardin, partagé"."""
    return gettext("Sans : %(words)s", words=", ".join(lacks))


def expansions_words(expansions: Iterable[Expansion]) -> str:
    """The other words searched, each with the one typed that brings it, and where that is known from."""
    learnt = gettext("d’après les dossiers")
    said = (f"{one.other} ({one.typed}{f', {learnt}' if one.learnt else ''})" for one in expansions)
    return gettext("Cherché aussi : %(words)s", words=f"{NBSP if in_french() else ''}; ".join(said))


def offer_words(offer: Offer) -> str:
    """ "CGET s’appelle ANCT depuis 2020"."""
    return gettext("%(old)s s’appelle %(new)s depuis %(year)s", old=offer.typed, new=offer.other, year=offer.year)


def rest_words(result: Result) -> str | None:
    """How many dossiers were left out for having only a part of the words; None when none were."""
    values = (value for facet in result.facets if facet.name == "mots" for value in facet.values if value.key == SOME_WORDS)
    rest = sum(value.count for value in values)
    if not (result.only_all_words and rest):
        return None
    return ngettext(
        "%(num)s autre dossier n’a qu’une partie des mots", "%(num)s autres dossiers n’ont qu’une partie des mots", rest
    )


def numbers_words(numbers: Iterable[int]) -> str:
    """Ascending numbers, runs of three or more as ranges: "3, 5–9"."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
