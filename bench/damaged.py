"""Does a build survive damage? Every PDF of a folder beside a damaged copy of itself: files found = read + listed.

    python bench/damaged.py DIR [--seed N]        (or: make bench-damaged DIR=…)

Each copy is cut short, has bytes flipped, or a stretch of zeros, by a seeded choice. The corpus, its index and the copies are
made in a temporary folder. Prints the counts, the time, and the peak memory of the build and of its workers; exits 1 when a file
is neither read nor listed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path


def damaged(data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """A copy of a file as accidents leave it, and the accident's name."""
    kind = chance.choice(("truncated", "flipped", "zeroed"))
    if kind == "truncated":
        return kind, data[: chance.randrange(len(data))]
    changed = bytearray(data)
    if kind == "flipped":
        for _ in range(chance.randint(1, 200)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    else:
        start = chance.randrange(len(changed))
        length = min(len(changed) - start, chance.randint(1, max(1, len(changed) // 10)))
        changed[start : start + length] = bytes(length)
    return kind, bytes(changed)


def make_corpus(source: Path, corpus: Path, seed: int) -> Counter[str]:
    """Copy the PDFs of `source` and a damaged copy of each; counts by kind of damage."""
    chance = random.Random(seed)
    kinds: Counter[str] = Counter()
    for number, path in enumerate(sorted(source.rglob("*.pdf"))):
        shutil.copy(path, corpus / f"{number:04d}_{path.name}")
        kind, data = damaged(path.read_bytes(), chance)
        (corpus / f"{number:04d}_{kind}_{path.name}").write_bytes(data)
        kinds[kind] += 1
    return kinds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        corpus.mkdir()
        kinds = make_corpus(arguments.dir, corpus, arguments.seed)
        command = [sys.executable, "-m", "indexer", "build", "--json", "--corpus", str(corpus), "--index", str(index)]
        begun = time.monotonic()
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - begun
        if run.returncode not in (0, 3):
            print(run.stderr, file=sys.stderr)
            return 1
        return say(json.loads(run.stdout), kinds, seconds)


def say(report: dict[str, object], kinds: Counter[str], seconds: float) -> int:
    failures = report["failures"]
    assert isinstance(failures, list)
    whole = {failure["path"] for failure in failures if not failure["page"]}
    part = {failure["path"] for failure in failures if failure["page"]} - whole
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, 0) / 1024
    print(f"files found {report['files']} = dossiers {report['dossiers']} + listed {len(whole)} (listed in part: {len(part)})")
    print("damaged:", ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    print("reasons:", dict(Counter(failure["reason"] for failure in failures)))
    print(f"{seconds:.0f} s; largest process of the build and its workers {peak:.0f} MB")
    return 0 if report["files"] <= int(str(report["dossiers"])) + len(whole) else 1


if __name__ == "__main__":
    sys.exit(main())
