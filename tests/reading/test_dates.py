"""Date fields, prose and file names: each form, and what is no event date.

A row is a value and its dates, written "start[/end] [hours] [month|year] [?]", "?" for an inferred one.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.facts.dates import dates_in_file_name, find_dates, parse_dates
from indexer.model import EventDate

PUBLISHED = date(2017, 3, 24)


def brief(when: EventDate) -> str:
    days = f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"
    hours = "–".join(f"{moment:%H:%M}" for moment in (when.start_time, when.end_time) if moment)
    parts = (days, hours, "" if when.precision == "day" else when.precision, "?" if when.certainty == "inferred" else "")
    return " ".join(filter(None, parts))


FIELDS = [
    # one day
    ("Jeudi 11 mai 2017", ["2017-05-11"]),
    ("JEUDI 09 NOVEMBRE 2017", ["2017-11-09"]),
    ("06/04/2018", ["2018-04-06"]),
    ("6.4.2018", ["2018-04-06"]),
    ("06-04-18", ["2018-04-06"]),
    ("2018-04-06", ["2018-04-06"]),
    ("1er août 2018", ["2018-08-01"]),
    ("1 er Aout 2018", ["2018-08-01"]),
    ("jeu. 14 sept. 2017", ["2017-09-14"]),
    ("12 janv. 2016", ["2016-01-12"]),
    ("3 févr. 2016", ["2016-02-03"]),
    ("3 déc. 2016", ["2016-12-03"]),
    ("11 de\u0301cembre 2017", ["2017-12-11"]),
    ("Le\u00a0jeudi\u00a011\u00a0mai\u00a02017", ["2017-05-11"]),
    # the site's midnight
    ("Jeudi 11 mai 2017 - 02:00", ["2017-05-11"]),
    ("Jeu, 11/05/2017 - 02:00", ["2017-05-11"]),
    ("12 janvier 2016 - 01:00", ["2016-01-12"]),
    ("26 mars 2017 - 01:00", ["2017-03-26"]),
    ("27 mars 2017 - 02:00", ["2017-03-27"]),
    ("29 octobre 2017 - 02:00", ["2017-10-29"]),
    ("30 octobre 2017 - 01:00", ["2017-10-30"]),
    ("6 février 2015 de 02h00 à 04h00", ["2015-02-06 02:00–04:00"]),
    ("Mardi 8 mars 2022 - 01:00\nJeudi 12 mai 2022 - 02:00", ["2022-03-08", "2022-05-12"]),
    # hours
    ("07/12/2017 - 10:25", ["2017-12-07 10:25"]),
    ("24 septembre 2015 - 09h00 à 17h00", ["2015-09-24 09:00–17:00"]),
    ("Mercredi 9 décembre 2020 de 14h15 à 16h15", ["2020-12-09 14:15–16:15"]),
    ("vendredi 17 juin 2022, 9h-16h", ["2022-06-17 09:00–16:00"]),
    ("5 mai 2019 à 14 h", ["2019-05-05 14:00"]),
    ("5 mai 2019 à partir de 18 heures 30", ["2019-05-05 18:30"]),
    ("5 mai 2019 de 10h à midi", ["2019-05-05 10:00–12:00"]),
    ("5 mai 2019 entre 9h et 12h", ["2019-05-05 09:00–12:00"]),
    ("de 9 à 12h, 5 mai 2019", ["2019-05-05 09:00–12:00"]),
    ("5 mai 2019 à Lille, de 9h à 12h", ["2019-05-05 09:00–12:00"]),
    ("3 mars 2020 9h-12h et 14h-17h", ["2020-03-03 09:00–17:00"]),
    ("2018-04-06T14:00:00+02:00", ["2018-04-06 14:00"]),
    # lists and pairs
    ("les 11 et 12 avril 2018", ["2018-04-11", "2018-04-12"]),
    ("les 5,13 et 20 avril 2021", ["2021-04-05", "2021-04-13", "2021-04-20"]),
    ("le mardi 1er et mercredi 2 octobre 2019", ["2019-10-01", "2019-10-02"]),
    ("les mardi 3 et mercredi 4 octobre 2023", ["2023-10-03", "2023-10-04"]),
    ("les 29 mai et 3 juin 2019", ["2019-05-29", "2019-06-03"]),
    ("les 30 décembre et 6 janvier 2020", ["2019-12-30", "2020-01-06"]),
    ("5 mars 2019 et 12 avril", ["2019-03-05", "2019-04-12"]),
    ("les 4,11 et 18 juin 2019, de 18h00 à 20h30", [f"2019-06-{day} 18:00–20:30" for day in ("04", "11", "18")]),
    ("12 juin 2018 (9h-12h), 14 juin 2018 (14h-17h)", ["2018-06-12 09:00–12:00", "2018-06-14 14:00–17:00"]),
    ("Ateliers 5, 12 et 19 mai 2017", ["2017-05-05", "2017-05-12", "2017-05-19"]),
    ("Salle 3, 12 mai 2017", ["2017-05-12"]),
    # ranges
    ("du 14 au 16 octobre 2024", ["2024-10-14/2024-10-16"]),
    ("Du lundi 14 au mercredi 16 octobre 2024", ["2024-10-14/2024-10-16"]),
    ("du 30 septembre au 2 octobre 2019", ["2019-09-30/2019-10-02"]),
    ("du 30 au 2 octobre 2019", ["2019-09-30/2019-10-02"]),
    ("du 28 décembre au 3 janvier 2020", ["2019-12-28/2020-01-03"]),
    ("14-16/10/2024", ["2024-10-14/2024-10-16"]),
    ("14/10/2024 au 16/10/2024", ["2024-10-14/2024-10-16"]),
    ("entre le 5 et le 9 mai 2019", ["2019-05-05/2019-05-09"]),
    ("du 5 au 7 et du 12 au 14 mai 2019", ["2019-05-05/2019-05-07", "2019-05-12/2019-05-14"]),
    ("du 14 octobre 2024 à 14h au 16 octobre 2024 à 12h", ["2024-10-14/2024-10-16 14:00–12:00"]),
    # months and years
    ("mai – juin 2019", ["2019-05-01/2019-06-30 month"]),
    ("novembre 2018 à mars 2019", ["2018-11-01/2019-03-31 month"]),
    ("octobre 2019", ["2019-10-01/2019-10-31 month"]),
    ("mi-mars 2019", ["2019-03-01/2019-03-31 month"]),
    ("05/2019", ["2019-05-01/2019-05-31 month"]),
    ("2019", ["2019-01-01/2019-12-31 year"]),
    ("2018-2019", ["2018-01-01/2019-12-31 year"]),
    ("11 mai 2017 (édition 2017)", ["2017-05-11"]),
    # without a year
    ("9 mars (9h30-12h30)", ["2017-03-09 09:30–12:30 ?"]),
    ("Les 14 et 15 juin dernier", ["2016-06-14 ?", "2016-06-15 ?"]),
    ("le 22 novembre prochain", ["2017-11-22 ?"]),
    ("le 5 janvier prochain", ["2018-01-05 ?"]),
    ("le 5 janvier dernier", ["2017-01-05 ?"]),
    ("ce jeudi 11 mai", ["2017-05-11 ?"]),
    ("mercredi 11 mai", ["2016-05-11 ?"]),
    ("des 14 et 15 juin", ["2017-06-14 ?", "2017-06-15 ?"]),
    ("jeudi prochain", ["2017-03-30 ?"]),
    ("12 juin (Lille) ; 14 juin 2018 (Amiens)", ["2018-06-12 ?", "2018-06-14"]),
    # none
    ("31 février 2019", []),
    ("du 28 au 31 juin 2019", []),
    ("12 mai 20148", []),
    ("03.20.12.34.56", []),
    ("Inscriptions jusqu’au 20 novembre 2020", []),
    ("Inscription avant le 10 juin 2022 ; compte rendu en septembre 2022", []),
    ("à préciser", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_a_date_field_is_read(text: str, expected: list[str]) -> None:
    assert [brief(when) for when in parse_dates(text, PUBLISHED)] == expected


@pytest.mark.parametrize("text", ["9 mars", "le 22 novembre prochain", "jeudi prochain", "mai"])
def test_without_a_reference_there_is_no_year(text: str) -> None:
    assert parse_dates(text) == ()


def test_an_inferred_date_says_from_what() -> None:
    (when,) = parse_dates("ce jeudi 11 mai", PUBLISHED)
    assert when.basis == "date de publication 2017-03-24"


def test_the_words_read_are_kept() -> None:
    assert [when.source for when in parse_dates("Retenez : le 5 mai 2019 à Lille, de 9h à 12h")] == ["le 5 mai 2019 … 9h à 12h"]
    assert {when.source for when in parse_dates("les 11 et 12 avril 2018")} == {"les 11 et 12 avril 2018"}


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


@pytest.mark.parametrize(
    "text", ["1 " * 3000, "mai " * 3000, "- " * 3000, "9h" * 2000, "\x00\n\n", "99/99/9999", "٣ mai 2019", "5 mai 0000"]
)
def test_strange_values_do_no_harm(text: str) -> None:
    assert all(when.start <= when.end for when in (*parse_dates(text, PUBLISHED), *find_dates(text, PUBLISHED)))


@pytest.mark.parametrize("reference", [date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29)])
def test_any_reference_will_do(reference: date) -> None:
    for text in ("jeudi prochain", "lundi dernier", "9 mars", "29 février"):
        parse_dates(text, reference)
    parse_dates("29 février ; jeudi prochain ; lundi dernier ; du 30 au 2 janvier", reference)
