"""The smallest of many values, with all that equal the last of them: what every page of results is cut from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.whoosh.ordering import _BLOCK, _smallest


@given(st.integers(1, 30 * _BLOCK), st.integers(1, 40), st.integers(1, 50), st.integers(0, 1000))
def test_the_smallest_are_those_that_sorting_gives(length: int, most: int, distinct: int, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, distinct, length).astype(np.float64)
    last = np.sort(values)[min(most, length) - 1]
    assert sorted(_smallest(values, most)) == [place for place, value in enumerate(values) if value <= last]


@pytest.mark.parametrize("length", [_BLOCK * 11, 100_000])
def test_values_that_are_all_equal_all_come(length: int) -> None:
    assert len(_smallest(np.zeros(length), 10)) == length
