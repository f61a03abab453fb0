"""What is fuzzed: each target takes any bytes, and raises where a promise is broken."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from werkzeug.test import create_environ
from werkzeug.wrappers import Request as WebRequest

from indexer.config import Settings
from indexer.dossier import assemble, plan_dossiers
from indexer.errors import UnreadableFile
from indexer.facts.dates import dates_in_file_name, find_dates, read_dates
from indexer.facts.organisations import split_organisations
from indexer.facts.places import find_places, parse_places
from indexer.model import PageFile
from indexer.pages.page import read_page
from indexer.periods import parse_period
from indexer.query_parser import parse
from indexer.query_printer import print_query
from indexer.rules import load_rules
from tests.webapp.fake_reader import FakeReader, sample
from webapp import create_app
from webapp.cursor import CursorExpired, UnknownCursor, at_cursor, cursor
from webapp.search_form import date_fields, hidden_fields
from webapp.state import read_request, search_args

Target = Callable[[bytes], object]
RULES = load_rules(Settings())
APP = create_app(Settings(corpus=Path("/nonexistent"), index=Path("/nonexistent")), FakeReader(sample()))
_REFERENCE = date(2017, 5, 11)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape" if data[:1] == b"\xff" else "replace")


def query(data: bytes) -> None:
    """Any words are parsed; printed, they mean the same to who reads them again."""
    tree = parse(_text(data)).tree
    printed = print_query(tree)
    if len(printed) <= 1000:
        again = parse(printed)
        assert again.notices or print_query(again.tree) == print_query(parse(print_query(again.tree)).tree), printed


def dates(data: bytes) -> None:
    text = _text(data)
    found = [*read_dates(text, _REFERENCE).dates, *find_dates(text[:1500], _REFERENCE), *dates_in_file_name(text[:255])]
    assert all(when.start <= when.end for when in found)
    period = parse_period(text)
    assert period is None or period.first <= period.last


def places(data: bytes) -> None:
    text = _text(data)
    found = [*parse_places([text], RULES.places, text), *find_places(text[:1500], RULES.places)]
    assert bool(found) >= bool(text.split()) or not text.strip()
    split_organisations(text)


def page(data: bytes) -> None:
    """A page is read or said unreadable, and what is read of it makes a dossier."""
    name = "a.txt" if data[:1] < b"\x80" else "a.html"
    with suppress(UnreadableFile):
        read = read_page(name, data, RULES.labels)
        read.text.encode()
        (plan,) = plan_dossiers([PageFile(name, "page", read)], [])
        assemble(plan, lambda *_: read.text, RULES)


def address(data: bytes) -> None:
    """Any query string is a search, whose own address is that search again; its form can be shown."""
    args = _args(data)
    request, problems = read_request(args, 10)
    again, none = read_request(_args(urlencode(search_args(request, 10), doseq=True).encode()), 10)
    assert again == request
    assert none == ()
    with APP.test_request_context("/recherche"):
        date_fields(request, problems)
        hidden_fields(request)


def cursors(data: bytes) -> None:
    """A cursor is its own search's, or refused."""
    args = _args(data)
    request, _ = read_request(args, 10)
    with APP.test_request_context("/api/v1/search"):
        given = cursor(request, 7, request.page)
        assert at_cursor(request, given, 7) == request
        with suppress(UnknownCursor, CursorExpired):
            told = _text(data)
            assert at_cursor(request, told, 7).page > 0


def _args(data: bytes) -> MultiDict[str, str]:
    environ = create_environ("/recherche", query_string=data.decode("latin-1").replace("\r", "").replace("\n", ""))
    return MultiDict(WebRequest(environ).args)


TARGETS: dict[str, Target] = {
    "query": query,
    "dates": dates,
    "places": places,
    "page": page,
    "address": address,
    "cursors": cursors,
}

_WORDS: dict[str, tuple[str, ...]] = {
    "query": (*'ville "politique de la ville" + - OR AND NOT OU ET SAUF ( ) * « » theme: lieu:Noyon titre: date:2017-05 date:'.split(), '"', "ren*", "é", "e\u0301", "\x00", "\u202e", "\ud800", "chef·fe·s", "l’été", ",", " ", "a" * 300, "++", "1 000 000", "-"),
    "dates": tuple(
        "le 11 mai 2017 du au et de 9h 9h30 à 12h00 12 mardi lundi 1er janvier février 31 30 2018 18 11/05/2017 2017-05-11 midi"
        " minuit trimestre semestre printemps début fin mi-mai avant jusqu’au reporté prochain demain hier , ; - – / . ( ) \n avril"
        " xxi 99 0 00h99 ²".split(" ")
    ),
    "places": tuple(
        "Noyon (60) 60400 Oise à au aux Paris 13e arrondissement Lyon 3 / , ; | - Saint-Denis CC du Pays Noyonnais Hauts-de-France"
        " en visio Teams Bruxelles (Belgique) CEDEX BP 12 rue de la mairie hôtel de ville QPV Métropole 2A 974 ( ) \n et La Le L’ •"
        " St Ste s/ sous".split(" ")
    ),
    "page": (
        "\n", "\n\n", "Dates:", "Lieu:", "Organisé par :", "URL de la source (modifié le 11/05/2017 - 09:30):", "https://x.fr/a",
        "[1] https://x.fr/a.pdf", "[a](b)", "[1]", "<p>", "</p>", "<h1>", "<table><tr><td>", "<div class='field-label'>", "<li>", "<a href='",
        "'>", "&eacute;", "&#0;", "<!--", "-->", "<br>", "<script>", "<meta charset=", "Publié le 3 mai 2017", "le 3 mai 2017", "Noyon (60)",
        "Fichiers joints:", "Liens", "**gras**", "# Titre", "=====", "|", "<base href='//", "<time datetime='2017'>", "\x85", "\u2028",
        "mot", "été", " ", "\t", "http://[::1/a.pdf", '<script type="application/ld+json">{"@type":"Event"}</script>',
    ),
    "address": (
        "q=", "&", "=", "theme=emploi", "lieu=", "du=2017", "au=05/2017", "annee=", "page=", "par=20", "tri=date", "mots=tous", "%",
        "%C3%A9", "%00", "%FF", "+", "themes=tous", "correction=non", "fichier=", "9" * 30, "-1", "type=retour", "organisme=", "%F0%9F%98%80",
        "hauts-de-france/oise", "tri=", "ville", "%0A", "du=0000", "au=9999", "du=31/02/2017", "%ED%A0%80", "²", "%D9%A1",
    ),
    "cursors": ("7-1-", "7-", "-", "1", "0", "q=a", "&page=2", "0123456789abcdef", "²", "%D9%A1", "8-1-", "&", "par=20"),
}  # fmt: skip


def inputs(name: str, random: Random) -> bytes:
    """An input for a target: its words in any order, or anything at all, changed here and there."""
    words = _WORDS[name]
    kind = random.random()
    if kind < 0.75:
        glue = random.choice(("", " ", " ", "\n" if name == "page" else " "))
        text = glue.join(random.choices(words, k=random.choice((1, 2, 3, 5, 8, 20))))
        data = text.encode("utf-8", "surrogatepass")
    elif kind < 0.9:
        most = random.choice((128, 0x3000, 0xD7FF))
        data = "".join(chr(random.randrange(most)) for _ in range(random.randrange(60))).encode()
    else:
        data = random.randbytes(random.randrange(80))
    if random.random() < 0.3 and data:
        changed = bytearray(data)
        changed[random.randrange(len(changed))] = random.randrange(256)
        data = bytes(changed)
    return (b"\x80" if name == "page" and random.random() < 0.5 else b"") + data
