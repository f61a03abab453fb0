"""Updates and rebuilds are seen whole or not at all, by every reader, also one opened before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from indexer.engine.contract import BuildFacts, Engine, Request
from indexer.errors import IndexMissing, UnknownDossier
from indexer.model import Dossier
from tests.contract.conftest import NO_FACTS, Shelf

Reopen = Callable[[Shelf], Engine]


def ids(engine: Engine, query: str = "") -> list[str]:
    return sorted(hit.card.id for hit in engine.search(Request(query)).hits)


def test_without_an_index_every_question_says_what_to_do(shelf: Shelf) -> None:
    with pytest.raises(IndexMissing, match="chercheville build"):
        shelf.engine.search(Request("ville"))


def test_an_update_adds_replaces_and_removes(shelf: Shelf, reopened: Reopen) -> None:
    engine = shelf.fill(shelf.dossier("a", "un"), shelf.dossier("b", "deux"), shelf.dossier("c", "trois"))
    other = reopened(shelf)
    assert ids(other) == ["a", "b", "c"]
    before = other.status().generation
    engine.update([shelf.dossier("b", "quatre"), shelf.dossier("d", "cinq")], ["a", "absent"], NO_FACTS)
    for reader in (engine, other):
        assert ids(reader) == ["b", "c", "d"]
        assert ids(reader, "deux") == []
        assert ids(reader, "quatre") == ["b"]
        assert reader.status().generation > before
    with pytest.raises(UnknownDossier):
        other.get("a")


def test_an_update_finds_what_an_index_built_in_one_go_finds(shelf: Shelf) -> None:
    a, b, c = shelf.dossier("a", "ville et quartier"), shelf.dossier("b", "ville"), shelf.dossier("c", "quartier")
    engine = shelf.fill(a, c)
    engine.update([b], ["c"], NO_FACTS)
    updated = engine.search(Request("ville OR quartier"))
    engine.rebuild([a, b], NO_FACTS)
    rebuilt = engine.search(Request("ville OR quartier"))
    assert [hit.card.id for hit in rebuilt.hits] == [hit.card.id for hit in updated.hits]
    assert rebuilt.facets == updated.facets


@pytest.mark.parametrize("writing", ["update", "rebuild"])
def test_a_writing_that_fails_changes_nothing(shelf: Shelf, reopened: Reopen, writing: str) -> None:
    engine = shelf.fill(shelf.dossier("a", "un"))
    before = engine.status()

    def broken() -> Iterator[Dossier]:
        yield shelf.dossier("b", "deux")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        engine.update(broken(), ["a"], NO_FACTS) if writing == "update" else engine.rebuild(broken(), NO_FACTS)
    assert ids(reopened(shelf)) == ["a"]
    assert engine.status() == before
    engine.update([shelf.dossier("b", "deux")], [], NO_FACTS)
    assert ids(engine) == ["a", "b"]


def test_a_rebuild_replaces_everything_under_an_open_reader(shelf: Shelf, reopened: Reopen) -> None:
    engine = shelf.fill(shelf.dossier("a", "un"))
    other = reopened(shelf)
    assert ids(other) == ["a"]
    engine.rebuild([shelf.dossier("b", "deux")], NO_FACTS)
    assert ids(other) == ["b"]


def test_an_empty_index_answers(shelf: Shelf) -> None:
    engine = shelf.fill()
    assert engine.search(Request("ville")).total == 0
    assert engine.status().dossiers == 0


def test_the_status_counts(shelf: Shelf) -> None:
    engine = shelf.engine
    engine.rebuild([shelf.dossier("a", "un", (("p1", "p2"), ("p1",))), shelf.dossier("b", "deux")], BuildFacts(3, 4))
    status = engine.status()
    assert (status.dossiers, status.attachments, status.pages) == (2, 2, 3)
    assert (status.unreadable, status.missing) == (3, 4)


def test_suggestions_complete_places_themes_and_titles(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "un", title="Évaluation des contrats de ville"))
    assert [suggestion.text for suggestion in engine.suggest("contr")] == ["Évaluation des contrats de ville"]
    assert [suggestion.text for suggestion in engine.suggest("eval")] == ["Évaluation des contrats de ville"]
    assert engine.suggest("e") == ()
