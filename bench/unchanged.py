"""Does a build open files that did not change? Counts every open() under a corpus of N pages, at a second build.

    python bench/unchanged.py [--files 10000]        (or: make bench-unchanged)

The first build reads every page; the second runs in a process with an audit hook on "open". Prints the counts and both times;
exits 1 when the second opened one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT_OPENS = """
import sys
opened = []
corpus = sys.argv[1]
def note(event, args):
    if event == "open" and str(args[0]).startswith(corpus + "/"):
        opened.append(args[0])
sys.addaudithook(note)
sys.argv = ["chercheville", "build", "--corpus", corpus, "--index", sys.argv[2]]
from indexer.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
print("opened", len(opened), "exit", code)
"""


def make_pages(corpus: Path, files: int) -> None:
    for number in range(files):
        folder = corpus / f"{number // 500:03d}"
        folder.mkdir(exist_ok=True)
        body = f"Rencontre numéro {number}\n\nLes équipes du quartier {number % 977} se sont réunies."
        (folder / f"page-{number}.txt").write_text(f"{body}\n\nDates:\n    {number % 28 + 1} mai 2019\n")


def build(corpus: Path, index: Path) -> tuple[str, float]:
    begun = time.monotonic()
    command = [sys.executable, "-c", COUNT_OPENS, str(corpus), str(index)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1], time.monotonic() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        corpus.mkdir()
        make_pages(corpus, arguments.files)
        for name in ("first", "second"):
            said, seconds = build(corpus, index)
            print(f"{name} build of {arguments.files} files: {said}, {seconds:.1f} s")
    return 0 if said.startswith("opened 0 ") else 1


if __name__ == "__main__":
    sys.exit(main())
