"""A hostile corpus is shown and exported without harm: no script runs, no header or formula is put in, no file escapes."""

from __future__ import annotations

import csv
import io
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from indexer.build import build
from indexer.config import Settings
from indexer.engine import open_reader
from indexer.engine.contract import Request
from tests.faults.hostile.corpus import FORMULAS, SCRIPTS, write
from tests.faults.variant import LONG
from tests.serving import served
from webapp import create_app

QUERIES = ("atelier", "quartier", '"conseil citoyen"', "introuvable", *SCRIPTS)
LISTS = ("/recherche?q={}", "/concordance?q={}", "/tendances?mot={}", "/vocabulaire?q={}", "/valeurs/organisme?q={}")
PAGES = ("/", "/methode", "/lacunes", "/accessibilite", "/valeurs/theme", "/valeurs/lieu", "/flux.atom", "/sitemap.xml", "/{}")
TABLES = (
    "/export.csv?q=atelier",
    "/concordance.csv?q=quartier",
    "/concordance.csv?q=conseil",
    "/tendances.csv?mot=%3Datelier&mot=-ville",
    "/vocabulaire.csv?type=document&minimum=1",
)
HANDLERS = "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]).filter(one => /^on/i.test(one.name)).length"
"""How many attributes of a page are scripts."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("piege")
    write(folder / "corpus")
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    build(settings, lambda _: None)
    return settings


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture(scope="module")
def dossiers(settings: Settings) -> list[str]:
    """The addresses of the dossiers."""
    reader = open_reader(settings)
    cards = list(reader.every(Request()))
    reader.close()
    return [f"/dossier/{card.id}?q=quartier" for card in cards]


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


def addresses(dossiers: Iterable[str]) -> list[str]:
    typed = [quote(query) for query in QUERIES]
    return [
        *(path.format(query) for path in LISTS for query in typed),
        *(path.format(typed[-1]) for path in PAGES),
        f"/recherche?q=ville&theme={typed[5]}&lieu={typed[6]}&du={typed[7]}&tri={typed[8]}&organisme={typed[4]}",
        *dossiers,
    ]


@pytest.fixture(scope="module")
def unguarded(app: Flask) -> Iterator[str]:
    """The site without its content security policy: what keeps scripts out is then how pages are written, alone."""

    def without(environ: Any, start: Any) -> Any:
        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [pair for pair in headers if pair[0] != "Content-Security-Policy"], *rest)

        return app(environ, started)

    with served(without) as address:  # type: ignore[arg-type]
        yield address


def test_no_script_runs_in_a_browser_without_the_policy(browser: Browser, unguarded: str, dossiers: list[str]) -> None:
    context = browser.new_context(base_url=unguarded, service_workers="block")
    hurt: list[str] = []
    asked: set[str] = set()
    context.expose_function("hurt", lambda: hurt.append("hurt"))
    page = context.new_page()
    page.on("dialog", lambda dialog: (hurt.append("dialog"), dialog.dismiss()))
    page.on("request", lambda request: asked.add(request.url))
    everything = addresses(dossiers)
    for path in [*everything, *(f"/en{path}" for path in everything[::9])][:: 1 if LONG else 6]:
        answer = page.goto(path)
        assert answer
        assert "content-security-policy" not in answer.headers
        if "html" in answer.headers["content-type"]:
            page.evaluate("document.querySelectorAll('*').forEach(one => one.focus && one.focus())")
            assert page.evaluate(HANDLERS) == 0, path
        assert not hurt, path
    context.close()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(unguarded).netloc}


def test_no_link_is_a_script_and_no_resource_is_another_hosts(app: Flask, dossiers: list[str]) -> None:
    client = app.test_client()
    for path in addresses(dossiers):
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        tree = LexborHTMLParser(answer.text)
        for node in tree.css("[href], [action], [formaction]"):
            target = (
                node.attributes.get("href") or node.attributes.get("action") or node.attributes.get("formaction") or ""
            ).strip()
            assert not target.lower().startswith(("javascript:", "data:", "vbscript:")), (path, target)
        for node in tree.css(
            "script[src], img, link[rel=stylesheet], link[rel=icon], iframe, object, embed, source, video, audio"
        ):
            source = node.attributes.get("src") or node.attributes.get("href") or node.attributes.get("data") or ""
            assert source[:1] == "/" != source[1:2], (path, source)
        assert {node.attributes.get("type") for node in tree.css("script:not([src])")} <= {"application/ld+json"}, path


@pytest.mark.parametrize("path", TABLES)
def test_no_cell_of_a_table_is_a_formula(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\N{BOM}"))))
    assert len(rows) > 1
    for row in rows:
        for cell in row:
            is_number = cell.removeprefix("-").replace(".", "", 1).replace(",", "", 1).isdecimal()
            assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), (path, cell)
    if "export" in path:
        assert sum(f"'{formula.strip()}" in cell for row in rows for cell in row for formula in FORMULAS) > 3


def raw(site: str, path: bytes, *headers: bytes) -> bytes:
    """The answer to a request whose path is sent as it is."""
    where = urlsplit(site)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as connection:
        lines = [b"GET " + path + b" HTTP/1.1", b"Host: " + where.netloc.encode(), b"Connection: close", *headers]
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


UP = ("..", "%2e%2e", "%2E.", ".%2e", "..%00", "%c0%ae%c0%ae", "%252e%252e", "..%5c..", "....", "%uff0e%uff0e")


@pytest.mark.parametrize("up", UP)
def test_no_path_leads_out_of_the_corpus(site: str, dossiers: list[str], up: str) -> None:
    folder = urlsplit(dossiers[0]).path
    for slash in ("/", "%2f", "%5c", "//", "/./"):
        way = slash.join([up] * 4)
        for start in (f"{folder}/fichier/1/", "/static/", "/", f"{folder}/", "/valeurs/", "/dossier/"):
            for end in ("secret.pdf", "etc/passwd", "index/store.sqlite", "index/current.json"):
                answer = raw(site, f"{start}{way}{slash}{end}".encode())
                body = answer.partition(b"\r\n\r\n")[2]
                assert b"secret" not in body.replace(b"secret.pdf", b"") or b"text/html" in answer, (start, way, end)
                assert b"root:x:0" not in answer
                assert b"SQLite format" not in answer
                assert b'"toc"' not in answer


INJECTED = (
    "%0d%0aX-Hurt:%201",
    "%0aX-Hurt:1",
    "%0d%0a%0d%0a<script>",
    "%E5%98%8A%E5%98%8DX-Hurt:1",
    "\\r\\nX-Hurt:1",
    "%C4%8AX-Hurt:1",
)


@pytest.mark.parametrize("injected", INJECTED)
def test_no_header_is_put_in(site: str, dossiers: list[str], injected: str) -> None:
    folder = urlsplit(dossiers[0]).path
    ways = ("/{}", "/recherche?q={}", "/export.csv?q={}", "/export.ris?q={}", "/en/{}", "/dossier/{}", "/concordance.csv?q={}")
    inside = ("/{}", "?q={}", "/fichier/1/{}", "/export.{}")
    paths = [*(way.format(injected) for way in ways), *(folder + way.format(injected) for way in inside)]
    for path in paths:
        head = raw(site, path.encode(), f"X-Forwarded-Host: x{injected}".encode(), b"Cookie: a=\x01").partition(b"\r\n\r\n")[0]
        names = [line.partition(b":")[0].strip().lower() for line in head.split(b"\n")[1:]]
        assert b"x-hurt" not in names, path
        assert head.startswith(b"HTTP/1."), path


def test_names_with_line_ends_are_served_under_sound_headers(app: Flask, settings: Settings) -> None:
    client = app.test_client()
    reader = open_reader(settings)
    cards = [card for card in reader.every(Request()) if card.attachments]
    reader.close()
    served_names = 0
    for card in cards:
        for number, attachment in enumerate(card.attachments, 1):
            if attachment.status == "missing":
                continue
            answer = client.get(f"/dossier/{card.id}/fichier/{number}/{quote(attachment.name, safe='')}", buffered=True)
            served_names += answer.status_code == 200
            assert answer.status_code in (200, 301, 404), attachment.name
            assert "hurt" not in answer.headers.get("Set-Cookie", "")
            assert not any("\n" in value or "\r" in value for _, value in answer.headers)
        for form in ("csv", "json", "ris", "bib", "ics"):
            answer = client.get(f"/dossier/{card.id}/export.{form}", buffered=True)
            assert answer.status_code == 200
            assert not any("\n" in value or "\r" in value for _, value in answer.headers)
    assert served_names > 20


def test_a_hostile_host_is_not_written_into_pages_as_mark_up(app: Flask, dossiers: list[str]) -> None:
    for path in ("/", dossiers[0], "/flux.atom", "/sitemap.xml", "/opensearch.xml"):
        answer = app.test_client().get(path, headers={"Host": 'a"><script>hurt()</script>'})
        assert "<script>hurt" not in answer.text


def test_the_secret_lies_where_these_tests_look_for_it(settings: Settings) -> None:
    assert (Path(settings.corpus).parent / "secret.pdf").read_bytes().endswith(b"secret")
