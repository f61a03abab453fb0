"""The processes that work for a build are as nice to readers as the build is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os
from pathlib import Path
from indexer.worker_process import WorkerProcess

os.nice(5)
worker = WorkerProcess("indexer.engine.whoosh.segment_worker")
shared = Path(f"/proc/{worker._process.pid}/autogroup")
own = os.nice(0)
print(own, os.getpriority(os.PRIO_PROCESS, worker._process.pid), shared.read_text().split()[-1] if shared.exists() else own)
worker.end()
"""


def test_a_worker_gives_way_as_who_started_it() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, cwd=root)
    own, of_worker, of_its_session = map(int, done.stdout.split())
    assert own == of_worker == of_its_session >= 5
