"""The words of place fields: what is online, what is abroad, what is a venue rather than a town, how a town is written."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from indexer.facts.plain import plain

_ONLINE = re.compile(
    r"(?:\b(?:en|par|sur|via|a la|au|format|mode|ou|lien)\s+)*"
    r"(?:\bvisio(?:[- ]?(?:conf(?:erence)?|reunion)s?)?\b|\ben ligne\b|\bon-?line\b|\ba distance\b|\b(?:en )?distanciel(?:le)?\b"
    r"|\bweb[- ]?(?:inaires?|binaires?|conferences?)\b|\bwebinars?\b|\bvirtuel(?:le|lement)?\b|\b(?:sur )?internet\b"
    r"|\b(?:zoom|(?:microsoft )?teams|google meet|jitsi|livestorm|youtube|bigbluebutton|skype)\b)"
)
_MODES = re.compile(r"\b(?:(?:en |format )?(?:mode )?hybride|(?:en )?presentiel(?:le)?|sur place)\b")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_EDGES = re.compile(
    r"^(?:\s|[,;:/()+&._–-]|\b(?:et|ou|puis|ainsi que)\b)+|(?:\s|[,;:/(+&._–-]|\b(?:et|ou|puis|ainsi qu'|simultanement)\b)+$"
)
_FRENCH_TERRITORIES = frozenset(["FR", "GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"])
_OTHER_NAMES = ("angleterre", "ecosse", "pays de galles", "hollande", "republique tcheque", "grande-bretagne", "usa", "palestine")
_FOREIGN_CODE = re.compile(r"(?<![\w-])(?!F-)[A-Z]{1,3}-\d{4,5}(?!\d)")
_IN_COUNTRY = re.compile(r"^(?:en|au|aux|a|la|le|les|l')\s*")
_SMALL = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "lès", "lez", "sur", "sous", "en", "et", "aux", "au", "à", "près", "lès-"]
)
_VENUES = frozenset(
    """
    salle salles centre maison maisons mairie hotel espace theatre cinema campus universite ecole lycee college
    mediatheque bibliotheque institut siege locaux association conseil communaute agglomeration metropole prefecture
    region departement quartier cite residence pole batiment parc palais stade gymnase foyer auditorium amphitheatre
    halle ferme tiers-lieu rue place avenue boulevard quai allee chemin route impasse square cours esplanade cafe
    restaurant musee chateau abbaye eglise port gare zone immeuble etage porte amphi plateau hall accueil rendez-vous
    point lieu adresse date contact organisme local a chez devant plusieurs differents villes communes territoire
    territoires ville commune france fabrique atelier ateliers bureau bureaux
    """.split()
)


def take_online(text: str) -> tuple[str, str]:
    """What a place field says besides being online, and the words that say it is online ("" when none do)."""
    text = _URL.sub(" ", text)
    folded = plain(text)
    said = [match for pattern in (_ONLINE, _MODES) for match in pattern.finditer(folded)]
    rest = list(text)
    for match in said:
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    online = [match for match in said if _ONLINE.fullmatch(match.group()) or "hybride" in match.group()]
    words = text[online[0].start() : online[0].end()].strip() if online else ""
    return trim("".join(rest)) if said else text.strip(), words


def trim(text: str) -> str:
    """`text` without the punctuation and small words at its ends, empty brackets away."""
    text = re.sub(r"\(\s*\)", " ", " ".join(text.split()))
    while (match := _EDGES.search(plain(text))) and match.end() > match.start():
        text = text[: match.start()] + text[match.end() :]
    return text.strip()


def is_abroad(text: str) -> bool:
    """Whether an address has a foreign postal code ("D-77694") or names a country apart ("…, ALLEMAGNE", "en Belgique")."""
    if _FOREIGN_CODE.search(text):
        return True
    segments = (segment.strip(" .") for segment in re.split(r"[,;()/\[\]]|\s[-–_]\s", plain(text)))
    return any(segment in _countries() or _IN_COUNTRY.sub("", segment) in _countries() for segment in segments)


@cache
def _countries() -> frozenset[str]:
    """The French names of the countries of the world but France, from Babel's locale data."""
    names = Locale("fr").territories
    others = (name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _FRENCH_TERRITORIES)
    return frozenset(plain(name) for name in others) | frozenset(_OTHER_NAMES)


def reads_as_town(name: str) -> bool:
    """Whether words not in the table look like a commune's name: capitals, small links, no digits, no venue."""
    words = re.findall(r"[^\s'’-]+", name)
    if not words or len(words) > 7 or plain(words[0]) in _VENUES or any(character.isdigit() for character in name):
        return False
    return words[0][0].isupper() and all(word[0].isupper() or word.lower() in _SMALL for word in words)


def town_case(name: str) -> str:
    """A commune's name in capitals as it is usually written ("GRANDVAL-LEZ-ESCAUT" → "Grandval-lez-Escaut")."""
    if not name.isupper():
        return name
    parts = re.split(r"([\s'’-]+)", name.lower())
    return "".join(part if at and part in _SMALL else part.capitalize() for at, part in enumerate(parts))
