"""An open-loop client: requests leave at their time whether or not earlier ones are answered, and are timed from that time on."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

_TIMEOUT = 60.0
_STEP = 1.25
"""From a rate to the next one."""


@dataclass
class Outcome:
    """What came of some requests: milliseconds of those answered 200, how many had which status or error."""

    ms: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    without_retry: int = 0
    """Of the answers 503 those without Retry-After."""

    def percentile(self, share: float) -> float:
        return float(np.percentile(self.ms, share)) if self.ms else float("inf")

    @property
    def failed(self) -> int:
        """Requests that were answered neither 200 nor 503."""
        return sum(count for status, count in self.statuses.items() if status not in ("200", "503"))


def send(port: int, paths: Sequence[str], rate: float, seconds: float, seed: int = 1) -> Outcome:
    """Ask for paths drawn at random, `rate` a second with Poisson's gaps."""
    return asyncio.run(_send(port, paths, rate, seconds, random.Random(seed)))


async def _send(port: int, paths: Sequence[str], rate: float, seconds: float, rng: random.Random) -> Outcome:
    outcome, tasks = Outcome(), set[asyncio.Task[None]]()
    begun = at = time.perf_counter()
    while at < begun + seconds:
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        task = asyncio.create_task(_one(port, rng.choice(paths), at, outcome))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        at += rng.expovariate(rate)
    await asyncio.gather(*tasks)
    return outcome


async def _one(port: int, path: str, at: float, outcome: Outcome) -> None:
    try:
        head = await asyncio.wait_for(_asked(port, path), _TIMEOUT)
    except (TimeoutError, OSError, EOFError) as error:
        outcome.statuses[type(error).__name__] += 1
        return
    status = head.split(" ", 2)[1]
    outcome.statuses[status] += 1
    if status == "200":
        outcome.ms.append(1000 * (time.perf_counter() - at))
    elif "retry-after:" not in head.lower():
        outcome.without_retry += 1


async def _asked(port: int, path: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        if not answer:
            raise EOFError
        return answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    finally:
        writer.close()


class Held(NamedTuple):
    """A rate that was held, and the median when hardly anyone waits: where all wait long, median and tail are near each other."""

    rate: float
    alone: float

    def less(self) -> Held:
        return self._replace(rate=self.rate / _STEP)


def holds(found: Outcome, alone: float) -> bool:
    """Whether the 99th percentile is at most twenty times the median, and nothing failed or was refused."""
    return not (found.statuses["503"] or found.failed) and found.percentile(99) <= 20 * alone


def highest(port: int, paths: Sequence[str], first: float, seconds: float, told: Callable[[str], None]) -> Held:
    """The highest rate held, in steps of a fourth from the first one, at which hardly anyone waits."""
    held, rate = Held(0.0, 0.0), first
    while True:
        found = send(port, paths, rate, seconds)
        p50, p99 = found.percentile(50), found.percentile(99)
        told(f"  {rate:.1f}/s: p50 {p50:.1f} ms, p99 {p99:.1f} ms, {dict(found.statuses)}")
        alone = held.alone or p50
        if not holds(found, alone):
            return held
        held, rate = Held(rate, alone), rate * _STEP
