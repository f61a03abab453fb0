"""What kind of page is it? Told by its address, breadcrumb and title, else by the words and tenses of its text."""

from __future__ import annotations

import re

from indexer.folding import fold
from indexer.model import Page, PageType

_READ, _OPENING = 8_000, 700
"""Characters of a page that are read for its type, and those that say what it is about: words there count twice."""
_STRONG = 3
"""What a phrase counts that tells the type, beside a verb in the past or the future."""

_STRUCTURE = re.compile(
    r"/(?:a-?)?propos(?:-de-[^/]*)?/|/a propos|/qui-sommes-nous|/annuaire(?:-[^/]*)?/|/structures?/|/(?:nos-)?missions?/"
    r"|/(?:notre-|l-)?equipe/"
)
_STRUCTURE_TITLE = re.compile(r"qui sommes-nous|l’equipe\b|(?:notre|nos) (?:equipe|mission)s?\b|a propos d")
_NEWS = re.compile(r"/(?:actualites?|actus?|news|breves?)(?:-\d+)?/")
_REPORT_TITLE = re.compile(
    r"retours? (?:sur|en images)\b|(?:compte[ -]rendu|synthese|actes|bilan|restitution|echos)"
    r" (?:d[eu]s? |de la |de l’)?(?:\w+ )?(?:journee|rencontre|matinee|atelier|seminaire|webinaire|colloque|formation|reunion"
    r"|visite|assises|comite)"
)
_ANNOUNCEMENT_TITLE = re.compile(r"save the date|invitation\b|inscri(?:ption|vez)|a vos agendas|prochaine? ")

_REPORT = re.compile(
    r"\bretour sur\b|\bcompte[- ]rendu\b|\bparticipant(?:·?e)?s ont\b|\bont ete (?:presentes|abordes|evoques)|\bont pu\b"
    r"|\b(?:s’est|s’etait|se sont) (?:\w+ment )?(?:tenu|deroule|reuni|acheve|conclu|termine|retrouve)e?s?\b"
    r"|\b(?:a|ont) (?:\w+ment )?(?:reuni|rassemble|accueilli|eu lieu|participe|assiste|repondu present)\b"
    r"|\betaient (?:presents|presentes|reunis|reunies)\b"
)
_ANNOUNCEMENT = re.compile(
    r"\b(?:aura|auront) lieu\b|\bse (?:tiendra|tiendront|deroulera|derouleront|reunira|retrouvera)\b"
    r"|\bavant le \d|\bdate limite\b"
    r"|\bvous (?:invite|convie|propose|attend)|\ba vos agendas\b|\bsave the date\b|\bprogramme previsionnel\b|\brendez-vous le\b"
    r"|\binscri(?:vez-vous|ption (?:gratuite|obligatoire|en ligne|avant|jusqu))|\binscriptions? (?:ouverte|avant|jusqu|:)"
    r"|\bplaces (?:sont )?limitees\b|\bnombre de places\b|\bsera l’occasion\b|\bseront abordes\b"
)
_PAST = re.compile(
    r"\b(?:a|ont|s’est|se sont|avait|avaient|etait|etaient) (?:\w+ment |été |pu )?\w+"
    r"(?:é|ée|és|ées|i|is|ie|ies|it|u|us|ue|ues|ert)\b"
)
_FUTURE = re.compile(r"\b\w{2,}r(?:a|ont)\b|\binscri(?:ption|vez|re)|\bprochaine?s?\b")

_NEXT = re.compile(r"\bprochaine?s? (?:rencontre|réunion|séance|session|édition|date|journée|rendez-vous|atelier|étape)")


def page_type(page: Page, title: str, dated: bool) -> PageType:
    """The type of a page: an institution or a news item by where it stands, a report or an announcement by what it says.

    A report speaks of its event in the past, whatever it announces for the next one. Without a date (`dated`, or a date label)
    a page is a resource, unless its opening tells an event.
    """
    where = fold(" ".join(f"{address}/" for address in page.addresses) + "".join(f"/{crumb}/" for crumb in page.breadcrumb))
    name = _plain(title)
    if _STRUCTURE.search(where) or _STRUCTURE_TITLE.match(name):
        return "structure"
    if _REPORT_TITLE.match(name):
        return "retour"
    if _NEWS.search(where):
        return "actualite"
    if _ANNOUNCEMENT_TITLE.match(name):
        return "annonce"
    text = " ".join(f"{title}\n{page.text[:_READ]}".lower().replace("'", "’").split())
    if not (dated or page.dates) and max(_weight(text, _REPORT, _PAST), _weight(text, _ANNOUNCEMENT, _FUTURE)) < 4 * _STRONG:
        return "ressource"
    return "retour" if _reports(text) else "annonce"


def _plain(text: str) -> str:
    """Folded, one form of apostrophe and blank."""
    return " ".join(fold(text).replace("'", "’").split())


def _reports(text: str) -> bool:
    """Whether a text, or what stands in it before the mention of a next meeting, speaks of an event as past."""
    following = _NEXT.search(text)
    if following and _REPORT.search(fold(text[: following.start()])) and _reports(text[: following.start()]):
        return True
    folded = fold(text)
    if _ANNOUNCEMENT.search(folded) and not _REPORT.search(folded):
        return False
    return _weight(text, _REPORT, _PAST) > _weight(text, _ANNOUNCEMENT, _FUTURE)


def _weight(text: str, phrases: re.Pattern[str], verbs: re.Pattern[str]) -> int:
    """How much a text speaks in such phrases and verbs."""
    return sum(_STRONG * len(phrases.findall(fold(part))) + len(verbs.findall(part)) for part in (text, text[:_OPENING]))
