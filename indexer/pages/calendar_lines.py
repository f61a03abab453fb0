"""Which lines of a calendar say when the event takes place, and which are deadlines, answers and other steps around it?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.folding import fold

_FILES = (
    r"(?:d[eu]s?|l)\W(?:l\W|la )?(?:dossiers?|candidat\w*|offres?|projets?|reponses?|inscri\w*|plateforme|resultats?|appels?)"
)
_STEP = re.compile(
    r"(?:pre-?)?inscri\w+|candidat\w*|depos\w*|appel a|clotur\w*|dates? (?:limite|butoir)|limite|delai|echeance"
    r"|avant (?:le|fin)|jusqu|au plus tard|reponses?\b|resultats?\b|notification|jury|selection|instruction|audition|relance"
    rf"|(?:\w+ )?(?:depot|envoi|remise|retour|reception|examen|etude|publication|annonce|communication|ouverture"
    rf"|lancement|fin) {_FILES}"
    r"|depot\b"
)
_LATE = re.compile(r"\b(?:avant (?:le|fin)|jusqu.au|au plus tard|date limite)\b")
_LEAD = re.compile(r"^(?:\W|\b(?:le|la|les|l|du|des|de|d|un|une|a|au|aux|et|fin|debut|mi)\b)*")
_WHEN = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janv\w*|fevr\w*|mars|avril|mai|juin|juil\w*|aout|sept\w*|oct\w*|nov\w*|dec\w*"
    r"|\d+(?:er|h\d*)?|h)\b\.?"
)
_CLAUSE = re.compile(r".+?(?=$|[;,.(]\s*[^\W\d])", re.DOTALL)


def event_lines(lines: Iterable[str]) -> list[str]:
    """The lines of a calendar that give a date of the event, each without the clauses that give a deadline."""
    return [event for line in lines if (event := _event(line))]


def _event(line: str) -> str:
    """The line up to the first clause that tells of something else; empty when it begins so, or has no figure."""
    end = len(line)
    for clause in _CLAUSE.finditer(line):
        if _is_step(clause.group()):
            end = clause.start()
            break
    event = line[:end].strip(" ;,.(-–")
    return event if any(map(str.isdigit, event)) else ""


def _is_step(clause: str) -> bool:
    """Whether the first words of a clause, beside its date, are those of a deadline or another step before the event."""
    folded = fold(clause)
    if not re.search(r"\d", folded):
        return False
    words = _LEAD.sub("", _WHEN.sub(" ", folded))
    return bool(_STEP.match(words) or _LATE.search(folded))
