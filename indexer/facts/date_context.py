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
    r"|donnees|chiffres|recensements?|attentats?|crises?|pandemie|confinement|emeutes|election"
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
_ASIDE = re.compile(r"\bnee?s?\s*$|\bappels? a (?:projets?|manifestations?|candidatures?|contributions?)\b[^.;:]{0,60}$")
_MOVED_TO = re.compile(r"\b(?:report|avanc|decal|repouss|fix|prev|deplac)\w*[^,;:()]{0,25}$")
"""A day behind "au" is when things are counted ("au 1er janvier, le quartier comptait"), unless something is moved to it."""
_AFTER_STREET = re.compile(rf"\b{_STREET}\s+(?:du|de la|des|le)?\s*$")
_PAGES = re.compile(r"^\W{0,3}(?:p|pp|vol|n°|no)\b\.?\s*\d")
_OF_A_LAW = re.compile(rf"\b(?:{_LAW})\b[^.;:]{{0,90}}$")

_DEADLINE = re.compile(
    r"\b(?:avant|d'ici|plus tard)\s*:?\s*$"
    r"|\b(?:date limite|cloture|comptes?[- ]rendus?|publication|parution|mise en ligne)\b[^.;\n]{0,40}$"
    r"|\b(?:(?:a la|faisant) suite|dans le prolongement|dans la continuite)\b[^.;:,\n\d]{0,40}$"
    r"|\b(?:initialement|au lieu)\b[^.;:,\n\d]{0,20}$"
    r"|\b(?:inscri|candidat|depo|repon)\w*[^.;,\n]{0,40}\bjusqu'?\s*$"
)
_PUBLISHED = re.compile(r"\b(?:modifiee?|mise? a jour|mise? en ligne|publiee?|parue?|consultee?)s?\s+(?:le\s*)?:?\s*$")
_OF_THIS_LAW = re.compile(r"\b(?:lois?|decrets?|circulaires?|arretes?|ordonnances?|instructions?)\b[^.;:,\n]{0,60}$")
_PLANNED, _PUT_OFF = re.compile(r"\bprevue?s?\s*$"), re.compile(r"[^.;\n\d]{0,40}\breport")
_TO_COME = re.compile(
    r"\b(?:a (?:preciser|venir|definir|determiner|confirmer|fixer|programmer)|prochainement|bientot|ulterieurement|en attente"
    r"|en cours de (?:programmation|definition)|reportee?s?|annulee?s?|inconnue?s?"
    r"|non (?:communiquee?|precisee?|connue?|definie?)s?)\b"
    r"|^\W*(?:nc|n\.c\.|n/a|s\.d\.|sans date|neant)\W*$"
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
    if _AFTER_STREET.search(before) or _BARRED.search(before) or _ASIDE.search(before) or _PAGES.match(after):
        return False
    if words.startswith(("du ", "de ", "des ")):
        nouns = list(_NOUN.finditer(before[-120:]))
        if not (marked and " au " in words) and (not nouns or nouns[-1]["law"]):
            return False
    elif not marked and (_OF_A_LAW.search(before) or (words.startswith("au ") and not _MOVED_TO.search(before))):
        return False
    return marked or _EVENT_WORD.search(f"{before} {words} {after}") is not None


def is_aside(folded: str, start: int, end: int) -> bool:
    """Whether the date at [start, end) of a date field, given folded, is no event's: a deadline, a law's, a publication's."""
    before, words = folded[max(0, start - _WINDOW) : start], folded[start:end]
    if _DEADLINE.search(before) or _PUBLISHED.search(before):
        return True
    if _PLANNED.search(before) and _PUT_OFF.match(folded[end : end + _WINDOW]):
        return True
    return words.startswith("du ") and " au " not in words and _OF_THIS_LAW.search(before) is not None


def is_to_come(folded: str) -> bool:
    """Whether a date field, given folded, says that its date is not known, or nothing at all."""
    return _TO_COME.search(folded) is not None or not re.search(r"[a-z\d]", folded)
