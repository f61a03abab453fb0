"""A process that turns dossiers into segments."""

from __future__ import annotations

import sys

from indexer.engine.whoosh.segment_writing import SegmentWriter
from indexer.engine.writing_worker import work

if __name__ == "__main__":
    work(int(sys.argv[1]), SegmentWriter)
