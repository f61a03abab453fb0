"""The words by which a body, a person or a mere description is known in a list of organisers and partners."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from indexer.facts.plain import plain

Kind = Literal["body", "name", "person", "role", "people", "place", "aside", "rest"]
"""`name` begins with a capital only; `aside` describes the body before it; `rest` goes on with what stands before it."""

_HEADS = frozenset(
    """
    academie administration agence amicale antenne assemblee association assurance atelier bailleur banque bibliotheque bourse
    bureau cabinet caisse centre cercle chambre collectif comite commissariat communaute compagnie confederation conseil
    conservatoire consortium cooperative coordination cour delegation departement direction ecole eglise entreprise epicerie
    equipe espace etablissement etat fabrique federation fondation foyer france groupe groupement hopital inspection
    institut laboratoire ligue lycee mairie maison mediatheque metropole ministere mission mouvement musee mutualite mutuelle
    observatoire office ordre organisme parquet planning plateforme plate-forme pole prefecture protection rectorat regie
    region reseau residence secours secretariat sous-prefecture syndicat theatre tribunal union universite
    """.split()
)
_WEAK_HEADS = frozenset("amis cite club college commune crous education gendarmerie pays police service societe ville".split())
"""Bodies only with a complement or a capital: "la ville de Creil", not "le logement et la ville"."""
_ARTICLE = re.compile(
    r"(?:l'|(?:les?|la|une?)\s+|des\s+(?=elue?s|habitant|benevole|professionnel|partenaire|acteur|intervenant|jeunes|parents))"
)
_OF = re.compile(r"(?:de\s+l'|de\s+la\s+|d'|du\s+|des?\s+)")
_COMPLEMENT = re.compile(r"\S+\s+(?:sociale?s?\s+|municipale\s+|nationale\s+)?(?:de|du|des)\b|\S+\s+(?:\w+\s+)?d'")
_ACRONYM = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9]+(?![a-zà-ÿ])")
_PERSON = re.compile(r"(?:MM?|Mmes?|Mlles?|Dr|Pr|Me)\.?\s|[Mm](?:onsieur|essieurs|adame|esdames)\s|Docteure?\s|Maître\s")
_ROLE = re.compile(
    r"(?:(?:vice|co|ex|enseignante?)-?)?(?:sociologue|economiste|geographe|urbaniste|paysagiste|architecte|historien|anthropologue"
    r"|ethnologue|politiste|politologue|philosophe|psychologue|psychiatre|psychanalyste|medecin\b|juriste|avocat|magistrat|chercheu"
    r"|enseignant|professeur|maitre(?:sse)? de conf|docteure? en|doctorant|consultant|format(?:eur|rice)|animat(?:eur|rice)"
    r"|journaliste|aut(?:eur|rice)|ecrivain|realisat(?:eur|rice)|photographe|comedien|maires?\b|adjointe?s?\b|elue?s?\b|conseillere?"
    r"|depute|senat(?:eur|rice)|presidente?s?\b|direct(?:eur|rice)|responsable|chargee?s? d|chef(?:fe)?s? d|coordinat(?:eur|rice)"
    r"|coordonnat(?:eur|rice)|deleguee?s?\b|secretaire|expert|ingenieur|ministre\b|procureur|commissaire\b|referente?s?\b"
    r"|fondat(?:eur|rice)|membre|ancien(?:ne)? )"
)
_PEOPLE = re.compile(
    r"(?:etc|autres?|divers|nombreu|plusieurs|tou(?:te)?s |l'ensemble|ensemble d|habitant|benevole|partenaire|professionnel"
    r"|agents?\b|acteur|familles?\b|jeunes\b|participant|intervenant|personne|parents?\b|eleves?\b|usager|citoyen|riverain|locataire"
    r"|a (?:definir|confirmer|preciser|venir)|en cours|neant\b|aucun|n\.?[cr]\.?$)"
)
_ASIDE = re.compile(
    r"centres? de ressources|opera(?:teur|trice)|organisme |bailleur social\b|bureau d'etudes|association (?:loi|d'|de )"
    r"|societe d|chef(?:fe)? de file|pilote|porteu|mandataire|prestataire|structure "
)
_PLACE = re.compile(r"(?:a\s+)?(?:\d|[^\W\d][^(),]*\((?:\d{2,3}|2[ab])\)$|(?:bp|cs|cedex)\s*\d)")


class Start(NamedTuple):
    """How a piece of a value begins."""

    kind: Kind
    article: bool
    plural: bool


@lru_cache(maxsize=2_000)
def start_of(piece: str) -> Start:
    """What a piece (in normal form NFC) says by its first words."""
    bare, folded = without_article(piece), plain(without_article(piece))
    article = len(bare) < len(piece.strip())
    word = re.match(r"[\w-]*", folded)
    plural = bare[:1].islower() and bool(word and word.group()[-1:] in "sx" and word.group() not in _HEADS | _WEAK_HEADS)
    return Start(_kind(bare, folded, article), article, plural)


def without_article(piece: str) -> str:
    """A piece without its leading article, unless this may belong to a proper name ("La Sauvegarde", "L’Escale")."""
    piece = piece.strip()
    match = _ARTICLE.match(plain(piece))
    if not match:
        return piece
    rest = piece[match.end() :]
    return piece if piece[0].isupper() and not (is_body(rest) or _kind(rest, plain(rest), True) in ("people", "role")) else rest


def without_preposition(piece: str) -> str:
    """A piece without the "de", "du", "de la" that ties it to the label."""
    match = _OF.match(plain(piece))
    return piece[match.end() :] if match else piece


def is_body(bare: str) -> bool:
    """Whether words begin with an acronym or with the noun of a body."""
    if _ACRONYM.match(bare):
        return True
    match = re.match(r"[\w-]+", plain(bare))
    word = match.group() if match else ""
    forms = {word, word.removesuffix("s"), word.removesuffix("x")}
    weak = bool(forms & _WEAK_HEADS) and bool(_COMPLEMENT.match(plain(bare)) or re.match(r"[A-ZÀ-Ý]\S+\s+\w", bare))
    return weak or bool(forms & _HEADS)


def _kind(bare: str, folded: str, article: bool) -> Kind:
    if not re.search(r"\w", folded) or _PEOPLE.match(folded):
        return "people"
    if _PERSON.match(bare) or any(_ROLE.match(said) for said in re.findall(r"\(([^()]*)", folded)):
        return "person"
    if _ROLE.match(folded):
        return "role"
    if _PLACE.match(folded) and not is_body(bare):
        return "place"
    if not article and bare[0].islower() and _ASIDE.match(folded):
        return "aside"
    if is_body(bare):
        return "body"
    return "name" if bare[0].isupper() and not _OF.match(folded) else "rest"
