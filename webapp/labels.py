"""The words of the site, by code; they are translated where they are shown."""

from __future__ import annotations

from babel.numbers import format_decimal

from indexer.engine.contract import UNKNOWN, FacetName, FacetValue, Sort
from indexer.language import NBSP, gettext, gettext_noop, in_french, locale, ngettext
from indexer.model import AttachmentStatus, OrganisationRole

FACET_TITLES: dict[FacetName, str] = {
    "mots": gettext_noop("Mots trouvés"),
    "theme": gettext_noop("Thème"),
    "lieu": gettext_noop("Lieu"),
    "annee": gettext_noop("Année"),
    "type": gettext_noop("Type"),
    "organisme": gettext_noop("Organisme"),
    "fichier": gettext_noop("Fichiers"),
}

SORT_LABELS: dict[Sort, str] = {
    "pertinence": gettext_noop("Pertinence"),
    "date": gettext_noop("Plus récents"),
    "date-croissante": gettext_noop("Plus anciens"),
    "a-venir": gettext_noop("À venir d’abord"),
    "passes": gettext_noop("Passés d’abord"),
    "nouveautes": gettext_noop("Nouveautés"),
}

ATTACHMENT_STATES: dict[AttachmentStatus, str] = {
    "available": "",
    "missing": gettext_noop("non disponible"),
    "unreadable": gettext_noop("texte illisible"),
}

ORGANISATION_ROLES: dict[OrganisationRole, str] = {
    "organiser": gettext_noop("Organisé par"),
    "participant": gettext_noop("Avec la participation de"),
    "partner": gettext_noop("Partenaires"),
    "structure": gettext_noop("Structure"),
}
_SUGGESTION_KINDS = {
    "titre": gettext_noop("titre"),
    "theme": gettext_noop("thème"),
    "lieu": gettext_noop("lieu"),
    "mot": gettext_noop("mot"),
    "expression": gettext_noop("expression"),
}
_PLACES_OF_OURS = ("en-ligne", "en-ligne/hybride", "hors-de-france", "ambigu")


def is_name(facet: FacetName, value: FacetValue) -> bool:
    """Whether the label of a facet's value is a name, which no language changes: a theme of the vocabulary, a place, a body."""
    return facet in ("theme", "lieu", "organisme") and value.key not in (UNKNOWN, *_PLACES_OF_OURS)


def value_label(facet: FacetName, value: FacetValue) -> str:
    """The label of a facet's value as it is shown."""
    return value.label if is_name(facet, value) else gettext(value.label)


def suggestion_kinds() -> dict[str, str]:
    """By kind of suggestion, its word."""
    return {kind: gettext(word) for kind, word in _SUGGESTION_KINDS.items()}


def dossiers(number: int) -> str:
    """ "1 dossier", "12 dossiers": in French, zero is singular."""
    return ngettext("%(num)s dossier", "%(num)s dossiers", number)


def pages(number: int) -> str:
    """ "2 pages"."""
    return ngettext("%(num)s page", "%(num)s pages", number)


def size(octets: int) -> str:
    """ "364 Ko", "1,2 Mo": thousands, as French sites count them."""
    kilo, mega = ("Ko", "Mo") if in_french() else ("kB", "MB")
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{NBSP}{kilo}"
    return f"{format_decimal(octets / 1_000_000, format='#,##0.0', locale=locale())}{NBSP}{mega}"
