"""The declared labels and sites: what a few lines of configuration make readable, and how a wrong line is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.model import Organisation
from indexer.pages.calendar_lines import event_lines
from indexer.pages.label_table import LABELS, spelled_out
from indexer.pages.labels import Labels, load_labels, shipped_labels
from indexer.pages.page import read_page


def labels_of(tmp_path: Path, text: str) -> Labels:
    path = tmp_path / "labels.toml"
    path.write_text(text, encoding="utf-8")
    return load_labels(path)


def test_brackets_are_letters_that_may_be_missing() -> None:
    assert set(spelled_out("(Co-)Porté(e) par")) == {"Co-Porté par", "Co-Portée par", "Porté par", "Portée par"}


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Où ?", "places"),
        ("**LIEU(X) :**", "places"),
        ("Organisé·e·s par", "organiser"),
        ("Coorganisée par :", "organiser"),
        ("Mots clefs", "tags"),
        ("📅 Date", "dates"),
        ("Date de l'évènement", "dates"),
        ("Avec le soutien de", "partner"),
        ("La date", None),
        ("Où ? Quand ?", None),
        ("", None),
        ("?", None),
    ],
)
def test_shipped_labels(words: str, label: str | None) -> None:
    assert shipped_labels().label_of(words) == label


def test_every_kind_of_label_is_shipped() -> None:
    assert set(shipped_labels().fields.values()) == set(LABELS)


def test_an_own_file_adds_to_the_shipped_labels_and_prevails(tmp_path: Path) -> None:
    own = labels_of(tmp_path, '[[label]]\nfield = "places"\nwords = ["Point de chute", "Contact"]\n')
    assert [own.label_of(words) for words in ("Point de chute", "Contact", "Lieu")] == ["places"] * 3
    assert own.digest != shipped_labels().digest
    assert read_page("a.txt", b"Un texte.\n\nPoint de chute : Lille", own).places == ("Lille",)


def test_the_digest_is_stable() -> None:
    assert load_labels().digest == shipped_labels().digest


SITE = """
[[site]]
host = "www.quartiers-vivants.example"
title = ".entete-fiche .nom"
article = "#fiche"
dates = ".icone-horloge + span"
places = [".carte .adresse"]
organiser = ".porteur"
tags = ".pastille"
drop = ["#fiche .encart"]
"""
PAGE = """<html><head><title>Fiche 12</title><link rel="canonical" href="https://{host}/fiches/12"></head><body>
<div class="entete-fiche"><span class="nom">La recyclerie des Glacis</span></div>
<div id="fiche"><p><i class="icone-horloge"></i><span>12 mai 2021</span></p><p class="encart">Téléchargez notre application !</p>
<div class="carte"><div class="adresse"><p>Halle 4</p><p>59640 Nordhelle</p></div></div><p class="porteur">Régie des Glacis</p>
<p>On y répare ce que l’on jetait, et l’on y apprend à ne plus jeter.</p><a class="pastille">Emploi</a></div></body></html>"""


def test_a_new_site_is_a_few_lines_of_configuration(tmp_path: Path) -> None:
    page = read_page("a.html", PAGE.format(host="quartiers-vivants.example").encode(), labels_of(tmp_path, SITE))
    assert page.title == "La recyclerie des Glacis"
    assert (page.dates, page.places, page.tags) == (("12 mai 2021",), ("Halle 4, 59640 Nordhelle",), ("Emploi",))
    assert page.organisations == (Organisation("Régie des Glacis", "organiser"),)
    assert page.text == "Régie des Glacis\n\nOn y répare ce que l’on jetait, et l’on y apprend à ne plus jeter."


def test_a_site_holds_for_its_own_host_only(tmp_path: Path) -> None:
    page = read_page("a.html", PAGE.format(host="autre.example").encode(), labels_of(tmp_path, SITE))
    assert (page.title, page.dates) == ("Fiche 12", ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[label]\n", "syntaxe TOML"),
        ("[[theme]]\n", "« theme » est inconnu"),
        ("label = 3\n", "s’écrit [[label]]"),
        ('[[label]]\nfield = "lieu"\nwords = ["a"]\n', "[[label]] n° 1"),
        ('[[label]]\nfield = "dates"\n', "« words »"),
        ('[[label]]\nfield = "dates"\nwords = []\n', "« words »"),
        ('[[label]]\nfield = "dates"\nwords = ["Jour(s"]\n', "« Jour(s »"),
        ('[[label]]\nfield = "dates"\nwords = ["(s)"]\n', "« (s) »"),
        ('[[label]]\nfield = "dates"\nwords = ["a"]\nmots = 1\n', "« mots »"),
        ('[[label]]\nfield = "dates"\nwords = ["A"]\n[[label]]\nfield = "places"\nwords = ["à"]\n', "annonce déjà « dates »"),
        ('[[site]]\nhost = "a.example"\n', "ne dit rien"),
        ('[[site]]\nhost = "http://a.example/"\ndates = "p"\n', "« host »"),
        ('[[site]]\ndates = "p[["\n', "« p[[ »"),
        ('[[site]]\nlieu = "p"\n', "« lieu »"),
    ],
)
def test_a_wrong_file_names_itself_and_the_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        labels_of(tmp_path, text)
    assert said in str(caught.value)
    assert "labels.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        load_labels(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("Séance 1 : 3 juin 2019", "Séance 1 : 3 juin 2019"),
        ("Les 5, 13 et 20 avril 2021 de 9h à 12h", "Les 5, 13 et 20 avril 2021 de 9h à 12h"),
        ("Rencontre le 6 juin 2019, inscription avant le 3 juin", "Rencontre le 6 juin 2019"),
        ("6 juin 2019 (inscription obligatoire avant le 1er juin)", "6 juin 2019"),
        ("Jeudi 6 juin 2019, 9h-17h, sur inscription", "Jeudi 6 juin 2019, 9h-17h, sur inscription"),
        ("Remise des prix le 4 juillet 2019", "Remise des prix le 4 juillet 2019"),
        ("3 juin 2019 : clôture des inscriptions", None),
        ("Fin du dépôt des dossiers : 4 mai 2019", None),
        ("15 mai : date limite de dépôt des dossiers", None),
        ("Publication des résultats – septembre 2019", None),
        ("Réponse aux candidats : fin juin 2019", None),
        ("Lancement de l’appel à projets : 2 mars 2020", None),
        ("à venir", None),
    ],
)
def test_lines_of_a_calendar_that_are_the_event(line: str, event: str | None) -> None:
    assert event_lines([line]) == ([event] if event else [])
