"""What a place field says of being online: purely, or beside a place."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.facts.place_words import trim
from indexer.facts.plain import plain

_NOT = r"(?<!pas de )(?<!sans )(?<!salle de )(?<!salle )"
_TOOLS = (
    r"zoom|(?:microsoft |ms )?teams|google meet|jitsi(?: meet)?|livestorm|youtube|facebook(?: live)?|linkedin live"
    r"|bigbluebutton|bbb|skype|webex|gotomeeting|starleaf|whereby|tixeo"
)
_ONLINE = re.compile(
    r"(?:\b(?:en|par|sur|via|a la|au|format|mode|ou|lien|totalement|entierement|uniquement|100 ?%)\s+)*"
    rf"(?:{_NOT}\bvisio(?:[- ]?(?:conf(?:erences?)?|reunions?)s?)?\b|\ben ligne\b|\bon-?line\b|\ba distance\b"
    r"|\b(?:en )?distan[ct]iel(?:le)?\b|\bweb[- ]?(?:inaires?|binaires?|conf(?:erences?)?|seminaires?|cafes?|ateliers?)\b"
    r"|\bwebinars?\b|\bvirtuel(?:le|lement)?\b|\b(?:sur )?(?<!l')internet\b|\b(?:video|audio)-?conf(?:erence)?s?\b"
    r"|\b(?:live[- ]?)?streaming\b|\be-(?:learning|reunion|conference|rencontre|seminaire)s?\b|\bconference telephonique\b"
    r"|\bpar telephone\b"
    rf"|\b(?:plateforme |application |outil |lien |reunion |classe )?(?:{_TOOLS})\b)"
)
_HYBRID = re.compile(
    r"\b(?:en |format |mode )*(?:hybride|bi-?modale?|co-?modale?)\b|\b(?:format|mode) mixte\b"
    r"|\bphygitale?\b"
)
_ON_SITE = re.compile(r"\b(?:(?:en |au |format )*presentiel(?:le)?|en presence|sur place|sur site|en salle)\b")
_MEETING = re.compile(
    r"(?:zoom\.us|teams\.(?:microsoft|live)|meet\.google|meet\.jit\.si|livestorm|webex|gotomeeting|youtu\.?be|bbb|visio)",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+|\b\S{1,60}@\S{1,60}\.\w{2,6}\b")


class Presence(NamedTuple):
    """`rest` is what is said besides; `online` and `hybrid` are the words that say so, "" when none do."""

    rest: str
    online: str
    hybrid: str


def take_online(text: str) -> Presence:
    """What a place field says besides being online, and the words that say it is."""
    meeting = next((url.group() for url in _URL.finditer(text) if _MEETING.search(url.group())), "")
    text = _URL.sub(" ", text)
    folded = plain(text)
    found = {pattern: list(pattern.finditer(folded)) for pattern in (_ONLINE, _HYBRID, _ON_SITE)}
    rest = list(text)
    for match in (match for matches in found.values() for match in matches):
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    words = [[text[match.start() : match.end()].strip() for match in found[pattern]] for pattern in (_ONLINE, _HYBRID, _ON_SITE)]
    online = [*words[0], meeting][0]
    both = words[1] or ([f"{words[2][0]} / {online}"] if words[2] and online else [])
    said = any(words) or meeting
    return Presence(trim("".join(rest)) if said else text.strip(), online, both[0] if both else "")
