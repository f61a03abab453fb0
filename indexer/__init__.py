"""ChercheVille's indexer: from a folder of event pages and PDFs to a searchable index."""

from indexer.config import Settings, load_settings
from indexer.engine import open_reader

__all__ = ["Settings", "load_settings", "open_reader"]
