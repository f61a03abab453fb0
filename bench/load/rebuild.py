"""The benchmark's dossiers indexed anew, in the index folder that is being served."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.search.engine import Docs
from bench.search.engines.product import dossier
from indexer.config import Settings
from indexer.engine import open_engine
from indexer.engine.contract import BuildFacts
from indexer.facts.themes import load_vocabulary
from indexer.store import Store

if __name__ == "__main__":
    os.nice(5)  # as `chercheville build` does
    work = Path(sys.argv[1])
    folder = work / "product"
    store = Store(folder / "store.sqlite", readonly=True)
    engine = open_engine(Settings(index=folder), store.part, load_vocabulary())
    engine.rebuild(map(dossier, Docs(work, raw=True)), BuildFacts())
    store.close()
