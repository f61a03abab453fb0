"""Exports hold what the screen shows, and programs that are not ours read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import bibtexparser
import icalendar
import pytest
import rispy
from flask.testing import FlaskClient

from indexer.model import Card, EventDate
from tests.webapp.fake_reader import FakeReader
from webapp.exports import bibtex, calendar, csv_table, ris, views
from webapp.exports.views import FORMS


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\N{BOM}"), newline="")))


@pytest.mark.parametrize("query", ["", "?q=atelier", "?q=contrat&tri=date", "?theme=habitat&lieu=en-ligne", "?du=2017&au=2018"])
def test_an_export_holds_every_hit_in_the_order_of_the_screen(client: FlaskClient, query: str) -> None:
    pages: list[str] = []
    number = 1
    while found := client.get(f"/api/v1/search{query}{'&' if query else '?'}page={number}").json["hits"]:  # type: ignore[index]
        pages += [hit["id"] for hit in found]
        number += 1
    assert [row["identifiant"] for row in table(client.get(f"/export.csv{query}").text)] == pages
    whole = client.get(f"/export.json{query}").json
    assert whole is not None
    assert [dossier["id"] for dossier in whole["dossiers"]] == pages
    assert whole["total"] == len(pages)
    assert [entry["id"] for entry in rispy.loads(client.get(f"/export.ris{query}").text)] == pages
    assert [entry.key for entry in bibtexparser.parse_string(client.get(f"/export.bib{query}").text).entries] == pages


@pytest.mark.parametrize("form", FORMS)
def test_a_dossier_is_exported_alone(client: FlaskClient, form: str) -> None:
    response = client.get(f"/dossier/a1/export.{form}")
    assert response.status_code == 200
    assert "Rencontre du réseau à Noyon" in response.text
    name = response.headers["Content-Disposition"]
    assert name == f"attachment; filename=chercheville-rencontre-du-reseau-a-noyon.{form}"
    assert client.get(f"/dossier/zz/export.{form}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_nothing_found_is_an_empty_file(client: FlaskClient, form: str) -> None:
    response = client.get(f"/export.{form}?q=introuvable")
    assert response.status_code == 200
    assert "a1" not in response.text


def test_what_a_page_would_ignore_is_refused(client: FlaskClient) -> None:
    response = client.get("/export.csv?du=2017-02-30")
    assert response.status_code == 400
    assert "2017-02-30" in response.text
    assert client.get("/export.csv?page=0").status_code == 200
    assert client.get("/export.doc").status_code == 404


def test_too_many_exports_at_once_are_told_to_come_back(client: FlaskClient) -> None:
    slots = [views.Slot() for _ in range(views.AT_ONCE)]
    response = client.get("/export.csv")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    for slot in slots:
        slot.release()
    for _ in range(views.AT_ONCE + 1):  # each gives back its place, whatever becomes of it
        assert client.get("/export.csv").status_code == 200
        assert client.head("/export.csv").status_code == 200
        assert client.get("/export.csv?du=2017-02-30").status_code == 400


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(client: FlaskClient, reader: FakeReader, title: str) -> None:
    hostile = Card("x", "x", title, False, "annonce")
    with client.application.test_request_context():
        (row,) = table("".join(csv_table.lines([hostile])))
    assert row["titre"] == f"'{title}"


def test_the_table_tells_dates_places_and_certainty(client: FlaskClient) -> None:
    row = next(row for row in table(client.get("/export.csv").text) if row["identifiant"] == "a1")
    assert (row["debut"], row["fin"], row["date_deduite"]) == ("2017-05-11", "2017-06-30", "oui")
    assert (row["lieux"], row["departements"], row["themes"]) == ("Noyon (Oise)", "Oise", "Politique de la ville")
    assert (row["fichiers"], row["pages"]) == ("compte rendu n°1.pdf ; absent.pdf", "2")
    assert row["adresse"] == "http://localhost/dossier/a1/rencontre-du-reseau-a-noyon"


def test_a_calendar_has_the_days_that_are_known(client: FlaskClient) -> None:
    found = icalendar.Calendar.from_ical(client.get("/dossier/a1/export.ics").data)
    first, second = found.walk("VEVENT")  # the third date is but a month
    assert (first["dtstart"].dt, first["dtend"].dt) == (datetime(2017, 5, 11, 9, 30), datetime(2017, 5, 11, 12))
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2017, 5, 12), date(2017, 5, 13))
    assert "vendredi" in second["description"]
    assert str(first["location"]) == "Noyon (Oise)"
    assert first["uid"] != second["uid"]


def test_several_days_with_hours_are_whole_days(client: FlaskClient) -> None:
    when = EventDate(date(2024, 10, 14), date(2024, 10, 16))
    with client.application.test_request_context():
        text = "".join(calendar.lines([Card("x", "x", "Titre", False, "annonce", dates=(when,))], datetime(2026, 1, 1)))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 10, 14), date(2024, 10, 17))


HOSTILE = Card("x", "x", "100 % {accolade} & _souligné_ \\ # $ ~ ^\nTY  - JOUR", False, "document")


def test_a_title_cannot_break_a_bibliography(client: FlaskClient) -> None:
    with client.application.test_request_context():
        (entry,) = rispy.loads("".join(ris.lines([HOSTILE, HOSTILE])))[:1]
        library = bibtexparser.parse_string("".join(bibtex.lines([HOSTILE])))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"].endswith("^ TY - JOUR")
    assert not library.failed_blocks
    assert "\\{accolade\\}" in library.entries[0]["title"]


def test_json_is_a_list_even_of_one(client: FlaskClient) -> None:
    assert [dossier["id"] for dossier in json.loads(client.get("/dossier/b2/export.json").text)["dossiers"]] == ["b2"]


def test_a_bibliography_begins_with_its_first_entry(client: FlaskClient) -> None:
    assert client.get("/dossier/a1/export.ris").text.startswith("TY  - ELEC\nID  - a1\n")
    text = client.get("/dossier/a1/export.bib").text
    assert text.startswith("@misc{a1,\n")
    assert "title = {{Rencontre du réseau à Noyon}}" in text
    assert "year = {2017}" in text
