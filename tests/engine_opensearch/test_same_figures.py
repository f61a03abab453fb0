"""Both engines give the same figures of the sample corpus, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.contract import LINE_ORDERS, LineOrder, Request
from indexer.engine.opensearch import texts
from indexer.errors import TooManyDossiers
from tests.cluster.at_hand import HOW, addresses
from tests.engine_opensearch.conftest import Both

ROOT = Path(__file__).parents[2]
EXPRESSIONS = (
    "habitants",
    "conseil citoyen",
    "conseils citoyens habitants",
    "centre-ville",
    "porte-à-porte",
    "politique de la ville",
    "à la une",
    "urban*",
    "accompagnement*",
    "santé OR emploi",
    "conseil citoyen OR conseil",
    '"conseil citoyen" OR "conseil de quartier"',
    "quartier +habitants -emploi",
    "QPV",
    "2018",
    "inconnuaubataillon",
)
SELECTIONS = (
    Request(),
    Request(filters={"type": ("retour",)}),
    Request("habitants quartier"),
    Request(found_themes=True, filters={"annee": ("2018",)}),
)
pytestmark = pytest.mark.skipif(not addresses(), reason=HOW)


@pytest.mark.parametrize("order", LINE_ORDERS)
@pytest.mark.parametrize("words", EXPRESSIONS)
def test_lines(both: Both, words: str, order: LineOrder) -> None:
    expected, found = (reader.concordance(Request(words), order) for reader in both)
    assert (found.total, found.dossiers, found.notices) == (expected.total, expected.dossiers, expected.notices)
    assert list(found.lines) == (lines := list(expected.lines))
    for first in (0, 7, 40):
        assert list(both.opensearch.concordance(Request(words), order, first, 9).lines) == lines[first : first + 9]


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_forms_and_what_stands_beside(both: Both, words: str) -> None:
    assert both.opensearch.forms(Request(words)) == both.whoosh.forms(Request(words))
    for near in ("quartier", "habit*", "conseil citoyen"):
        expected, found = (reader.concordance(Request(words), beside=near) for reader in both)
        assert (found.total, list(found.lines)) == (expected.total, list(expected.lines))


@pytest.mark.parametrize("inferred", [True, False])
@pytest.mark.parametrize("every", ["annee", "mois"])
@pytest.mark.parametrize("request_", SELECTIONS, ids=range(len(SELECTIONS)))
def test_trends(both: Both, request_: Request, every: str, inferred: bool) -> None:
    expected, found = (reader.trend(request_, EXPRESSIONS, every, inferred=inferred) for reader in both)  # type: ignore[arg-type]
    assert found == expected


@pytest.mark.parametrize("request_", SELECTIONS, ids=range(len(SELECTIONS)))
def test_keywords(both: Both, request_: Request) -> None:
    for against in (None, Request("emploi"), Request(filters={"type": ("annonce",)})):
        assert both.opensearch.keywords(request_, against, least=2) == both.whoosh.keywords(request_, against, least=2)


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_collocates(both: Both, words: str) -> None:
    for filters in SELECTIONS[0].filters, SELECTIONS[1].filters:
        expected, found = (reader.collocates(Request(words, filters=filters), least=2) for reader in both)
        assert found == expected


def test_no_more_texts_are_read_than_may_be(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_READ", 5)
    request = Request("quartier prioritaire")
    for ask in (
        lambda: both.opensearch.concordance(request, "gauche", first=1),
        lambda: both.opensearch.forms(Request("ville")),
        lambda: both.opensearch.collocates(request),
        lambda: both.opensearch.trend(Request(), ["habit*"]),
    ):
        with pytest.raises(TooManyDossiers, match="5"):
            ask()
    assert both.opensearch.concordance(request).total == both.whoosh.concordance(request).total
