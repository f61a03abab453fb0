"""Counts of a generation, asked while the next one is being seen."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.engine.opensearch.statistics import Statistics


@pytest.mark.parametrize("counted", [0, 1, 12, 13, 400])
def test_no_word_has_a_negative_weight_though_an_update_is_seen_before_the_state(counted: int) -> None:
    def ask(body: dict[str, Any]) -> dict[str, Any]:
        return {"aggregations": {"counts": {"buckets": {"0": {"doc_count": counted}}}}}

    known = Statistics(ask, documents=12)
    assert known.count({"term": {"text": "ville"}}) == min(counted, 12)
    assert known.rarity({"term": {"text": "ville"}}) >= 0
