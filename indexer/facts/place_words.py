"""The words of place fields: what misleads in them, what is a venue rather than a town, how a town is written."""

from __future__ import annotations

import re

from indexer.facts.plain import plain

_EDGES = re.compile(r"^(?:[^\w(]|\b(?:et|ou|puis|ainsi que)\b)+|(?:[^\w)]|\b(?:et|ou|puis|ainsi que?|simultanement)\b)+$")
_EMPTY = re.compile(r"\(\s*\)")
_CEDEX = re.compile(r"\bcedex(?:\s+\d{1,2}\b(?!\s?\d))?", re.IGNORECASE)
_MONTHS = (
    r"janv(?:ier|\.)?|f[ée]v(?:rier|r\.?|\.)?|mars|avr(?:il|\.)|mai|juin|juil(?:let|\.)?|ao[uû]t|sept(?:embre|\.)?"
    r"|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?"
)
_WHEN = re.compile(
    r"(?:\b(?:le|les|du)\s+)?(?:\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
    rf"\b\d{{1,2}}(?:er)?(?:\s*(?:,|et|au|-)\s*\d{{1,2}}(?:er)?)*\s+(?:{_MONTHS})(?!\w)(?:\s+20\d\d\b)?"
    r"|(?:\b(?:de|à|a|dès|partir de)\s+)?\b\d{1,2}\s?[hH](?:\d\d)?(?:\s?(?:à|-|–|au)\s?\d{1,2}\s?[hH](?:\d\d)?)?(?!\w)"
    r"|\b[0-3]?\d/(?:0?\d|1[0-2])/(?:20)?\d\d\b",
    re.IGNORECASE,
)
_SPELLED = (
    (re.compile(r"</?[a-zA-Z][^<>]{0,80}>"), " "),
    (re.compile(r"[\[{]"), "("),
    (re.compile(r"[\]}]"), ")"),
    (re.compile(r"\bs(?:s\.?\s|\s?/\s?)(?=bois\b)", re.IGNORECASE), "sous "),
    (re.compile(r"\b[sS]\s?/\s?[sS]\b[.\s-]*(?=[A-Za-zÀ-ÿ])"), "sous "),
    (re.compile(r"\b[sS]\s?/\s?(?=[A-Za-zÀ-ÿ]{3})"), "sur "),
    (re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}\s?(?:[.)]|/(?=\s))-?\s+(?=[A-ZÀ-Ý])"), "; "),
    (re.compile(r"[→➔⇒]|->|=>"), ";"),
)
_SMALL = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "lès", "lez", "sur", "sous", "en", "et", "aux", "au", "à", "près", "lès-"]
)
_STREETS = frozenset("rue avenue av place boulevard bd bld quai route allee allees chemin impasse square cours faubourg".split())
_VENUES = _STREETS | frozenset(
    """
    salle salles centre maison maisons mairie hotel espace theatre cinema campus universite ecole lycee college
    mediatheque bibliotheque institut siege locaux prefecture residence pole batiment parc palais stade gymnase foyer
    auditorium amphitheatre halle ferme tiers-lieu esplanade cafe restaurant musee chateau abbaye eglise port gare zone
    immeuble amphi hall fabrique atelier ateliers bureau bureaux complexe cite
    """.split()
)
_NOT_TOWNS = _VENUES | frozenset(
    """
    association conseil communaute agglomeration metropole region departement quartier etage porte plateau accueil
    rendez-vous point lieu adresse date contact organisme local a chez devant plusieurs differents villes communes
    territoire territoires ville commune france
    """.split()
)


def spell_out(text: str) -> str:
    """`text` with what misleads away or written out: "s/ Mer", square brackets, numbers of a list, days and hours."""
    for pattern, plainly in _SPELLED:
        text = pattern.sub(plainly, text)
    return _WHEN.sub(" ", text)


def trim(text: str) -> str:
    """`text` without the punctuation and small words at its ends, empty brackets and "Cedex" away."""
    text = _EMPTY.sub(" ", _CEDEX.sub(" ", " ".join(text.split())))
    while (match := _EDGES.search(plain(text))) and match.end() > match.start():
        text = text[: match.start()] + text[match.end() :]
    return text.strip()


def is_venue(word: str) -> bool:
    """Whether a word begins the name of a venue or a street rather than a town's."""
    return plain(word) in _VENUES


def is_street(words: str) -> bool:
    """Whether words begin as a street address."""
    first = plain(words.split()[0]) if words.split() else ""
    return first[:1].isdigit() or first.rstrip(".") in _STREETS


def reads_as_town(name: str) -> bool:
    """Whether words not in the table look like a commune's name: capitals, small links, no digits, no venue."""
    words = re.findall(r"[^\s'’-]+", name)
    if not words or len(words) > 7 or plain(words[0]) in _NOT_TOWNS or any(character.isdigit() for character in name):
        return False
    return words[0][0].isupper() and all(word[0].isupper() or word.lower() in _SMALL for word in words)


def town_case(name: str) -> str:
    """A commune's name in capitals as it is usually written ("GRANDVAL-LEZ-ESCAUT" → "Grandval-lez-Escaut")."""
    if not name.isupper():
        return name
    parts = re.split(r"([\s'’-]+)", name.lower())
    return "".join(part if at and part in _SMALL else part.capitalize() for at, part in enumerate(parts))


def elided(name: str) -> str:
    """ "de" and a name ("de Lomme", "d’Évry", "du Mesnil")."""
    if name.startswith(("Le ", "Les ")):
        return f"du {name[3:]}" if name.startswith("Le ") else f"des {name[4:]}"
    return f"d’{name}" if plain(name)[:1] in "aeiouhy" else f"de {name}"
