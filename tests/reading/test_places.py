"""Place fields: the table of places.toml, what a place holds, what is never guessed, and what must never go wrong."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import ConfigError
from indexer.facts.places import PlaceHints, find_places, parse_places, territory_of
from indexer.facts.venues import load_venues
from indexer.model import Place

VENUES = load_venues()
ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))["rows"]


def brief(place: Place) -> str:
    """A place as places.toml writes it."""
    words = {
        "commune": [place.commune, place.insee, place.postcode, place.departement_code],
        "departement": ["departement", place.departement_code, place.postcode],
        "ambiguous": ["ambiguous", " | ".join(place.candidates)],
    }.get(place.kind, [place.kind, place.epci or place.region])
    inferred = "~" if place.certainty == "inferred" else ""
    return inferred + " ".join(word for word in words if word) + (f" ← {place.basis}" if place.basis else "")


def briefs(*fields: str, text: str = "", territory: tuple[str, ...] = ()) -> list[str]:
    return [brief(place) for place in parse_places(fields, PlaceHints(territory_of(territory), VENUES), text)]


@pytest.mark.parametrize("row", ROWS, ids=[" ; ".join(row["fields"]) for row in ROWS])
def test_a_place_field_is_read(row: dict[str, Any]) -> None:
    assert briefs(*row["fields"], text=row.get("text", ""), territory=tuple(row.get("territory", ()))) == row["places"]


FRESH: list[dict[str, Any]] = json.loads((Path(__file__).parent / "places_fresh.json").read_text(encoding="utf-8"))
"""Fields written from the description of the domain alone, without a look at the grammar."""
_UNSURE = {"ambiguous", "unknown", "online", "hybrid", "abroad"}


def _plain(kind: str, *names: str | None) -> tuple[str | None, ...]:
    return (kind,) if kind in _UNSURE else (kind, *names)


@pytest.mark.parametrize("row", FRESH, ids=lambda row: row["value"])
def test_a_place_field_that_the_grammar_was_not_written_for_is_read(row: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if row["value"] == "Le Port":
        request.applymarker(
            pytest.mark.xfail(strict=True, reason="a harbour in any address: the territory does not make it a town")
        )
    found = parse_places([row["value"]], PlaceHints(territory_of(row["territory"]), VENUES), row["text"])
    read = [_plain(place.kind, place.commune, place.insee, place.departement, place.region) for place in found]
    names = ("kind", "commune", "insee", "departement", "region")
    assert sorted(read, key=str) == sorted((_plain(*(place[name] for name in names)) for place in row["expected"]), key=str)


def test_a_known_commune_has_all_its_levels() -> None:
    text = "1435 boulevard du Nord - 60400 NOYON"
    epci = "Communauté de communes du Pays Noyonnais"
    assert parse_places([text]) == (Place("commune", text, "Noyon", "60471", "60400", epci, "Oise", "60", "Hauts-de-France"),)


@pytest.mark.parametrize(
    ("text", "departement", "region"),
    [
        ("CC du pays noyonnais", "Oise", "Hauts-de-France"),
        ("CC Flandre Lys", None, "Hauts-de-France"),
        ("CC des Villes Sœurs", None, None),
        ("EPT Plaine Commune", "Seine-Saint-Denis", "Île-de-France"),
    ],
)
def test_an_epci_has_the_levels_that_all_its_members_share(text: str, departement: str | None, region: str | None) -> None:
    (place,) = parse_places([text])
    assert (place.kind, place.departement, place.region) == ("epci", departement, region)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Lille et Amiens", ["Lille", "Amiens"]),
        ("59000 Lille et Amiens (80)", ["59000 Lille", "Amiens (80)"]),
        ("Salle des fêtes, Noyon", ["Salle des fêtes, Noyon"]),
        ("à Lille et en visio", ["à Lille", "en visio"]),
    ],
)
def test_each_place_has_the_words_it_was_read_from(text: str, sources: list[str]) -> None:
    assert [place.source for place in parse_places([text])] == sources


def test_empty_fields_have_no_place() -> None:
    assert parse_places(["", " \n "]) == ()


@pytest.mark.parametrize("text", ["Communauté de communes des Trois Forges", "Valmory", "rue de Paris", "gare de Lyon", "Mairie"])
def test_what_is_not_known_is_unknown(text: str) -> None:
    assert parse_places([text]) == (Place("unknown", text),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rencontre le 12 mai, salle Verte, 12 rue Carnot, 60400 Noyon.", ["~Noyon 60471 60400 60 ← texte de la page"]),
        ("Visite à Saintes (17) l’après-midi", ["~Saintes 17415 17 ← texte de la page"]),
        ("Rendez-vous à l’IREV à 9 h.", ["~Lille 59350 59 ← lieu connu : IREV"]),
        ("dans les locaux de l’IREV", ["~Lille 59350 59 ← lieu connu : IREV"]),
        ("La séance se tient en visioconférence.", ["~online ← texte de la page"]),
        ("À 80000 Amiens et en visioconférence", ["~Amiens 80021 80000 80 ← texte de la page", "~hybrid ← texte de la page"]),
        ("L’IREV publie une étude sur Lille et Amiens.", []),
        ("Inscription en ligne. Un budget de 59000 euros (60).", []),
        ("Les 15000 habitants de Creil", []),
        ("", []),
    ],
)
def test_prose_has_the_places_of_strong_anchors_only(text: str, expected: list[str]) -> None:
    assert [brief(place) for place in find_places(text, PlaceHints(venues=VENUES))] == expected


def test_a_place_of_prose_has_its_own_words_as_source() -> None:
    assert [place.source for place in find_places("Rendez-vous au 3 rue Carnot, 60400 Noyon, puis à Saintes (17).")] == [
        "60400 Noyon",
        "à Saintes (17)",
    ]


def test_a_territory_is_named_by_regions_and_departements() -> None:
    assert territory_of(["Hauts-de-France", "Corse-du-Sud", "2b", "La Réunion"]) == {
        "02",
        "59",
        "60",
        "62",
        "80",
        "2A",
        "2B",
        "974",
    }


@pytest.mark.parametrize("name", ["Ruritanie", "Picardie", "Lille", "00"])
def test_what_is_no_present_area_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=f"« {name} »"):
        territory_of(["Oise", name])


def test_venues_of_a_file_are_known_where_no_town_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lieux.toml"
    path.write_text(
        '[[venue]]\nnames = ["La Ruche d’Or"]\ncommune = "60175"\n[[venue]]\nnames = ["Pôle Est"]\ndepartement = "80"\n', "utf-8"
    )
    hints = PlaceHints(venues=load_venues(path))
    assert [brief(place) for place in parse_places(["à la ruche d'or", "Pôle est"], hints)] == [
        "~Creil 60175 60 ← lieu connu : La Ruche d’Or",
        "~departement 80 ← lieu connu : Pôle Est",
    ]
    assert [brief(place) for place in parse_places(["La Ruche d’Or, 59000 Lille"], hints)] == ["Lille 59350 59000 59"]
    assert [place.kind for place in parse_places(["La Ruche d’Orient"], hints)] == ["unknown"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[venue]]\nnames = ["A"]\ncommune = "99999"\n', "lieu n° 1 (A) : « 99999 »"),
        ('[[venue]]\nnames = ["A"]\ncommune = 59350\n', "lieu n° 1 (A) : « 59350 »"),
        ('[[venue]]\nnames = ["A"]\ndepartement = "99"\n', "« 99 »"),
        ('[[venue]]\nnames = ["A"]\nepci = "CC des Trois Forges"\n', "« CC des Trois Forges »"),
        ('[[venue]]\nnames = ["A"]\n', "une seule des clés"),
        ('[[venue]]\nnames = ["A"]\ncommune = "59350"\ndepartement = "59"\n', "une seule des clés"),
        ('[[venue]]\nnames = []\ncommune = "59350"\n', "« names »"),
        ('[[venue]]\nnames = ["A"]\ncommune = "59350"\nville = "Lille"\n', "clé inconnue « ville »"),
        ('[[venue]]\nnames = ["A"]\ncommune = "59350"\n[[venue]]\nnames = ["l’a"]\ncommune = "60175"\n', "déjà celui"),
        ("[[lieu]]\n", "[[venue]]"),
        ("venue = 3\n", "[[venue]]"),
        ("[[venue\n", "syntaxe TOML"),
    ],
)
def test_a_wrong_venue_file_names_the_file_and_the_entry(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "lieux.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_venues(path)
    assert "lieux.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_venue_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"rien\.toml"):
        load_venues(tmp_path / "rien.toml")


PROSE = "La rencontre se tiendra à la mairie, puis dans les locaux de l’association, avec des élus de Saint-Denis et d’ailleurs. "


@pytest.mark.parametrize(
    "text",
    [
        *(
            "(" * 2000,
            "60400 " * 300,
            "a et " * 400,
            "é" * 3000,
            "\x00",
            "()",
            "99999 Ailleurs",
            "<b>x</b>",
            "1. A " * 400,
            "d'" * 1000,
        ),
        *(
            "Saint-" * 400,
            "Saint-Denis, " * 150,
            "a@" * 1000,
            "(Paris " * 300,
            "12 mai " * 300,
            "arr " * 500,
            "1" * 2000,
            PROSE * 45,
        ),
        *(
            "C C " * 500,
            "visio " * 300,
            "- " * 900,
            "Lille et " * 250,
            "de la " * 400,
            "communauté de " * 150,
            "{}[]",
            "\u202elille",
        ),
    ],
    ids=lambda text: text[:12],
)
def test_strange_values_do_no_harm(text: str) -> None:
    assert all(place.source for place in (*parse_places([text], text=PROSE * 500), *find_places(text)))
