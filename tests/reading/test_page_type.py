"""Announcement, report, news, resource or institution?"""

from __future__ import annotations

import pytest

from indexer.facts.page_type import page_type
from indexer.model import Page

SITE = "https://www.carrefour.example"
THEME = "/thematiques/sante/une-page"


def read(text: str, title: str, address: str, dated: bool, breadcrumb: tuple[str, ...] = ()) -> str:
    return page_type(Page(text, addresses=(SITE + address,), breadcrumb=breadcrumb), title, dated)


@pytest.mark.parametrize(
    ("text", "title", "address", "dated", "expected"),
    [
        # told by the address
        ("Nos missions en quelques mots.", "L’équipe", "/propos-de-carrefour/equipe", False, "structure"),
        ("Le carrefour accompagne les équipes.", "Présentation", "/a-propos/presentation", False, "structure"),
        ("Un service de la ville.", "Atelier santé ville de Creil", "/structures/atelier-sante-ville/", False, "structure"),
        ("Un service.", "Mission locale du bassin", "/annuaire/mission-locale", False, "structure"),
        ("Un service.", "Nous", "/qui-sommes-nous", True, "structure"),
        ("Le décret est paru.", "Un décret paraît", "/actualites-0/un-decret", False, "actualite"),
        ("Le plan est annoncé.", "Le plan", "/actualites/le-plan", True, "actualite"),
        ("Le décret est paru.", "Un décret", "/actus/un-decret", False, "actualite"),
        # told by the title
        ("Texte", "Retour sur la journée", "/actualites-0/x", True, "retour"),
        ("Texte", "Retour sur… Les clauses", THEME, True, "retour"),
        ("Texte", "Compte-rendu de la rencontre du 3 mai", THEME, True, "retour"),
        ("Texte", "Synthèse de la journée « Santé »", THEME, False, "retour"),
        ("Texte", "Synthèse des connaissances sur le sommeil", THEME, False, "ressource"),
        ("Le bilan tient en dix pages.", "Bilan des contrats", THEME, False, "ressource"),
        ("Texte", "Save the date : la journée du réseau", THEME, True, "annonce"),
        ("Texte", "Inscription à la journée", THEME, True, "annonce"),
        ("Le pôle accompagne les villes.", "Qui sommes-nous ?", "/node/4", False, "structure"),
        ("Le pôle accompagne les villes.", "Notre mission habitat", "/node/57", False, "structure"),
        # told by the words
        ("Inscription avant le 3 mai. La journée se tiendra à Valmory.", "Journée", THEME, True, "annonce"),
        ("La rencontre aura lieu à Creil. Au programme : trois ateliers.", "Rencontre", THEME, True, "annonce"),
        ("Le réseau vous convie à une matinée. Elle permettra de faire le point.", "Matinée", THEME, True, "annonce"),
        ("Trois ateliers, de 9h à 12h. Inscrivez-vous en ligne, places limitées.", "Cycle", THEME, True, "annonce"),
        ("Un webinaire pour découvrir la méthode.", "Webinaire", THEME, True, "annonce"),
        ("La rencontre s’est tenue à Valmory. Les échanges ont permis…", "Rencontre", THEME, True, "retour"),
        ("La matinée a réuni quarante personnes. Deux villes ont raconté.", "Matinée", THEME, True, "retour"),
        ("C'est à Creil que s'est tenue la rencontre. Les participants ont pu échanger.", "Réseau", THEME, True, "retour"),
        ("Ils étaient trente à la visite. Ils ont parcouru le quartier, ont vu le gardien.", "Visite", THEME, True, "retour"),
        ("La journée s’est achevée par une visite. Le groupe a apprécié l’accueil.", "Journée", THEME, True, "retour"),
        # a report remains one when it announces the next meeting, and the reverse
        ("La rencontre s’est tenue à Creil et a réuni vingt personnes. Chacun a pu présenter son projet. La prochaine rencontre"
         " aura lieu en mai ; inscription en ligne avant le 3 avril.", "Rencontre du réseau", THEME, True, "retour"),
        ("La réunion a eu lieu, les élus ont répondu. Prochaine réunion le 4 juin, inscription ouverte.", "Élus", THEME, True,
         "retour"),
        ("Après une première journée qui a réuni cent personnes, le réseau vous invite à la seconde : elle se tiendra à Creil"
         " et sera l’occasion de travailler en ateliers. Inscription obligatoire.", "Deuxième journée", THEME, True, "annonce"),
        ("Onze affrontements ont été recensés, deux jeunes ont été blessés, des parents ont alerté la ville. La journée aura lieu"
         " à Creil.", "Prévenir les rixes", THEME, True, "annonce"),
        # without a date
        ("Un guide à télécharger.", "Guide", THEME, False, "ressource"),
        ("Ce dossier rassemble des textes. Il a été relu.", "Dossier", THEME, False, "ressource"),
        ("", "", "/node/8", False, "ressource"),
        ("La journée s’est tenue à Creil et a réuni vingt élus. Les participants ont échangé.", "Santé", THEME, False, "retour"),
        ("", "", "/node/9", True, "annonce"),
    ],
)  # fmt: skip
def test_the_type_of_a_page(text: str, title: str, address: str, dated: bool, expected: str) -> None:
    assert read(text, title, address, dated) == expected


@pytest.mark.parametrize(
    ("crumb", "expected"), [("Actualités", "actualite"), ("Annuaire", "structure"), ("À propos", "structure")]
)
def test_the_breadcrumb_tells_where_a_page_without_address_stands(crumb: str, expected: str) -> None:
    assert page_type(Page("Texte", breadcrumb=("Accueil", crumb)), "Titre", False) == expected


def test_a_date_label_is_a_date() -> None:
    assert page_type(Page("Trois ateliers.", dates=("mai",)), "Cycle", False) == "annonce"
