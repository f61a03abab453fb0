"""Is one run better than another by more than chance? A paired bootstrap over the queries that both have.

B. Efron & R. Tibshirani, "An Introduction to the Bootstrap", 1993; for retrieval, T. Sakai, SIGIR 2006.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

RESAMPLES = 10_000


class Difference(NamedTuple):
    """The mean difference of a measure, new run less old, with its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        return self.low > 0 or self.high < 0


def paired(old: Iterable[tuple[str, float]], new: Iterable[tuple[str, float]]) -> list[tuple[float, float]]:
    """The values of the queries that both runs have, matched by text and, for one asked twice, by occurrence."""
    known = dict(_numbered(old))
    return [(known[key], value) for key, value in _numbered(new) if key in known]


def _numbered(values: Iterable[tuple[str, float]]) -> Iterable[tuple[tuple[str, int], float]]:
    seen: Counter[str] = Counter()
    for query, value in values:
        seen[query] += 1
        yield (query, seen[query]), value


def difference(pairs: list[tuple[float, float]], seed: int = 1) -> Difference:
    """The difference of the second values to the first, and the interval in which 95 % of the resampled means lie."""
    values = np.array([new - old for old, new in pairs])
    chance = np.random.default_rng(seed)
    means = np.array([values[chance.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)])
    low, high = np.percentile(means, [2.5, 97.5])
    return Difference(float(values.mean()), float(low), float(high))
