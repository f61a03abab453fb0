"""Pages in the forms of many sites, each read whole: what is expected of a page stands in the .toml file beside it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Link, Organisation, Page
from indexer.pages.page import read_page

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if path.suffix != ".toml")


def expected(path: Path) -> Page:
    """The page that a .toml file describes; what it does not mention is empty."""
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    links = tuple(Link(url, label) for url, label in table.pop("links", ()))
    organisations = tuple(Organisation(name, role) for role, name in table.pop("organisations", ()))
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return Page(links=links, organisations=organisations, **fields)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_whole(path: Path) -> None:
    assert read_page(path.name, path.read_bytes()) == expected(path.with_suffix(".toml"))


def test_there_are_forty_pages() -> None:
    assert len(PAGES) >= 40


def test_the_print_form_and_the_page_of_a_site_have_an_address_in_common() -> None:
    site = "https://ressources.example/sante/forum"
    saved = (
        f'<link rel="canonical" href="{site}"><link rel="shortlink" href="/node/4"><main><h1>Forum</h1><p>Un forum.</p></main>'
    )
    printed = (
        f"<base href='https://ressources.example/print/sante/forum'><h1>Forum</h1><p>Un forum.</p><p>URL de la source: {site}</p>"
    )
    text = f"Un forum.\n\nURL de la source (modifié le 02/03/2019 - 10:00): <{site}>\n"
    pages = [read_page("a.html", saved.encode()), read_page("b.html", printed.encode()), read_page("c.txt", text.encode())]
    assert [page.addresses[0] for page in pages] == [site] * 3
    assert [page.text for page in pages] == ["Un forum."] * 3
