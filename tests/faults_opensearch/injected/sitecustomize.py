"""Put before all others in PYTHONPATH: a build sends requests of LOT bytes, so that a small corpus takes many."""

import os

from indexer.engine.opensearch import bulk

bulk._BYTES = int(os.environ["LOT"])
