"""A process that analyses dossiers and sends them to the cluster."""

from __future__ import annotations

import sys

from indexer.engine.opensearch.bulk import BulkWriter
from indexer.engine.writing_worker import work

if __name__ == "__main__":
    work(int(sys.argv[1]), BulkWriter)
