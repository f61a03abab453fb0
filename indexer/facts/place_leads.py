"""The words that lead to a name: "à Noyon", "ville de Lens", "au Havre", "dans l’Oise", "département du Nord"."""

from __future__ import annotations

import re

from indexer.facts import geography
from indexer.facts.geography import Commune, Departement
from indexer.facts.geography_regions import Region, region_named
from indexer.facts.plain import plain

_IN = re.compile(r"^(?:(?:a|au|aux|en|dans|sur|chez|de)\s+|d')(?:la\s+commune\s+de\s+)?")
_BODIES = (
    r"villes?|communes?|mairies?(?:[- ]annexe)?|hotel de ville|centre[- ]ville|ccas|sous[- ]prefecture|prefecture"
    r"|salle des fetes|salle polyvalente|mediatheque|bibliotheque|centre social|centre culturel|centre hospitalier"
    r"|centre des congres|palais des congres|bourse du travail|cite administrative|mission locale|office de tourisme"
    r"|maison (?:de l'emploi|des associations|de quartier|des solidarites|de (?:la )?justice(?: et du droit)?|de la citoyennete)"
    r"|\w+ municipale?|mjc|quartiers?(?: prioritaires?| nord| sud| est| ouest)?|qpv|campus|iut"
)
"""What lies in the town that it is named after, with "de": a theatre or a station may be named after another one."""
_BODY = re.compile(
    rf"^(?:(?:a|au|aux|dans|en)\s+)?(?:(?:la|le|les)\s+|l')?(?:{_BODIES})"
    r"\s+(?:(?P<link>du|des|au|aux)\s+|de\s+(?:la\s+ville\s+de\s+)?|d'|a\s+)"
)
_ARTICLES = {"du": "le ", "au": "le ", "des": "les ", "aux": "les "}
_INVERTED = re.compile(r"^(?P<name>[^(,]+?)\s*[(,]\s*(?P<article>l[ae]s?|l')\s*\)?$")
_BEFORE_AREA = re.compile(
    r"^(?:(?:dans|en|a|au|sur|tout|toute)\s+)*(?:(?:la |le |l'|les )?(?:departement|dep(?:t|\.)|region|prefecture"
    r"|conseil (?:departemental|general|regional)|hotel du departement|hotel de region|territoire|ensemble)\s+)?"
    r"(?:de la |de l'|du |des |de |d'|la |le |l'|les )?"
)
_PREPOSITION = re.compile(r"^(?:dans|en|a|au|sur|tout|toute)\s+")
_OF_TOWN = re.compile(r"^(?:(?:a|dans)\s+)?(?:(?:la|le)\s+|l')?(?:ville|commune|mairie|hotel de ville)\s")


def towns(name: str, departement: str | None = None) -> list[Commune]:
    """The communes that words name, with or without what leads to the name: "à Noyon", "ville de Lens", "au Havre"."""
    for spelling in _spellings(name):
        if found := geography.communes_named(spelling, departement):
            return found
    return []


def bare_name(name: str) -> str:
    """A town's name without what leads to it ("mairie de Valmory"), as it may be said of one that is not in the tables."""
    folded = plain(name)
    body = _BODY.match(folded)
    return name[body.end() if body and _OF_TOWN.match(folded) else end_of(_IN, folded) :]


def _spellings(name: str) -> list[str]:
    folded = plain(name)
    spellings = [name]
    if inverted := _INVERTED.match(folded):
        spellings.append(f"{inverted['article']} {inverted['name']}")
    for contracted, article in (("au ", "le "), ("aux ", "les ")):
        if folded.startswith(contracted):
            spellings.append(article + name[len(contracted) :])
    if body := _BODY.match(folded):
        spellings.append(_ARTICLES.get(body["link"], "") + name[body.end() :])
    if start := end_of(_IN, folded):
        spellings.append(name[start:])
    return spellings


def departement_in(name: str) -> Departement | None:
    """The département that words name, with what leads to it ("dans l’Oise", "département du Nord")."""
    return geography.departement_named(name) or geography.departement_named(name[end_of(_BEFORE_AREA, plain(name)) :])


def region_in(name: str) -> Region | None:
    """The région that words name, with what leads to it ("région Hauts-de-France")."""
    folded = plain(name)
    starts = (0, end_of(_PREPOSITION, folded), end_of(_BEFORE_AREA, folded))
    return next((region for start in starts if (region := region_named(name[start:]))), None)


def end_of(pattern: re.Pattern[str], folded: str) -> int:
    """Where what a pattern finds at the start of words ends; 0 when it finds nothing."""
    match = pattern.match(folded)
    return match.end() if match else 0
