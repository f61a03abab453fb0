"""The labels under which pages give their facts ("Dates :", "Où ?", "Organisé par"…): one vocabulary for every form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from indexer.analysis import fold

Label = Literal["dates", "calendar", "places", "organisers", "structure", "tags", "files", "source", "links", "other"]
"""What a label announces. "other" are facts without a field of their own (contact, participants): they stay in the text."""

_S = r"(?:\(s\)|s)?"
_VOCABULARY: dict[Label, str] = {
    "dates": rf"dates?|date{_S}|quand|date de debut"
    rf"|date{_S}(?: et (?:heure|horaire|lieu){_S})?(?: de (?:l[’']evenement|la rencontre))?",
    "calendar": r"calendrier",
    "places": rf"ou|lieu(?:x|\(x\))?|adresse{_S}|lieu de (?:l[’']evenement|la rencontre)|ou ca se passe",
    "organisers": rf"organis(?:e|ee|ees|es|e\(e\)) par|organisateur{_S}|organisatrice{_S}|propose(?:e|s|es)? par",
    "structure": rf"structure{_S}(?: porteuse{_S})?",
    "tags": rf"(?:thematique|theme|mot{_S}[- ]cle|mot[- ]clef|tag|etiquette){_S}(?: associee?{_S})?",
    "files": rf"(?:fichier|document|piece){_S} (?:joint|attache|a telecharger){_S}|pieces? jointes?|pieces?\(s\) jointes?\(s\)"
    rf"|telechargements?|documents? a telecharger|a telecharger",
    "source": r"url(?: de la)? source",
    "links": r"liens?|liens utiles",
    "other": rf"avec la participation de|intervenant{_S}|partenaires?|partenaire{_S}|contact{_S}|public{_S}|pour qui"
    r"|renseignements?|inscriptions?|tarifs?|horaires?|heures?|telephone|courriel|e-?mail|site(?: internet| web)?",
}
_PATTERNS: list[tuple[Label, re.Pattern[str]]] = [(label, re.compile(words)) for label, words in _VOCABULARY.items()]
_PHRASES = re.compile(r"(?:organis|propos)\w*(?:\(e\))? par|avec la participation de")
_SEPARATOR = re.compile(r"\s*[?:]")
_LONGEST = 50
_DECORATION = " \t*_#•–—-"


@lru_cache(maxsize=4096)
def label_of(words: str) -> Label | None:
    """The label that these words are, whole ("Où ?", "**Lieu :**", "Organisé par"); None when they say anything else."""
    if len(words) > _LONGEST:
        return None
    plain = re.sub(r"[\s?:]+$", "", fold(words).strip(_DECORATION)).strip(_DECORATION)
    plain = re.sub(r"\s+", " ", plain)
    return next((label for label, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


def split_label(line: str) -> tuple[Label, str, str] | None:
    """(label, the label's words, the value) of "Lieu : Lille" or of a label that stands alone; None for any other line.

    Without a colon or question mark, only phrases such as "Organisé par" introduce a value.
    """
    separator = _SEPARATOR.search(line, 0, _LONGEST + 12)
    if separator is None:
        alone = label_of(line)
        return (alone, line.strip(_DECORATION), "") if alone else None
    words, value = line[: separator.start()], line[separator.end() :].lstrip(" :*_\t").strip()
    label = label_of(words)
    if label is None or (separator.group().endswith("?") and "?" in value):
        return None
    return label, words.strip(_DECORATION) + (" ?" if separator.group().endswith("?") else ""), value


def introduces(words: str) -> bool:
    """Whether these words of a label introduce a value without a colon, as "Organisé par" does and "Date" does not."""
    return _PHRASES.fullmatch(fold(words).strip()) is not None
