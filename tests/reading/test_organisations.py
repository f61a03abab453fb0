"""The bodies named in the value of a label."""

from __future__ import annotations

import pytest

from indexer.facts.organisations import split_organisations

ONE = (
    "Centre social et culturel des Tilleuls",
    "Direction départementale de l’emploi, du travail et des solidarités",
    "Direction régionale de l’économie, de l’emploi, du travail et des solidarités (DREETS) des Hauts-de-France",
    "Ministère de la cohésion des territoires et des relations avec les collectivités",
    "Maison des jeunes et de la culture du Moulin",
    "Association pour la formation et l’insertion",
    "Fédération pour le logement, l’emploi et la ville",
    "Association des parents et habitants du Clos",
    "Villes et lisières",
    "ANCT (Agence nationale de la cohésion des territoires)",
    "Agence nationale de la cohésion des territoires (ANCT)",
    "ORIV – Observatoire régional de l’intégration et de la ville",
    "CAF – service parentalité",
    "Union nationale des missions locales et des centres sociaux",
    "La Sauvegarde du Nord",
    "L’Escale",
    "Cap & Cité",
    "Conseil local de sécurité et de prévention de la délinquance",
    "GIP Politique de la ville du Grand Val",
    "Comité habitat, cadre de vie",
    "Communauté d’agglomération de la Porte du Hainaut",
    "Cité éducative de la Source",
    "Compagnie Sel et sable",
)


@pytest.mark.parametrize("value", ONE)
def test_one_body_stays_whole(value: str) -> None:
    assert split_organisations(value) == (value,)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("l’IREV, la DDETS de l’Oise et la Caf", ["IREV", "DDETS de l’Oise", "Caf"]),
        ("L'IREV et la Ville de Lille", ["IREV", "Ville de Lille"]),
        ("Ville de X et Communauté d’agglomération de Y", ["Ville de X", "Communauté d’agglomération de Y"]),
        ("Association L’Étape et ville de Creil", ["Association L’Étape", "ville de Creil"]),
        ("Conseil départemental du Nord / Région Hauts-de-France", ["Conseil départemental du Nord", "Région Hauts-de-France"]),
        ("ARS/DDETS/préfecture", ["ARS", "DDETS", "préfecture"]),
        ("Ville de Creil ; CAF de l’Oise ; associations.", ["Ville de Creil", "CAF de l’Oise", "associations"]),
        ("- la Ville de Creil\n- la Caf\n• Oise Habitat", ["Ville de Creil", "Caf", "Oise Habitat"]),
        ("• Ville de Creil • ARS", ["Ville de Creil", "ARS"]),
        ("ARS, préfecture, centre hospitalier, conseil citoyen du Plateau", ["ARS", "préfecture", "centre hospitalier",
                                                                        "conseil citoyen du Plateau"]),
        ("CAF, bailleurs et associations de locataires", ["CAF", "bailleurs", "associations de locataires"]),
        ("DDETS, Région, Métropole et Profession Quartiers", ["DDETS", "Région", "Métropole", "Profession Quartiers"]),
        ("Direction départementale de l’emploi, du travail et des solidarités, la Caf et l’ARS",
         ["Direction départementale de l’emploi, du travail et des solidarités", "Caf", "ARS"]),
        ("de la Ville de Creil, du Département et de la Caf", ["Ville de Creil", "Département", "Caf"]),
        ("Réseau Lisières, en partenariat avec la Ville de Creil", ["Réseau Lisières", "Ville de Creil"]),
        ("Villes et lisières, avec la ville de Creil", ["Villes et lisières", "ville de Creil"]),
        ("IREV, avec le soutien de la Région et de l’État", ["IREV", "Région", "État"]),
        ("la Caf ainsi que le conseil départemental", ["Caf", "conseil départemental"]),
        ("Pilote : Ville de Creil", ["Ville de Creil"]),
        ("État : DDETS, préfecture", ["DDETS", "préfecture"]),
        ("Groupe régional, animé par l’IREV", ["Groupe régional", "IREV"]),
        ("Réseau des deux rives, centre de ressources Sud et Grand Large", ["Réseau des deux rives"]),
        ("IREV - Ville de Creil - Oise Habitat", ["IREV", "Ville de Creil", "Oise Habitat"]),
        ("Préfecture de l’Oise – DDT de l’Oise", ["Préfecture de l’Oise", "DDT de l’Oise"]),
        ("Centre social Belle Rive - Saintes (17)", ["Centre social Belle Rive"]),
        ("Centre social Belle Rive, Saintes (17)", ["Centre social Belle Rive"]),
        ("Régie de quartier, 12 rue du Port, 60100 Creil", ["Régie de quartier"]),
        ("Saintes (17)", []),
        ("Mission locale + France Travail", ["Mission locale", "France Travail"]),
        ("CAF & MSA", ["CAF", "MSA"]),
        ("Ville de Creil (jeunesse, culture et sport), CAF", ["Ville de Creil (jeunesse, culture et sport)", "CAF"]),
        ("M. Jean Martin, sociologue (université de Lille)", []),
        ("Jean Martin, sociologue, et la Caf", ["Caf"]),
        ("Jean Martin (consultant) et le CCAS", ["CCAS"]),
        ("le maire de Creil, la directrice de la Caf", []),
        ("Mme Durand, adjointe à la santé ; l’hôpital de jour", ["hôpital de jour"]),
        ("les habitants du quartier, le conseil citoyen et des élus", ["conseil citoyen"]),
        ("CCAS, MDPH, etc.", ["CCAS", "MDPH"]),
        ("CCAS, MDPH…", ["CCAS", "MDPH"]),
        ("La Ville de Creil, la Ville de Creil", ["Ville de Creil"]),
        ("IREV : https://irev.exemple.fr", ["IREV"]),
        ("Ville de Creil (à confirmer)", ["Ville de Creil"]),
        ("À définir", []),
        (" ; , – ", []),
        ("", []),
        ("Au cours de cette journée, nous verrons ensemble de quelle façon les équipes ont travaillé pendant deux ans"
         " à ce projet qui leur tient à cœur, dans un contexte de crise", []),
    ],
)  # fmt: skip
def test_several_bodies_are_several_and_what_is_no_body_is_left_out(value: str, expected: list[str]) -> None:
    assert split_organisations(value) == tuple(expected)
