"""What ARCHITECTURE.md says of imports: one library, one door; imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("indexer/**/*.py"), *ROOT.glob("webapp/**/*.py")])
PUBLIC = {"indexer", "indexer.model", "indexer.engine.contract", "indexer.errors", "indexer.to_json", "indexer.facets"}
PUBLIC |= {
    "indexer.concordance_csv",
    "indexer.csv_lines",
    "indexer.keyword_table",
    "indexer.trend_table",
    "indexer.wording",
    "indexer.language",
    "indexer.notices",
    "indexer.one_state",
    "indexer.periods",
    "indexer.slugs",
    "indexer.condition",
}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("pdfminer", "indexer/pdf/miner.py indexer/pdf/letters.py indexer/pdf/content.py"),
        ("pypdfium2", "indexer/pdf/pdfium.py"),
        ("simplemma", "indexer/pdf/lexicon.py indexer/lemma_table.py"),
        ("spellchecker", "indexer/pdf/lexicon.py"),
        ("whoosh", "indexer/engine/whoosh/"),
        ("opensearchpy", "indexer/engine/opensearch/"),
        ("sqlite3", "indexer/store.py"),
        ("selectolax", "indexer/pages/"),
        (
            "click",
            "indexer/backup_command.py indexer/evaluation/command.py indexer/cli indexer/figure_commands.py indexer/console"
            " indexer/serving.py",
        ),
        ("flask", "webapp/"),
        ("waitress", "indexer/serving.py"),
        ("prometheus_client", "webapp/monitoring.py"),
        ("icalendar", "webapp/exports/calendar.py"),
        ("bibtexparser", "webapp/exports/bibtex.py"),
        ("rispy", "webapp/exports/ris.py"),
        ("webapp", "indexer/serving.py webapp/"),
    ],
)
def test_one_library_one_door(library: str, door: str) -> None:
    users = [str(path.relative_to(ROOT)) for path in FILES if any(name.split(".")[0] == library for name in imports(path))]
    assert users
    assert [user for user in users if not user.startswith(tuple(door.split()))] == []


def test_the_site_imports_only_public_modules() -> None:
    for path in ROOT.glob("webapp/**/*.py"):
        inner = {name for name in imports(path) if name.split(".")[0] == "indexer"}
        assert inner <= PUBLIC, path


def test_only_the_engine_package_knows_the_engines() -> None:
    for path in FILES:
        if "engine" not in path.parts:
            known = [name for name in imports(path) if name.startswith(("indexer.engine.whoosh", "indexer.engine.opensearch"))]
            assert known == [], path
