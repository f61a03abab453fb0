"""Which dates of running prose are an event's: not those of laws, publications, deadlines or streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WINDOW = 300
"""Characters on each side of a date that are looked at."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“\"(])|\n+")

_LAW = (
    r"lois?|decrets?|circulaires?|arretes?|ordonnances?|instructions?|directives?|deliberations?|jugements?|jurisprudences?"
    r"|notes?|decisions?|avenants?|conventions?|accords?|protocoles?|articles?|codes?|constitution|declarations?|chartes?"
    r"|traites?|communiques?|journal officiel|jorf|rapports?|avis|courriers?|lettres?|mails?|courriels?|etudes?|enquetes?"
    r"|donnees|chiffres|recensements?"
)
_NOT_AN_EVENT = (
    r"(?:modifie|mise? a jour|mise? en ligne|publie|paru|diffuse|consulte|edite|imprime|datee|signe|adopte|vote|promulgue"
    r"|abroge|decede|cree|fonde|depose|approuve|valide|conclu|transmis|recu|redige|version|vigueur|compter|depuis|avant|jusqu"
    r"|limite|tard|cloture|delai|echeance|inscri\w+|candidatures?|reponses?|isbn|issn|vol|pp)(?:e?s?)"
)
_STREET = (
    r"(?:rue|place|avenue|av|boulevard|bd|square|quai|cours|allee|esplanade|impasse|passage|stade|ecole|college|lycee|cite|salle)"
)
_EVENT = (
    r"rencontres?|reunions?|journees?|demi-journees?|matinees?|soirees?|ateliers?|seminaires?|colloques?|webinaires?|formations?"
    r"|conferences?|visites?|comites?|rendez-vous|forums?|assises|seances?|sessions?|debats?|tables? rondes?|cafes?"
    r"|petits?-dejeuners?"
    r"|festivals?|fetes?|expositions?|spectacles?|projections?|assemblees?|inaugurations?|temps forts?|evenements?|voyages?"
    r"|stages?|salons?|marches? exploratoires?|balades?|congres|plenieres?|regroupements?|cycles?|parcours|edition"
)
_HAPPENING = (
    r"tiendra|tiendront|tient|tenait|tenue?s?|lieu|deroul\w+|organis\w+|reuni\w*|accueill\w+|accueil|invit\w+|particip\w+|programm\w+"
    r"|retrouv\w+|anim\w+|rassembl\w+|donn\w+ rendez|rendez|convi\w+|propos\w+|prochain\w*|dernier\w*"
)
_EVENT_WORD = re.compile(rf"\b(?:{_EVENT}|{_HAPPENING})\b")
_NOUN = re.compile(rf"\b(?:(?P<law>{_LAW})|(?P<event>{_EVENT}))\b")
_BARRED = re.compile(rf"\b{_NOT_AN_EVENT}\b(?:[^,;:()]{{0,25}})$")
_AFTER_STREET = re.compile(rf"\b{_STREET}\s+(?:du|de la|des|le)?\s*$")
_PAGES = re.compile(r"^\W{0,3}(?:p|pp|vol|n°|no)\b\.?\s*\d")
_OF_A_LAW = re.compile(rf"\b(?:{_LAW})\b[^.;:]{{0,90}}$")

_DEADLINE = re.compile(
    r"\b(?:avant|d'ici|plus tard)\s*:?\s*$"
    r"|\b(?:date limite|cloture|comptes?[- ]rendus?|publication|parution|mise en ligne)\b[^.;\n]{0,40}$"
    r"|\b(?:inscri|candidat|depo|repon)\w*[^.;,\n]{0,40}\bjusqu'?\s*$"
)


def sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text (a date's abbreviation, "sept. 2019", ends none)."""
    return (part for part in _SENTENCE.split(text) if part.strip())


def reads_as_event(folded: str, start: int, end: int, *, marked: bool) -> bool:
    """Whether the date at [start, end) of a sentence, given folded by `plain`, is an event's.

    `marked`: it has a weekday, hours, a list or a range, as event dates have; another needs a word of meeting in its sentence.
    """
    before, after = folded[max(0, start - _WINDOW) : start].rstrip(" ("), folded[end : end + _WINDOW]
    words = folded[start:end]
    if _AFTER_STREET.search(before) or _BARRED.search(before) or _PAGES.match(after):
        return False
    if words.startswith(("du ", "de ", "des ")):
        nouns = list(_NOUN.finditer(before[-120:]))
        if not (marked and " au " in words) and (not nouns or nouns[-1]["law"]):
            return False
    elif not marked and _OF_A_LAW.search(before):
        return False
    return marked or _EVENT_WORD.search(f"{before} {words} {after}") is not None


def is_deadline(folded: str, start: int) -> bool:
    """Whether the date at `start` of a date field, given folded, is one to sign up, answer or publish by, not an event's."""
    return _DEADLINE.search(folded[max(0, start - _WINDOW) : start]) is not None
