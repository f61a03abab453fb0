"""An open-loop client: requests leave at their time whether or not earlier ones are answered, and are timed from that time on."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

_TIMEOUT = 60.0


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


def highest(port: int, paths: Sequence[str], first: float, seconds: float, told: Callable[[str], None]) -> float:
    """The highest rate held: the 99th percentile is at most twenty times the median, and nothing fails or is refused.

    The median is that of the first rate, at which hardly anyone waits: where all wait long, the two are near each other.
    """
    held, rate, alone = 0.0, first, 0.0
    while True:
        found = send(port, paths, rate, seconds)
        p50, p99 = found.percentile(50), found.percentile(99)
        alone = alone or p50
        told(f"  {rate:.1f}/s: p50 {p50:.1f} ms, p99 {p99:.1f} ms, {dict(found.statuses)}")
        if found.statuses["503"] or found.failed or p99 > 20 * alone:
            return held
        held, rate = rate, rate * 1.25
