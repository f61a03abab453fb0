"""`python -m bench search …`: the search benchmark."""

from __future__ import annotations

import sys

from bench.search.command import main

if __name__ == "__main__":
    if sys.argv[1:2] != ["search"]:
        sys.exit("python -m bench search --docs N [--json FILE] [--sentences FILE] [--engines A,B] [--sizes N,N --plot FILE.svg]")
    sys.exit(main(sys.argv[2:]))
