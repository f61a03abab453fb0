"""A facet with more values than are listed says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine.contract import BuildFacts, Request
from indexer.engine.opensearch import faceting
from indexer.model import Card, Dossier, Organisation
from tests.cluster.at_hand import HOW, addresses
from tests.engines import opensearch

pytestmark = pytest.mark.skipif(not addresses(), reason=HOW)


def test_a_list_that_is_cut_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = opensearch(tmp_path, lambda *_: "")
    bodies = tuple(Organisation(f"Association {n}") for n in range(4))
    engine.rebuild([Dossier(Card("a", "a", "Réunion", False, "annonce", organisations=bodies))], BuildFacts())
    assert engine.search(Request("")).notices == ()
    monkeypatch.setattr(faceting, "MOST_VALUES", 3)
    (notice,) = engine.search(Request("")).notices
    assert (notice.code, notice.words) == ("cut_facet", ("organisme",))
    engine.close()
