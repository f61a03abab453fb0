"""What is said of a date that cannot be, or that is unlikely, in French sentences."""

from __future__ import annotations

from datetime import date

from babel import Locale

from indexer.facts.date_item import Item
from indexer.facts.date_words import MISTYPED_YEAR
from indexer.model import Doubt
from indexer.wording import day_words

_LIKELY = range(1970, 2051)
"""Years in which the events of a documentation of our time lie when the page has no date of its own."""
_FAR = 15
"""Years between an event and the page that tells of it beyond which a slip is likelier than a fact."""
_WEEKDAYS = Locale("fr").days["format"]["wide"]
_MONTHS = Locale("fr").months["format"]["wide"]


def not_that_weekday(day: date, weekday: int) -> str:
    """ "Le 11 mai 2017 est un jeudi, non un mardi." """
    return f"Le {day_words(day)} est un {_WEEKDAYS[day.weekday()]}, non un {_WEEKDAYS[weekday]}."


def runs_backwards(first: date, last: date) -> str:
    """A range whose end lies before its start."""
    return f"La fin ({day_words(last)}) précède le début ({day_words(first)})."


ENDS_BEFORE_IT_BEGINS = "L’heure de fin précède l’heure de début."


def unlikely_year(years: tuple[int, ...], reference: date | None) -> str:
    """A sentence when a year is far from the reference's, or without one from our time; else ""."""
    likely = range(reference.year - _FAR, reference.year + _FAR + 1) if reference else _LIKELY
    year = next((year for year in years if year not in likely), None)
    if year is None:
        return ""
    than = f" pour une page du {day_words(reference)}" if reference else ""
    return f"L’année {year:04d} est peu vraisemblable{than}."


def impossible(item: Item, source: str) -> Doubt:
    """The doubt about an item that is no day of any calendar, or whose year was typed wrong."""
    if item.year is not None and item.year <= MISTYPED_YEAR:
        return Doubt("mistyped_year", source, "L’année est mal écrite : date non retenue.")
    if item.month not in _MONTHS:
        return Doubt("impossible_date", source, f"Il n’y a pas de mois {item.month} : date non retenue.")
    year = f" {item.year}" if item.year else ""
    return Doubt("impossible_date", source, f"Le {item.day} {_MONTHS[item.month]}{year} n’existe pas : date non retenue.")


def no_year(source: str) -> Doubt:
    """A date without a year on a page without a date."""
    return Doubt("no_year", source, "L’année n’est pas dite et la page n’a pas de date dont la déduire : date non retenue.")


def impossible_hour(source: str) -> Doubt:
    """ "25h70"."""
    return Doubt("impossible_hour", source, f"«\N{NO-BREAK SPACE}{source}\N{NO-BREAK SPACE}» n’est pas une heure.")


def no_date(text: str) -> Doubt:
    """A date field in which no date was found."""
    return Doubt("no_date", text, "Aucune date n’a été reconnue dans ce champ.")
