"""Whole pages: their facts, and their text without menus.

`pages/` were written with the reader, in the forms of many sites; `fresh_pages/` from the description of the domain alone,
without a look at the reader.
"""

from __future__ import annotations

import json
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.config import Settings
from indexer.corpus import is_pdf_link, link_name
from indexer.rules import Rules, load_rules
from indexer.single import read_one

FOLDERS = [Path(__file__).with_name(name) for name in ("pages", "fresh_pages")]
EXPECTED: dict[Path, dict[str, Any]] = {
    folder / name: expected
    for folder in FOLDERS
    for name, expected in json.loads(folder.with_name(f"{folder.name}_expected.json").read_text(encoding="utf-8")).items()
}
BARE_DATE = "a date alone under the title may be the event's as well as the publication's"


@cache
def rules() -> Rules:
    return load_rules(Settings())


def hour(moment: time | None) -> str | None:
    return moment and f"{moment:%H:%M}"


@pytest.mark.parametrize("path", sorted(EXPECTED), ids=lambda path: path.name)
def test_a_page_is_read(path: Path, request: pytest.FixtureRequest) -> None:
    if path.name == "p16-spip-grenoble.html":
        request.applymarker(pytest.mark.xfail(strict=True, reason=BARE_DATE))
    expected = dict(EXPECTED[path])
    present, absent = expected.pop("in_text"), expected.pop("not_in_text")
    reading = read_one(path, rules())
    card, text = reading.card, reading.pages[0].text
    assert card
    assert [phrase for phrase in present if phrase not in text] == []
    assert [phrase for phrase in absent if phrase in text] == []
    links = [link_name(link.url) for link in card.links if is_pdf_link(link.url)]
    assert {
        "title": None if card.title_derived else card.title,
        "type": card.type,
        "dates": [[f"{when.start}", f"{when.end}", hour(when.start_time), hour(when.end_time)] for when in card.dates],
        "communes": [place.commune for place in card.places if place.commune],
        "organisers": [body.name for body in card.organisations if body.role == "organiser"],
        "links": sorted(links),
        "published": f"{card.published}" if card.published else None,
    } == {**expected, "links": sorted(expected["links"])}
