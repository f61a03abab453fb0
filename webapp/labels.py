"""The French words of the site, by code."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from indexer.engine.contract import FacetName, Sort
from indexer.model import AttachmentStatus, OrganisationRole

NBSP = "\N{NO-BREAK SPACE}"

FACET_TITLES: dict[FacetName, str] = {
    "mots": "Mots trouvés",
    "theme": "Thème",
    "lieu": "Lieu",
    "annee": "Année",
    "type": "Type",
    "organisme": "Organisme",
    "fichier": "Fichiers",
}

SORT_LABELS: dict[Sort, str] = {
    "pertinence": "Pertinence",
    "date": "Plus récents",
    "date-croissante": "Plus anciens",
    "a-venir": "À venir d’abord",
    "passes": "Passés d’abord",
    "nouveautes": "Nouveautés",
}

ATTACHMENT_STATES: dict[AttachmentStatus, str] = {
    "available": "",
    "missing": "non disponible",
    "unreadable": "texte illisible",
}

ORGANISATION_ROLES: dict[OrganisationRole, str] = {
    "organiser": "Organisé par",
    "participant": "Avec la participation de",
    "partner": "Partenaires",
    "structure": "Structure",
}


def number(value: int) -> str:
    """ "12 345", with a narrow no-break space."""
    return format_decimal(value, locale="fr")


def count(value: int, noun: str) -> str:
    """ "1 page", "12 pages": in French, zero is singular."""
    return f"{number(value)}{NBSP}{noun}{'s' if value > 1 else ''}"


def size(octets: int) -> str:
    """ "364 Ko", "1,2 Mo": thousands, as French sites count them."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{NBSP}Ko"
    return f"{format_decimal(octets / 1_000_000, format='#,##0.0', locale='fr')}{NBSP}Mo"


def no_break(words: str) -> str:
    """The words with no-break spaces where French wants them: inside « » and before : ; ! ?"""
    return re.sub(r"(?<=«) | (?=[»:;!?](?:\s|$))", NBSP, words)
