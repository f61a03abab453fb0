"""Whatever is typed, published or put into an address is answered: nothing raises, nothing takes over a second."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.limits import limited
from tests.faults.targets import TARGETS, inputs
from tests.faults.variant import LONG

COUNTS = {"query": 300_000, "dates": 180_000, "places": 110_000, "page": 60_000, "address": 200_000, "cursors": 150_000}
"""Of each target by `make faults`: 1,000,000 together; a thousandth of it, at least, otherwise."""


@pytest.mark.parametrize("name", TARGETS)
def test_any_input_is_answered(name: str) -> None:
    random, target = Random(f"fuzz {name}"), TARGETS[name]
    target("des mots qui chargent les dictionnaires, à Noyon (60) le 3 mai 2017".encode())
    count = COUNTS[name] if LONG else COUNTS[name] // 200
    slowest, begun = (0.0, b""), time.process_time()
    for _ in range(count):
        data = inputs(name, random)
        before = time.process_time()
        try:
            with limited():
                target(data)
        except Exception as error:
            raise AssertionError(f"{name}: {data!r}") from error
        slowest = max(slowest, (time.process_time() - before, data))
    print(f"{name}: {count} inputs in {time.process_time() - begun:.0f} s, the slowest {slowest[0]:.3f} s: {slowest[1][:80]!r}")


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=2_000 if LONG else 20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_what_hypothesis_thinks_of_is_answered(name: str, data: bytes) -> None:
    with limited():
        TARGETS[name](data)
