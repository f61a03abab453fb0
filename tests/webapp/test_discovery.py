"""What programs read of the site: feeds, sitemaps, browsers' search boxes, embedded metadata."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from tests.webapp.fake_reader import FakeReader
from webapp import discovery

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def dossier(client: FlaskClient, url: str = "/dossier/a1/rencontre-du-reseau-a-noyon") -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def test_a_feed_has_what_its_search_finds(client: FlaskClient) -> None:
    response = client.get("/flux.atom?q=noyon&tri=date&page=3")
    assert response.mimetype == "application/atom+xml"
    feed = feedparser.parse(response.data)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Rencontre du réseau à Noyon"]
    (entry,) = feed.entries
    assert entry.link == "http://localhost/dossier/a1/rencontre-du-reseau-a-noyon"
    assert {tag.term for tag in entry.tags} == {"Politique de la ville", "Santé mentale"}
    assert "11 mai 2017" in entry.summary
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "http://localhost/flux.atom?q=noyon",
        "alternate": "http://localhost/recherche?q=noyon&tri=nouveautes"
        if False
        else "http://localhost/recherche?q=noyon&tri=date",
    }


def test_a_feed_is_xml_whatever_the_dossiers_hold(client: FlaskClient, reader: FakeReader) -> None:
    hostile = ElementTree.fromstring(client.get("/flux.atom?q=balises").data)
    titles = [entry.findtext(f"{ATOM}title") for entry in hostile.iter(f"{ATOM}entry")]
    assert titles == ["<script>alert('titre')</script> & balises"]
    ElementTree.fromstring(client.get("/flux.atom?q=%00%0B%EF%BF%BE").data)


def test_a_feed_of_a_search_not_understood_is_refused(client: FlaskClient) -> None:
    assert client.get("/flux.atom?au=2017-02-30").status_code == 400


def test_every_dossier_is_in_the_sitemap(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MAP_SIZE", 10)
    maps = [loc.text for loc in ElementTree.fromstring(client.get("/sitemap.xml").data).iter(f"{MAP}loc")]
    assert maps == [f"http://localhost/sitemap-{number}.xml" for number in (1, 2, 3)]
    urls = [loc.text for one in maps for loc in ElementTree.fromstring(client.get(one or "").data).iter(f"{MAP}loc")]
    assert len(urls) == len(set(urls)) == 25
    assert all(client.get(url or "").status_code == 200 for url in urls)
    assert client.get("/sitemap-4.xml").status_code == client.get("/sitemap-0.xml").status_code == 404


def test_search_engines_are_told_what_to_leave(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /recherche?" in text
    assert text.endswith("Sitemap: http://localhost/sitemap.xml\n")


def test_a_browser_can_add_the_site_to_its_search_boxes(client: FlaskClient) -> None:
    page = LexborHTMLParser(client.get("/").text)
    link = page.css_first("link[rel=search]").attributes["href"] or ""
    response = client.get(link)
    assert response.mimetype == "application/opensearchdescription+xml"
    urls = {url.get("type"): url.get("template") for url in ElementTree.fromstring(response.data).iter() if url.get("template")}
    assert urls["text/html"] == "http://localhost/recherche?q={searchTerms}"
    found = client.get((urls["application/x-suggestions+json"] or "").replace("{searchTerms}", "san"))
    assert found.json == ["san", ["Santé", "Santé mentale"]]


def test_a_dossier_tells_programs_what_to_cite(client: FlaskClient) -> None:
    tags = [
        (node.attributes["name"], node.attributes["content"])
        for node in dossier(client).css("meta[name^=citation], meta[name^=DC]")
    ]
    told = dict(tags)
    assert told["citation_title"] == told["DC.title"] == "Rencontre du réseau à Noyon"
    assert told["citation_author"] == "Le centre de ressources"
    assert told["citation_publication_date"] == "2017/05/20"
    assert told["citation_pdf_url"].startswith("http://localhost/dossier/a1/fichier/1/")
    assert told["DC.source"] == "https://exemple.example/thematiques/reseau-3"


def test_an_event_is_told_as_such(client: FlaskClient) -> None:
    told = json.loads(dossier(client).css_first("script[type='application/ld+json']").text())
    assert told["@type"] == "Event"
    assert (told["startDate"], told["endDate"]) == ("2017-05-11T09:30", "2017-05-12")  # the hour only where it is known
    assert told["location"][0]["address"]["addressLocality"] == "Noyon"


def test_a_title_cannot_leave_its_script(client: FlaskClient) -> None:
    tree = dossier(client, "/dossier/b2/balises")
    assert json.loads(tree.css_first("script[type='application/ld+json']").text())["name"].startswith("<script>")
    assert "<script>alert" not in client.get("/dossier/b2/balises").text


def test_a_dossier_is_cited_in_two_styles(client: FlaskClient) -> None:
    iso, apa = (node.text().replace("\xa0", " ") for node in dossier(client).css(".citation"))
    assert iso == (
        "LE CENTRE DE RESSOURCES. Rencontre du réseau à Noyon [en ligne]. ChercheVille, 20 mai 2017. Événement : 11 mai 2017,"
        " 9 h 30 – 12 h, Noyon (Oise). [Consulté le 20 novembre 2026]. Disponible à l’adresse :"
        " https://exemple.example/thematiques/reseau-3"
    )
    assert apa == (
        "Le centre de ressources. (2017, 20 mai). Rencontre du réseau à Noyon [Page web]. ChercheVille."
        " https://exemple.example/thematiques/reseau-3"
    )


def test_a_page_of_a_pdf_is_cited_with_its_number(client: FlaskClient) -> None:
    plain = dossier(client)
    links = [node.attributes["href"] for node in plain.css(".part p.source a")]
    assert links[1] == "/dossier/a1/rencontre-du-reseau-a-noyon?citer=1-2#citer"
    iso = dossier(client, links[1]).css_first(".citation").text().replace("\xa0", " ")
    assert "compte rendu n°1.pdf [PDF en ligne], p. 2. In : Rencontre du réseau à Noyon." in iso
    assert iso.endswith("https://exemple.example/cr.pdf#page=2")


@pytest.mark.parametrize("wrong", ["", "x", "1", "1-", "-1", "1-99", "9-1", "0-1", "1-0", "²-1", "1" * 5000 + "-1"])
def test_a_page_that_there_is_not_is_not_cited(client: FlaskClient, wrong: str) -> None:
    tree = dossier(client, f"/dossier/a1/rencontre-du-reseau-a-noyon?citer={wrong}")
    assert "PDF en ligne" not in tree.css_first(".citation").text()


def test_what_is_new_is_dated(client: FlaskClient) -> None:
    updated = feedparser.parse(client.get("/flux.atom").data).feed.updated_parsed
    assert datetime(*updated[:6], tzinfo=UTC) - datetime(2026, 11, 20, 9, 30, tzinfo=UTC) < timedelta(days=1)
