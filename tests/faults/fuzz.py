"""Fuzzing guided by what the code does (atheris): python -m tests.faults.fuzz TARGET [-runs=N] [libFuzzer's options]."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["indexer", "webapp"]):
    from tests.faults.targets import TARGETS


def main() -> None:
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    target("des mots qui chargent les dictionnaires, à Noyon (60) le 3 mai 2017".encode())
    atheris.Setup([sys.argv[0], "-timeout=1", *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
