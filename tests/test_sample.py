"""The sample corpus: large and varied enough, all of it readable, none of it to be taken for real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import Settings, open_reader
from indexer.build import BuildReport, build
from indexer.engine.contract import Hit, Reader, Request
from indexer.facts.geography import communes_named

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def report(settings: Settings) -> BuildReport:
    return build(settings, lambda *_: None)


@pytest.fixture(scope="module")
def reader(settings: Settings, report: BuildReport) -> Iterator[Reader]:
    reader = open_reader(settings)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def hits(reader: Reader) -> tuple[Hit, ...]:
    return reader.search(Request(sort="date", size=500)).hits


def test_every_file_is_read(report: BuildReport) -> None:
    assert report.unreadable == ()
    assert len(report.missing) >= 3  # on purpose: missing PDFs are part of the forms


def test_it_is_as_large_as_promised(reader: Reader, hits: tuple[Hit, ...]) -> None:
    pdfs = {attachment.path: attachment for hit in hits for attachment in hit.card.attachments if attachment.path}
    assert len(hits) >= 40
    assert len(pdfs) >= 25
    assert {1 <= pdf.pages <= 15 for pdf in pdfs.values()} == {True}


def test_it_covers_the_years_and_every_type(hits: tuple[Hit, ...]) -> None:
    years = {when.start.year for hit in hits for when in hit.card.dates}
    assert years >= set(range(2014, 2027))
    assert {hit.card.type for hit in hits} == {"annonce", "retour", "actualite", "ressource", "structure", "document"}


def test_its_towns_are_invented(hits: tuple[Hit, ...]) -> None:
    towns = {place.commune for hit in hits for place in hit.card.places if place.commune}
    assert towns
    assert [town for town in towns if communes_named(town)] == []


def test_every_page_says_that_it_is_a_sample(reader: Reader, hits: tuple[Hit, ...]) -> None:
    for hit in hits:
        if hit.card.type != "document":
            body = "".join(text for text, _ in reader.get(hit.card.id).parts[0].segments)
            assert re.search("exemple|inventé|fictif", body, re.IGNORECASE), hit.card.path


def test_its_addresses_lie_in_no_real_domain(hits: tuple[Hit, ...]) -> None:
    for hit in hits:
        if hit.card.source_url:
            assert hit.card.source_url.split("/")[2].endswith(".example"), hit.card.source_url
