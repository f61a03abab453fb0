"""Place fields: each form, and what is never guessed. A row is a value and its places: "name insee postcode dép" or a kind."""

from __future__ import annotations

import pytest

from indexer.facts.places import parse_places
from indexer.model import Place


def brief(place: Place) -> str:
    if place.kind == "commune":
        return " ".join(filter(None, (place.commune, place.insee, place.postcode, place.departement_code)))
    return f"{place.kind} {place.departement_code or place.region or ''}".strip()


ROWS = [
    # postal code and commune
    ("Campus économique - 1435 boulevard du Nord - 60400 NOYON (salle verte)", ["Noyon 60471 60400 60"]),
    ("15, rue du Moulin – 93200 Saint-Denis", ["Saint-Denis 93066 93200 93"]),
    ("93206 SAINT-DENIS CEDEX", ["Saint-Denis 93066 93206 93"]),
    ("59000 LILLE CEDEX 9", ["Lille 59350 59000 59"]),
    ("20 rue Pasteur 60000 Beauvais", ["Beauvais 60057 60000 60"]),
    ("Noyon (60400)", ["Noyon 60471 60400 60"]),
    ("75011 Paris", ["Paris 75056 75011 75"]),
    ("F-67000 Strasbourg", ["Strasbourg 67482 67000 67"]),
    ("12 rue de Belgique, 59000 Lille", ["Lille 59350 59000 59"]),
    ("59000 Lille et 80000 Amiens", ["Lille 59350 59000 59", "Amiens 80021 80000 80"]),
    ("59000 Lille et Amiens", ["Lille 59350 59000 59", "Amiens 80021 80"]),
    ("60400", ["departement 60"]),
    # overseas and Corsica
    ("97400 Saint-Denis", ["Saint-Denis 97411 97400 974"]),
    ("97200 FORT-DE-FRANCE", ["Fort-de-France 97209 97200 972"]),
    ("20000 Ajaccio", ["Ajaccio 2A004 20000 2A"]),
    ("20200 Bastia", ["Bastia 2B033 20200 2B"]),
    ("Saint-Denis (974)", ["Saint-Denis 97411 974"]),
    ("Bastia (2b)", ["Bastia 2B033 2B"]),
    # communes that are not in the table, with a code
    ("Maison des habitants - 60230 SAINTE-ORLANGE", ["Sainte-Orlange 60230 60"]),
    ("27, allée des Saules - 59770 GRANDVAL-LEZ-ESCAUT", ["Grandval-lez-Escaut 59770 59"]),
    ("59640 Nordhelle salle du conseil", ["Nordhelle 59640 59"]),
    ("02 380 COURVAUX", ["Courvaux 02380 02"]),
    ("Ormeval (17)", ["Ormeval 17"]),
    ("2 quai des Conserveries, Ormeval (17)", ["Ormeval 17"]),
    ("Courvaux (02), maison de quartier", ["Courvaux 02"]),
    ("Centre social de Valmory (60)", ["departement 60"]),
    # a département between brackets
    ("Saintes (17)", ["Saintes 17415 17"]),
    ("Beauvais (Oise)", ["Beauvais 60057 60"]),
    ("ST-QUENTIN (02)", ["Saint-Quentin 02691 02"]),
    ("Beauvais (60) et Amiens (80)", ["Beauvais 60057 60", "Amiens 80021 80"]),
    ("Lille (59), Amiens (80) et Arras", ["Lille 59350 59", "Amiens 80021 80", "Arras 62041 62"]),
    # an area and its towns
    ("Dans l’Oise (60) : Beauvais _ Montataire", ["Beauvais 60057 60", "Montataire 60414 60"]),
    ("Dans l'Oise : Creil, Noyon et Beauvais", ["Creil 60175 60", "Noyon 60471 60", "Beauvais 60057 60"]),
    ("Dans l’Oise (60) : Valmory _ Sainte-Orlange", ["Valmory 60", "Sainte-Orlange 60"]),
    # bare names
    ("Mons-en-Baroeul", ["Mons-en-Barœul 59410 59"]),
    ("MONS EN BAROEUL", ["Mons-en-Barœul 59410 59"]),
    ("Lille et Amiens", ["Lille 59350 59", "Amiens 80021 80"]),
    ("Dunkerque/Grande-Synthe", ["Dunkerque 59183 59", "Grande-Synthe 59271 59"]),
    ("Lille - Roubaix - Tourcoing", ["Lille 59350 59", "Roubaix 59512 59", "Tourcoing 59599 59"]),
    ("Villeneuve d’Ascq", ["Villeneuve-d'Ascq 59009 59"]),
    ("au Havre", ["Le Havre 76351 76"]),
    ("Mairie de Noyon", ["Noyon 60471 60"]),
    ("Salle des fêtes, Noyon", ["Noyon 60471 60"]),
    ("Cinéma de l’Étoile (3 rue des Lilas, Strasbourg)", ["Strasbourg 67482 67"]),
    ("Paris 18e", ["Paris 75056 75"]),
    ("Saint-Denis, Seine-Saint-Denis", ["Saint-Denis 93066 93"]),
    # wider areas
    ("Oise", ["departement 60"]),
    ("l’Oise", ["departement 60"]),
    ("Département du Nord", ["departement 59"]),
    ("dans la Vienne", ["departement 86"]),
    ("Hauts-de-France", ["region Hauts-de-France"]),
    ("Région Île de France", ["region Île-de-France"]),
    ("Métropole du Grand Paris", ["region Île-de-France"]),
    # online and hybrid
    *((words, ["online"]) for words in ("en ligne", "En visioconférence", "en visio-conférence", "en visio", "Visio conférence")),
    *((words, ["online"]) for words in ("EN VISIOCONFERENCE", "à distance", "webinaire", "Zoom", "Webinaire (lien envoyé)")),
    ("12, rue des Tisserands – 59640 Nordhelle et en visioconférence", ["Nordhelle 59640 59", "online"]),
    ("Hybride : Beauvais (60) et en ligne", ["Beauvais 60057 60", "online"]),
    # abroad
    ("Institut, Lindenplatz 4, D-77694 Kehl, ALLEMAGNE", ["abroad"]),
    ("Bruxelles (Belgique)", ["abroad"]),
    ("en Suisse", ["abroad"]),
    ("Strasbourg et Kehl (Allemagne)", ["Strasbourg 67482 67", "abroad"]),
    # never a guess
    *((words, ["unknown"]) for words in ("à l’IREV", "Saint-Denis", "Montreuil", "Vienne", "gare de Lyon", "Mairie", "Salle")),
    *(
        (words, ["unknown"])
        for words in ("Valmory, quartier des Bruyères", "https://exemple.fr/lieu", "à préciser", "rue de Paris")
    ),
    ("", []),
    (" \n ", []),
    ("Salle des Forges\n60400 Noyon", ["Noyon 60471 60400 60"]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_place_field_is_read(text: str, expected: list[str]) -> None:
    assert [brief(place) for place in parse_places(text)] == expected


def test_a_known_commune_has_all_its_levels() -> None:
    text = "1435 boulevard du Nord - 60400 NOYON"
    assert parse_places(text) == (
        Place(
            "commune",
            text,
            "Noyon",
            "60471",
            "60400",
            "Communauté de communes du Pays Noyonnais",
            "Oise",
            "60",
            "Hauts-de-France",
        ),
    )


@pytest.mark.parametrize(
    ("text", "epci", "departement"),
    [
        ("Communauté d'Agglomération de Béthune Bruay Artois Lys Romane", "Béthune-Bruay, Artois-Lys Romane", "Pas-de-Calais"),
        ("à la Communauté de Communes du Pays Noyonnais", "Pays Noyonnais", "Oise"),
        ("CC du pays noyonnais", "Pays Noyonnais", "Oise"),
        ("Métropole européenne de Lille", "Métropole Européenne de Lille", "Nord"),
        ("Communauté urbaine de Dunkerque", "Dunkerque", "Nord"),
    ],
)
def test_an_epci_is_known_in_its_spellings(text: str, epci: str, departement: str) -> None:
    (place,) = parse_places(text)
    assert place.kind == "departement"
    assert place.departement == departement
    assert epci in (place.epci or "")


def test_an_epci_that_is_not_in_the_table_is_unknown() -> None:
    assert [place.kind for place in parse_places("Communauté de communes des Trois Forges")] == ["unknown"]


def test_several_places_each_have_their_words() -> None:
    assert [place.source for place in parse_places("Lille et Amiens")] == ["Lille", "Amiens"]


@pytest.mark.parametrize("text", ["(" * 500, "60400 " * 300, "a et " * 400, "é" * 3000, "\x00", "()", " - ", "99999 Ailleurs"])
def test_strange_values_do_no_harm(text: str) -> None:
    assert all(place.source for place in parse_places(text))
