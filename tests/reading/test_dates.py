"""Date fields, prose and file names: each form, and what is no event date.

Date fields are in `dates.toml`. A date is written "start[/end] [hours] [month|year] [?] [!]": "?" inferred, "!" doubtful.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.facts.dates import dates_in_file_name, find_dates, read_dates
from indexer.model import EventDate

PUBLISHED = date(2017, 3, 24)


def brief(when: EventDate) -> str:
    days = f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"
    hours = "–".join(f"{moment:%H:%M}" for moment in (when.start_time, when.end_time) if moment)
    signs = ("?" if when.certainty == "inferred" else "", "!" if when.doubt else "")
    return " ".join(filter(None, (days, hours, "" if when.precision == "day" else when.precision, *signs)))


def table() -> list[tuple[str, date, list[str]]]:
    groups = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))["table"]
    return [(text, group["published"], expected) for group in groups for text, *expected in group["rows"]]


@pytest.mark.parametrize(("text", "published", "expected"), table())
def test_a_date_field_is_read(text: str, published: date, expected: list[str]) -> None:
    dates, doubts = read_dates(text, published)
    assert [*map(brief, dates), *(f"doubt: {doubt.kind}" for doubt in doubts)] == expected
    assert all(when.source and (when.certainty == "stated") == (when.basis == "") for when in dates)


FRESH = json.loads(Path(__file__).with_name("dates_fresh.json").read_text(encoding="utf-8"))
"""Fields written from the description of the domain alone, without a look at the grammar."""


@pytest.mark.parametrize("row", FRESH, ids=lambda row: row["value"])
def test_a_date_field_that_the_grammar_was_not_written_for_is_read(row: dict[str, Any]) -> None:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    dates, doubts = read_dates(row["value"], published)
    assert [_plain(when) for when in dates] == row["expected"]
    unsure = any(when.doubt for when in dates) or any(doubt.kind not in ("no_date", "no_year") for doubt in doubts)
    assert unsure == row["flagged"]


def _plain(when: EventDate) -> dict[str, str | None]:
    start_time, end_time = (moment and f"{moment:%H:%M}" for moment in (when.start_time, when.end_time))
    days = {"start": f"{when.start}", "end": f"{when.end}", "start_time": start_time, "end_time": end_time}
    return {**days, "precision": when.precision, "certainty": when.certainty}


@pytest.mark.parametrize("text", ["9 mars", "le 22 novembre prochain", "jeudi prochain", "mai", "hier", "été"])
def test_without_a_reference_there_is_no_year(text: str) -> None:
    dates, doubts = read_dates(text)
    assert dates == ()
    assert [(doubt.kind, doubt.source) for doubt in doubts] == [("no_year", text)]


def test_an_impossible_day_is_that_without_a_reference_too() -> None:
    assert [doubt.kind for doubt in read_dates("31 juin").doubts] == ["impossible_date"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mardi 11 mai 2017", "Le 11 mai 2017 est un jeudi, non un mardi."),
        ("12 mars 2107", "L’année 2107 est peu vraisemblable pour une page du 24 mars 2017."),
        ("du 16 au 14 octobre 2016", "La fin (14 octobre 2016) précède le début (16 octobre 2016)."),
        ("5 mai 2017 de 17h à 9h", "L’heure de fin précède l’heure de début."),
        ("samedi 12 mars 2107, de 17h à 9h", "L’année 2107 est peu vraisemblable pour une page du 24 mars 2017. L’heure de fin"),
    ],
)
def test_a_doubt_says_what_is_wrong(text: str, message: str) -> None:
    assert read_dates(text, PUBLISHED).dates[0].doubt.startswith(message)


@pytest.mark.parametrize(
    ("text", "source", "message"),
    [
        ("Le 31 février 2019 et le 2 mars 2019", "31 février 2019", "Le 31 février 2019 n’existe pas : date non retenue."),
        ("5 mars 2019, puis 12/13/2019", "12/13/2019", "Il n’y a pas de mois 13 : date non retenue."),
        ("Lille, 12 mars 20148", "12 mars 20148", "L’année est mal écrite : date non retenue."),
        ("5 mars 2019 à 25h70", "25h70", "«\N{NO-BREAK SPACE}25h70\N{NO-BREAK SPACE}» n’est pas une heure."),
        ("Les dates seront données aux inscrits", "dates seront", "Aucune date n’a été reconnue dans ce champ."),
    ],
)
def test_what_is_no_date_is_told_with_its_words(text: str, source: str, message: str) -> None:
    (doubt,) = read_dates(text, PUBLISHED).doubts
    assert source in doubt.source
    assert doubt.message == message


def test_without_a_reference_a_year_of_another_age_is_doubtful() -> None:
    assert read_dates("12 mars 2107").dates[0].doubt == "L’année 2107 est peu vraisemblable."
    assert read_dates("12 mars 2017").dates[0].doubt == ""


def test_an_inferred_date_says_from_what() -> None:
    (when,) = read_dates("ce jeudi 11 mai", PUBLISHED).dates
    assert when.basis == "date de publication 2017-03-24"


def test_the_words_read_are_kept() -> None:
    assert [when.source for when in read_dates("Retenez : le 5 mai 2019 à Lille, de 9h à 12h").dates] == [
        "le 5 mai 2019 … 9h à 12h"
    ]
    assert {when.source for when in read_dates("les 11 et 12 avril 2018").dates} == {"les 11 et 12 avril 2018"}


PROSE = [
    ("La rencontre de réseau s’est tenue ce jeudi 11 mai.", ["2017-05-11 ?"]),
    ("Rendez-vous le 12 avril 2018 à Lille.", ["2018-04-12 ?"]),
    ("Retour sur la rencontre du 11 mai 2017", ["2017-05-11 ?"]),
    ("Un colloque aura lieu les 14 et 15 juin 2018.", ["2018-06-14 ?", "2018-06-15 ?"]),
    ("Le jeudi 9 novembre 2017, de 9h à 12h, il sera question de la loi du 21 février 2014.", ["2017-11-09 09:00–12:00 ?"]),
    ("En application du décret du 3 juillet 2014, la réunion du 5 mars 2018 a permis d’avancer.", ["2018-03-05 ?"]),
    ("La loi du 21 février 2014 de programmation pour la ville réforme les contrats.", []),
    ("La circulaire du 22 janvier 2019 relative à la mobilisation a été présentée lors de la réunion.", []),
    ("La circulaire du mardi 22 janvier 2019 a été présentée.", []),
    ("La loi de programmation pour la ville et la cohésion urbaine du 21 février 2014 organise la participation.", []),
    ("Un arrêté en date du 12 mai 2016 organise la consultation.", []),
    ("Modifié le 7 décembre 2017", []),
    ("Publié le vendredi 24 mars 2017 à 10h00", []),
    ("Les ateliers se tiennent rue du 8 mai 1945.", []),
    ("Inscriptions avant le vendredi 10 juin 2022 pour la rencontre.", []),
    ("Le contrat a été signé le 3 juillet 2015.", []),
    ("Durand (A.), « La ville », Paris, 12 mars 2015, p. 4.", []),
    ("Depuis le 1er janvier 2015, les quartiers ont changé.", []),
    ("En mai 2019, une rencontre.", []),
    ("Né le 12 mai 1995, il anime aujourd’hui l’atelier.", []),
    ("Né en 1950, il a participé à toutes les rencontres.", []),
    ("Au 1er janvier 2018, le quartier comptait 3 000 habitants qui participent aux réunions.", []),
    ("La rencontre est reportée au 12 juin 2018.", ["2018-06-12 ?"]),
    ("Entre 2015 et 2020, dix rencontres ont eu lieu.", []),
    ("Selon le recensement 2016, la population des quartiers participants baisse.", []),
    ("Appel à projets ouvert du 1er mars au 30 avril 2018.", []),
    ("La crise débutée le 17 mars 2020 a bouleversé les ateliers.", []),
    ("Les attentats du 13 novembre 2015 ont conduit à organiser des rencontres.", []),
    ("L’agence, créée le 1er janvier 2018, organise une rencontre.", []),
    ("Les villes de demain se préparent aujourd’hui.", []),
    ("La rencontre a été préparée au printemps 2018.", []),
    (
        "Séance du 12 mars 2018 : atelier. Prochaine séance le 9 avril 2018 de 9h à 12h.",
        ["2018-03-12 ?", "2018-04-09 09:00–12:00 ?"],
    ),
    ("Rendez-vous jeudi 6 avril à 14h !", ["2017-04-06 14:00 ?"]),
    ("Le 11 mai 2018, le réseau s’est réuni à Beauvais.", ["2018-05-11 ?"]),
    ("La rencontre du mardi 11 mai 2017 a réuni trente personnes.", ["2017-05-11 ? !"]),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_only_event_dates_are_found_in_prose(text: str, expected: list[str]) -> None:
    assert [brief(when) for when in find_dates(text, PUBLISHED)] == expected


def test_dates_of_prose_say_what_they_rest_on() -> None:
    assert [when.basis for when in find_dates("La rencontre du 11 mai 2017", PUBLISHED)] == ["texte de la page"]
    assert [when.basis for when in find_dates("La rencontre de ce jeudi 11 mai", PUBLISHED)] == ["date de publication 2017-03-24"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("enquete_reseau_mars_2017.pdf", ["2017-03-01/2017-03-31 month ?"]),
        ("points_au_11_mai_2017.pdf", ["2017-05-11 ?"]),
        ("2018-04-06_compte-rendu.pdf", ["2018-04-06 ?"]),
        ("20180406.pdf", ["2018-04-06 ?"]),
        ("cr_06042018.pdf", ["2018-04-06 ?"]),
        ("cr-reunion-12-03-2019.pdf", ["2019-03-12 ?"]),
        ("du_14_au_16_octobre_2024.pdf", ["2024-10-14/2024-10-16 ?"]),
        ("synth%C3%A8se_d%C3%A9cembre_2021.pdf", ["2021-12-01/2021-12-31 month ?"]),
        ("rapport_2015-2022.pdf", []),
        ("charte_2019.pdf", []),
        ("guide.pdf", []),
    ],
)
def test_a_file_name_may_carry_a_date(name: str, expected: list[str]) -> None:
    found = dates_in_file_name(name)
    assert [brief(when) for when in found] == expected
    assert all(when.basis == "nom du fichier" for when in found)


STRANGE = [
    "\x00\n\n",
    "99/99/9999",
    "٣ mai 2019",
    "5 mai 0000",
    "hiver 9999",
    "semaine 53 2019",
    "été 0001",
    "week-end du 31/12/9999",
]
REPEATED = ["1 ", "1, ", "mai "]
REPEATED += ["5 mai ", "5 mai, ", "- ", "-", "9h", "1/", "1.1.", "2019-", "un et ", "1er et ", "du 1 au ", "le "]
REPEATED += ["entre ", "hiver-", "(1 ", "de l'", "+01:", "loi du ", "le 1 à "]


@pytest.mark.parametrize("text", [*STRANGE, *(unit * (5_000 // len(unit)) for unit in REPEATED)])
def test_strange_values_do_no_harm(text: str) -> None:
    assert all(when.start <= when.end for when in (*read_dates(text, PUBLISHED).dates, *find_dates(text, PUBLISHED)))


@pytest.mark.parametrize("reference", [date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29)])
def test_any_reference_will_do(reference: date) -> None:
    for text in ("jeudi prochain", "lundi dernier", "9 mars", "29 février"):
        read_dates(text, reference)
    read_dates("29 février ; jeudi prochain ; lundi dernier ; du 30 au 2 janvier", reference)
