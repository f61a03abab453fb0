"""Fuzzing guided by what the code does (atheris): python -m tests.faults.fuzz TARGET [-runs=N] [libFuzzer's options]."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["indexer", "webapp"]):
    from tests.faults.targets import TARGETS
from tests.faults.limits import limited

_STUCK = 60
"""Seconds of the clock after which the fuzzer itself gives up, with what it was at."""


def main() -> None:
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    target("des mots qui chargent les dictionnaires, à Noyon (60) le 3 mai 2017".encode())

    def timed(data: bytes) -> None:
        with limited():
            target(data)

    atheris.Setup([sys.argv[0], f"-timeout={_STUCK}", *options], timed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
