"""`python -m bench search …`, `research`, `load`: the benchmarks of searching, of counting and of many readers."""

from __future__ import annotations

import sys

from bench import research
from bench.load import command as load
from bench.search import command

_USAGE = """python -m bench search --docs N [--json FILE] [--sentences FILE] [--engines A,B] [--sizes N,N --plot FILE.svg]
python -m bench research --docs N [--json FILE]
python -m bench load --docs N [--soak SECONDS] [--whoosh]"""

if __name__ == "__main__":
    benches = {"search": command.main, "research": research.main, "load": load.main}
    if sys.argv[1:2] == [] or sys.argv[1] not in benches:
        sys.exit(_USAGE)
    sys.exit(benches[sys.argv[1]](sys.argv[2:]))
