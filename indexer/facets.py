"""The facet values of a dossier: pure, the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from indexer.engine.contract import UNKNOWN, FacetName
from indexer.facts.geography import departements
from indexer.language import gettext_noop
from indexer.model import Attachment, Card, PageType, Place, Theme
from indexer.slugs import slug

TYPE_LABELS: dict[PageType, str] = {
    "annonce": gettext_noop("Annonce"),
    "retour": gettext_noop("Retour sur événement"),
    "actualite": gettext_noop("Actualité"),
    "ressource": gettext_noop("Ressource"),
    "structure": gettext_noop("Structure"),
    "document": gettext_noop("Document seul"),
}
UNKNOWN_LABELS: dict[FacetName, str] = {
    "theme": gettext_noop("Sans thème"),
    "lieu": gettext_noop("Lieu inconnu"),
    "annee": gettext_noop("Sans date"),
    "type": gettext_noop("Sans type"),
    "organisme": gettext_noop("Sans organisme"),
    "fichier": gettext_noop("Page seule"),
}
FILE_LABELS = {
    "pdf": "PDF",
    "pdf/reconnu": gettext_noop("PDF numérisé, texte reconnu"),
    "illisible": gettext_noop("PDF illisible"),
    "manquant": gettext_noop("PDF qui manque"),
}


class Value(NamedTuple):
    """A facet value: `key` stands in URLs; a place key is the path of its levels, "hauts-de-france/oise/noyon"."""

    key: str
    label: str


def facet_values(card: Card, *, found_themes: bool = False) -> dict[FacetName, tuple[Value, ...]]:
    """The values of every facet for one dossier, without doubles; `UNKNOWN` where there is none.

    Themes found in the text count only with `found_themes`.
    """
    found: dict[FacetName, list[Value]] = {
        "theme": [theme_value(theme) for theme in card.themes if found_themes or theme.certainty == "stated"],
        "lieu": [value for place in card.places for value in place_values(place)],
        "annee": [Value(str(year), str(year)) for when in card.dates for year in range(when.start.year, when.end.year + 1)],
        "type": [Value(card.type, TYPE_LABELS[card.type])],
        "organisme": [Value(key, body.name) for body in card.organisations if (key := slug(body.name))],
        "fichier": [Value(key, FILE_LABELS[key]) for attachment in card.attachments for key in _file_keys(attachment)],
    }
    return {name: _distinct(values) or (unknown(name),) for name, values in found.items()}


def _distinct(values: list[Value]) -> tuple[Value, ...]:
    """Each key once, with its first label."""
    return tuple({value.key: value for value in reversed(values)}.values())[::-1]


def _file_keys(attachment: Attachment) -> tuple[str, ...]:
    if attachment.status == "available":
        return ("pdf", "pdf/reconnu") if attachment.recognised else ("pdf",)
    return ("manquant",) if attachment.status == "missing" else ("illisible",)


def unknown(name: FacetName) -> Value:
    """The value of the dossiers that have none in the facet."""
    return Value(UNKNOWN, UNKNOWN_LABELS[name])


def theme_value(theme: Theme) -> Value:
    """A theme as a facet value; the key of a second-level theme is a path, "sante/sante-mentale"."""
    return Value(f"{theme.parent}/{theme.key}" if theme.parent else theme.key, theme.label)


@cache
def departement_values() -> dict[str, Value]:
    """By code ("60", "2A", "974"), each département as a facet value."""
    return {found.code: Value(f"{slug(found.region)}/{slug(found.name)}", found.name) for found in departements()}


def place_values(place: Place) -> tuple[Value, ...]:
    """A place at each of its levels, the widest first; under its département the intercommunality stands beside the commune."""
    if place.kind in ("online", "hybrid"):
        online = Value("en-ligne", gettext_noop("En ligne"))
        return (online,) if place.kind == "online" else (online, Value("en-ligne/hybride", gettext_noop("Sur place et en ligne")))
    if place.kind == "ambiguous":
        return (Value("ambigu", gettext_noop("Lieu ambigu")),)
    if place.kind == "abroad":
        return (Value("hors-de-france", gettext_noop("Hors de France")),)
    area = _path([place.region, place.departement])
    around = _path([place.region, place.departement, place.epci])[len(area) :]
    return (*area, *around, *_path([place.region, place.departement, place.commune])[len(area) :])


def _path(names: Iterable[str | None]) -> tuple[Value, ...]:
    """Each name under the one before it."""
    levels = [name for name in names if name]
    slugs = [slug(name) for name in levels]
    return tuple(Value("/".join(slugs[: depth + 1]), name) for depth, name in enumerate(levels))


def canonical(wanted: str, keys: set[str]) -> tuple[str, ...]:
    """The keys that a person means by `wanted`: the key itself, or the name of a value at any level ("Noyon").

    A name that nothing has stays as a key that counts zero, so that it remains visible and can be removed.
    """
    if wanted in keys:
        return (wanted,)
    wanted_slug = slug(wanted)
    return tuple(sorted(key for key in keys if key.rsplit("/", 1)[-1] == wanted_slug)) or (wanted,)
