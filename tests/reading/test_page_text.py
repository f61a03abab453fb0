"""A page in print form kept as text: body, labelled lines, footnotes."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from indexer.errors import UnreadableFile
from indexer.model import Link, Organisation, OrganisationRole, Page
from indexer.pages.labels import shipped_labels
from indexer.pages.page import read_page
from indexer.pages.print_text import page_text as read_text

SITE = "https://ressources.example"
PRINTED = f"""

Une matinée d'échanges s'est tenue à Valmory.

Le conseil citoyen y a présenté son [bilan](#) [3] aux élus.



Fichiers joints:  [compte-rendu.pdf](#) [1]

 [synthèse.pdf](#) [2]

Dates: Jeudi 9 novembre 2017 - 01:00

Lieu: Maison des services - 60480 VALMORY

URL de la source (modifié le 07/12/2017 - 10:25): <{SITE}/thematiques/sante/matinee-2>

Liens

[1] {SITE}/sites/default/files/compte-rendu.pdf

[2] {SITE}/sites/default/files/synth%C3%A8se.pdf

[3] {SITE}/node/12"""


def page_text(text: str) -> Page:
    return read_text(text, shipped_labels())


def test_the_whole_of_a_printed_page() -> None:
    page = page_text(PRINTED)
    assert page.title is None
    assert page.text == "Une matinée d'échanges s'est tenue à Valmory.\n\nLe conseil citoyen y a présenté son bilan aux élus."
    assert page.dates == ("Jeudi 9 novembre 2017 - 01:00",)
    assert page.places == ("Maison des services - 60480 VALMORY",)
    assert page.modified == datetime(2017, 12, 7, 10, 25)
    assert page.addresses == (f"{SITE}/thematiques/sante/matinee-2",)
    assert page.links == (
        Link(f"{SITE}/node/12", "bilan"),
        Link(f"{SITE}/sites/default/files/compte-rendu.pdf", "compte-rendu.pdf"),
        Link(f"{SITE}/sites/default/files/synth%C3%A8se.pdf", "synthèse.pdf"),
    )


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        ("Dates: 6 mai 2018\nDates: 7 mai 2018", ("6 mai 2018", "7 mai 2018")),
        ("Dates : 6 mai 2018\n7 mai 2018\n  8 mai 2018", ("6 mai 2018", "7 mai 2018", "8 mai 2018")),
        ("DATE :\n\n6 mai 2018", ("6 mai 2018",)),
        ("Date(s): 6 mai 2018", ("6 mai 2018",)),
        ("**Dates :** 6 mai 2018", ("6 mai 2018",)),
        ("Quand ?\n6 mai 2018 à 10h", ("6 mai 2018 à 10h",)),
        ("Dates:\nLieu: Lille", ()),
    ],
)
def test_values_of_a_date_label(lines: str, dates: tuple[str, ...]) -> None:
    assert page_text(f"Un texte.\n\n{lines}\n").dates == dates


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Lieu", "places"),
        ("LIEUX", "places"),
        ("Où ?", "places"),
        ("Thématiques", "tags"),
        ("Thematique(s)", "tags"),
        ("Mots-clés", "tags"),
    ],
)
def test_labels_in_any_case_with_or_without_accents(label: str, field: str) -> None:
    separator = "" if label.endswith("?") else " :"
    assert getattr(page_text(f"Un texte.\n\n{label}{separator} Santé"), field) == ("Santé",)


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Organisé par", "organiser"),
        ("ORGANISÉ PAR", "organiser"),
        ("Co-organisé·e·s par", "organiser"),
        ("Proposée par", "organiser"),
        ("Avec la participation de", "participant"),
        ("Partenaire(s)", "partner"),
        ("En partenariat avec", "partner"),
        ("Structure porteuse", "structure"),
    ],
)
def test_bodies_have_the_role_that_their_label_says(label: str, role: OrganisationRole) -> None:
    assert page_text(f"Un texte.\n\n{label} : RÉCIF").organisations == (Organisation("RÉCIF", role),)


@pytest.mark.parametrize("label", ["Fichiers joints", "Fichier(s) joint(s)", "Documents joints", "Pièces jointes"])
@pytest.mark.parametrize("value", ["[a.pdf](#) [1]", "a.pdf [1]", f"[a.pdf]({SITE}/a.pdf)", f"[a.pdf]({SITE}/a.pdf) [1]"])
def test_attached_files(label: str, value: str) -> None:
    page = page_text(f"Un texte.\n\n{label}: {value}\n\nLiens\n[1] {SITE}/a.pdf")
    assert page.links == (Link(f"{SITE}/a.pdf", "a.pdf"),)


@pytest.mark.parametrize(
    ("line", "url", "modified"),
    [
        (f"URL de la source: {SITE}/a", f"{SITE}/a", None),
        (f"URL de la source : <{SITE}/a>", f"{SITE}/a", None),
        (f"Url source (modifié le 01/02/2019 - 08:05) : {SITE}/a", f"{SITE}/a", datetime(2019, 2, 1, 8, 5)),
        (f"URL de la source (modifie le 01/02/2019): {SITE}/a", f"{SITE}/a", datetime(2019, 2, 1)),
        (f"URL de la source:\n<{SITE}/a>", f"{SITE}/a", None),
    ],
)
def test_source_address(line: str, url: str, modified: datetime | None) -> None:
    page = page_text(f"Un texte.\n\n{line}\n")
    assert (page.addresses, page.modified, page.text) == ((url,), modified, "Un texte.")


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 24 mars 2017",
        "Publié le ven, 24/03/2017 - 10:00",
        "Publié le : 24/03/2017",
        "publie le vendredi 24 mars 2017 à 9h30",
    ],
)
def test_publication_date(line: str) -> None:
    page = page_text(f"{line}\n\nUn texte qui suit.\n")
    assert (page.published, page.text) == (date(2017, 3, 24), "Un texte qui suit.")


@pytest.mark.parametrize(
    "start",
    [
        "# Retour sur la rencontre\n\n",
        "Retour sur la rencontre\n=======\n\n",
        "Retour sur la rencontre\n\n",
        "\n\nRetour sur la rencontre\n\n",
    ],
)
def test_a_title_line(start: str) -> None:
    page = page_text(f"{start}Elle a réuni vingt personnes.\n\nLieu: Lille")
    assert (page.title, page.text) == ("Retour sur la rencontre", "Elle a réuni vingt personnes.")


def test_prose_is_not_taken_for_labels() -> None:
    body = (
        "Publiée le 3 mai 2016, la circulaire précise que les conseils citoyens sont associés au pilotage du contrat.\n\n"
        "Où ? Quand ? Comment ? Les habitants ont posé leurs questions.\n\nLa date : un sujet de discorde, et non des moindres."
    )
    page = page_text(body)
    assert (page.text, page.dates, page.places, page.published) == (body, (), (), None)


def test_a_paragraph_after_the_labels_is_not_lost() -> None:
    page = page_text("Un début.\n\nLieu: Lille\n\nUne suite du texte, longue de plusieurs mots, que rien n'annonce.")
    assert page.text == "Un début.\n\nUne suite du texte, longue de plusieurs mots, que rien n'annonce."
    assert page.places == ("Lille",)


def test_organisers_and_contact_stay_in_the_text() -> None:
    page = page_text("Un texte.\n\nOrganisé par : RÉCIF\nContact : accueil@recif.example\nLieu : Lille")
    assert page.organisations == (Organisation("RÉCIF", "organiser"),)
    assert page.text == "Un texte.\n\nOrganisé par : RÉCIF\nContact : accueil@recif.example"


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf\r\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.HTM"])
def test_an_empty_page_is_refused_with_advice(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_page(name, data)
    assert caught.value.reason == "empty"
    assert caught.value.advice


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (
            "Lieu:\nÉcole des Terrasses\n15, rue de la Tuilerie\n93510 Villemarais",
            ("École des Terrasses, 15, rue de la Tuilerie, 93510 Villemarais",),
        ),
        ("Lieu: Nordhelle\nValmory", ("Nordhelle", "Valmory")),
        ("Lieu: Nordhelle\n\n 80410 Aubrecourt", ("Nordhelle", "80410 Aubrecourt")),
    ],
)
def test_lines_of_one_address_are_one_place(lines: str, places: tuple[str, ...]) -> None:
    assert page_text(f"Un texte.\n\n{lines}\n").places == places


@pytest.mark.parametrize("line", ["[", "[a](", "**a ", "http://a ", "Dates: ", "_", "URL de la source ("])
def test_one_line_of_2_megabytes_is_quick(line: str) -> None:
    started = time.process_time()
    page_text(line * (2_000_000 // len(line)))
    assert time.process_time() - started < 5


def test_a_page_of_frames_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableFile, match="cadres") as caught:
        read_page("a.html", b"<html><title>A</title><frameset cols='1,2'><frame src='b.htm'></frameset></html>")
    assert (caught.value.reason, "cadre" in caught.value.advice) == ("empty", True)
