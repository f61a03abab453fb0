"""What kind of page is it? Decided by its address and by the words that reports and announcements use."""

from __future__ import annotations

import re

from indexer.analysis import fold
from indexer.model import Page, PageType

_REPORT = re.compile(
    r"\bretour sur\b|\bs(?:’|')(?:est|etait|sont) (?:tenue?s?|deroulee?s?|reunie?s?|achevee?s?)\b"
    r"|\b(?:a|ont) (?:reuni|rassemble|accueilli|permis)\b"
    r"|\bont pu\b|\bcompte rendu\b|\betaient (?:presents|reunis)\b|\bparticipants ont\b"
)
_ANNOUNCEMENT = re.compile(
    r"\binscri(?:ption|vez|re)|\baura lieu\b|\bauront lieu\b|\bse tiendra\b|\bse deroulera\b|\bvous invite|\ba vos agendas\b"
    r"|\bprogramme previsionnel\b|\bavant le \d|\bnombre de places\b|\brendez-vous le\b|\bprochain(?:e|s|es)?\b"
)
_STRUCTURE = re.compile(r"/propos-de-|/qui-sommes-nous|/annuaire|/structures?/")
_NEWS = re.compile(r"/actualites?(?:-\d+)?/")


def page_type(page: Page, title: str, dated: bool) -> PageType:
    """The type of a page: an institution or a news item by its address, else a report or an announcement by its words."""
    addresses = " ".join(page.addresses)
    if _STRUCTURE.search(addresses):
        return "structure"
    if fold(title).startswith("retour sur"):
        return "retour"
    if _NEWS.search(addresses):
        return "actualite"
    words = fold(f"{title}\n{page.text}")
    reports, announces = len(_REPORT.findall(words)), len(_ANNOUNCEMENT.findall(words))
    if not dated and not page.dates:
        return "ressource"
    return "retour" if reports > announces else "annonce"
