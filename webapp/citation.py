"""Citations of a dossier in words, by the rules of ISO 690:2021 (sections on online documents) and of APA, 7th edition."""

from __future__ import annotations

from datetime import date

from indexer.french import day_words
from webapp.labels import NBSP
from webapp.reference import Reference


def iso690(cited: Reference, checked: date) -> str:
    """Author. Title [en ligne]. Publisher, day. Event. [Consulté le …]. Address."""
    pieces = [
        ", ".join(cited.authors).upper(),
        f"{cited.title} [en ligne]",
        ", ".join(filter(None, (cited.publisher, day_words(cited.issued) if cited.issued else "sans date"))),
        _event(cited),
        f"[Consulté le {day_words(checked)}]",
        f"Disponible à l’adresse{NBSP}: {cited.address}",
    ]
    return ". ".join(piece.rstrip(".") for piece in pieces if piece)


def apa(cited: Reference) -> str:
    """Author. (Year, day). Title [Form]. Publisher. Address."""
    form = "Rapport" if cited.kind == "report" else "Page web"
    author = ", ".join(cited.authors) or cited.publisher
    publisher = cited.publisher if cited.authors else ""
    pieces = [author, f"({_year_first(cited.issued)})", f"{cited.title} [{form}]", publisher, cited.address]
    return ". ".join(piece.rstrip(".") for piece in pieces if piece)


def _event(cited: Reference) -> str:
    held = ", ".join(filter(None, (cited.event, cited.place)))
    return f"Événement{NBSP}: {held}" if cited.event and cited.kind == "webpage" else ""


def _year_first(day: date | None) -> str:
    return f"{day.year}, {day_words(day).rsplit(' ', 1)[0]}" if day else "s. d."
