"""A dossier that left the index answers 410 under every address it had, with what replaces it; one that never was, 404."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer import Settings, open_reader
from indexer.build import build
from indexer.engine.contract import Request
from indexer.model import Card
from webapp import create_app

TINY = Path(__file__).parents[1] / "corpus"
ADDRESSES = (
    "/dossier/{}",
    "/dossier/{}/le-conseil-local",
    "/dossier/{}/fichier/1/essai.pdf",
    "/dossier/{}/export.csv",
    "/dossier/{}/export.json",
    "/dossier/{}/export.ris",
    "/dossier/{}/export.bib",
    "/dossier/{}/export.ics",
    "/api/v1/dossier/{}",
    "/api/v1/explain?q=ville&id={}",
)
PAGE = '<html><head><link rel="shortlink" href="{address}"></head><body><h1>{title}</h1><p>{text}</p></body></html>'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(TINY / "pages", tmp_path / "corpus" / "pages")
    shutil.copytree(TINY / "pdf", tmp_path / "corpus" / "pdf")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    index(settings)
    return settings


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def index(settings: Settings) -> None:
    build(settings, lambda _: None, yes=True)


def write(settings: Settings, path: str, title: str, address: str = "", text: str = "Une page d’essai.") -> None:
    (settings.corpus / path).write_text(PAGE.format(title=title, address=address, text=text), encoding="utf-8")


def card(settings: Settings, path: str) -> Card:
    """The dossier made of this file."""
    with closing(open_reader(settings)) as reader:
        return next(card for card in reader.every(Request()) if card.path == path)


def remove(settings: Settings, path: str) -> Card:
    """The dossier that was made of this file, now out of the index."""
    left = card(settings, path)
    (settings.corpus / path).unlink()
    index(settings)
    return left


def replaced_by(client: FlaskClient, left: Card) -> list[dict[str, str]]:
    answer = client.get(f"/api/v1/dossier/{left.id}")
    assert answer.status_code == 410
    assert answer.json
    found: list[dict[str, str]] = answer.json["replaced_by"]
    return found


def test_every_address_of_a_dossier_that_left_says_so(settings: Settings, client: FlaskClient) -> None:
    left = remove(settings, "pages/sante.html")
    for address in ADDRESSES:
        answer = client.get(address.format(left.id))
        assert answer.status_code == 410
        assert left.title in (answer.json["detail"] if answer.json else answer.text)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert client.head(address.format(left.id)).status_code == 410


def test_an_identifier_that_never_was_is_not_found(client: FlaskClient) -> None:
    for address in ADDRESSES:
        for identifier in ("0" * 12, "%00", "%ED%A0%80", "é", "%27"):
            answer = client.get(address.format(identifier))
            assert answer.status_code == 404
            assert "replaced_by" not in answer.text


def test_a_program_gets_a_problem_with_what_the_dossier_was(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/une.html", "Les clauses sociales", "https://exemple.fr/node/12")
    index(settings)
    left = remove(settings, "pages/une.html")
    answer = client.get(f"/api/v1/dossier/{left.id}")
    assert answer.mimetype == "application/problem+json"
    assert answer.json
    assert (answer.json["status"], answer.json["replaced_by"]) == (410, [])
    gone = answer.json["dossier"]
    assert gone.pop("gone").startswith("20")
    assert gone == {"id": left.id, "title": "Les clauses sociales", "source_url": "https://exemple.fr/node/12"}


def test_the_page_helps_to_go_on(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/une.html", "Les « clauses » -sociales", "https://exemple.fr/node/12")
    index(settings)
    left = remove(settings, "pages/une.html")
    tree = LexborHTMLParser(client.get(f"/dossier/{left.id}/les-clauses-sociales").text)
    said = " ".join(tree.css_first("main").text().split())
    assert "a quitté l’index le" in said
    assert "Aucun dossier de l’index ne le remplace." in said
    links = [node.attributes["href"] for node in tree.css("main a")]
    assert links == ["https://exemple.fr/node/12", "/recherche?q=les+clauses+sociales", "/"]


def test_the_same_address_replaces_it(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/une.html", "La mobilité", "https://exemple.fr/node/12")
    index(settings)
    left = card(settings, "pages/une.html")
    (settings.corpus / "pages/une.html").unlink()
    canonical = 'https://exemple.fr/node/12"><link rel="canonical" href="https://exemple.fr/aller-et-venir'
    write(settings, "pages/deux.html", "Aller et venir", canonical)
    index(settings)
    now = card(settings, "pages/deux.html")
    expected = {"id": now.id, "title": now.title, "url": f"/dossier/{now.id}/{now.slug}", "why": "address"}
    assert replaced_by(client, left) == [expected]
    tree = LexborHTMLParser(client.get(f"/dossier/{left.id}").text)
    entry = tree.css_first("main li")
    assert " ".join(entry.text().split()) == "Aller et venir publié à la même adresse"
    assert entry.css_first("a").attributes["href"] == expected["url"]
    assert client.get(expected["url"]).status_code == 200


def test_the_same_file_replaces_it(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/une.html", "La mobilité")
    index(settings)
    left = card(settings, "pages/une.html")
    write(settings, "pages/une.html", "Tout autre chose", "https://exemple.fr/mobilite")
    index(settings)
    assert [(found["title"], found["why"]) for found in replaced_by(client, left)] == [("Tout autre chose", "path")]


def test_the_same_content_replaces_it(settings: Settings, client: FlaskClient) -> None:
    pdf = settings.corpus / "pdf/etude_seule_mars_2018.pdf"
    left = card(settings, "pdf/etude_seule_mars_2018.pdf")
    pdf.rename(settings.corpus / "ailleurs.pdf")
    index(settings)
    assert [(found["title"], found["why"]) for found in replaced_by(client, left)] == [("Ailleurs", "content")]


def test_failing_these_the_nearest_title_is_offered(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/2018.html", "Rencontre du réseau des chefs de projet 2018", text="Le bilan.")
    write(settings, "pages/2019.html", "Rencontre du réseau des chefs de projet 2019", text="Les suites.")
    index(settings)
    left = remove(settings, "pages/2018.html")
    (found,) = replaced_by(client, left)
    assert (found["id"], found["why"]) == (card(settings, "pages/2019.html").id, "title")


def test_a_title_that_is_not_near_is_not_offered(settings: Settings, client: FlaskClient) -> None:
    write(settings, "pages/une.html", "santé OR -conseil theme:jeunes")
    index(settings)
    assert replaced_by(client, remove(settings, "pages/une.html")) == []


def test_a_dossier_that_comes_back_is_found_again(settings: Settings, client: FlaskClient) -> None:
    page = settings.corpus / "pages/sante.html"
    content = page.read_bytes()
    left = remove(settings, "pages/sante.html")
    assert client.get(f"/dossier/{left.id}/{left.slug}").status_code == 410
    page.write_bytes(content)
    index(settings)
    assert client.get(f"/dossier/{left.id}/{left.slug}").status_code == 200


def test_a_dossier_of_which_nothing_was_noted_is_gone_all_the_same(settings: Settings, client: FlaskClient) -> None:
    left = remove(settings, "pages/sante.html")
    with closing(sqlite3.connect(settings.index / "store.sqlite")) as connection, connection:
        connection.execute("UPDATE departed SET title = NULL, source_url = NULL")
        connection.execute("DELETE FROM mark")
    answer = client.get(f"/dossier/{left.id}")
    assert answer.status_code == 410
    assert "Son titre n’est pas connu" in answer.text


def test_hostile_titles_and_addresses_are_shown_as_text(settings: Settings, client: FlaskClient) -> None:
    left = remove(settings, "pages/sante.html")
    with closing(sqlite3.connect(settings.index / "store.sqlite")) as connection, connection:
        connection.execute("UPDATE departed SET title = '<script>alert(1)</script>', source_url = 'javascript:alert(2)'")
    answer = client.get(f"/dossier/{left.id}")
    assert "<script>alert" not in answer.text
    assert "javascript:" not in answer.text


def test_a_register_that_cannot_be_read_is_logged_and_the_dossier_not_found(
    settings: Settings, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    left = remove(settings, "pages/sante.html")
    with closing(sqlite3.connect(settings.index / "store.sqlite")) as connection, connection:
        connection.execute("DROP TABLE departed")
    assert client.get(f"/dossier/{left.id}").status_code == 404
    assert "departed" in caplog.text
