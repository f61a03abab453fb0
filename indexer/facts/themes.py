"""About what? The themes that a page states by its address, breadcrumb and tags; those of its text are in `found_themes`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from indexer.facts.found_themes import find_themes
from indexer.facts.vocabulary import Vocabulary, comparable, load_vocabulary
from indexer.folding import fold
from indexer.model import Theme

__all__ = ["Vocabulary", "find_themes", "load_vocabulary", "search_words", "stated_themes"]

SECTION = "thematiques"
"""The segment of an address after which theme and sub-theme stand."""

_COLLISION = re.compile(r"-\d{1,2}$")
"""The number that a site adds to a slug that is taken ("sante-mentale-0")."""


def stated_themes(
    vocabulary: Vocabulary, addresses: Iterable[str], breadcrumb: Iterable[str], tags: Iterable[str]
) -> tuple[Theme, ...]:
    """The themes that a page states, in the vocabulary's order, each once; `source` says where they were read.

    A theme of the second level states its first level too.
    """
    by_slug, by_name = _indexes(vocabulary)
    found: dict[str, str] = {}
    for address in addresses:
        for segment in _segments(address):
            if key := by_slug.get(segment) or by_slug.get(_COLLISION.sub("", segment)):
                found.setdefault(key, "adresse")
    for names, source in ((breadcrumb, "fil d’Ariane"), (tags, "mots-clés")):
        for name in (part for text in names for part in _parts(text, by_name)):
            if name in by_name:
                found.setdefault(by_name[name], source)
    return _with_first_levels(vocabulary, found)


def search_words(vocabulary: Vocabulary, theme_key: str) -> str:
    """The words by which `theme:` finds a theme: its label and alternates; empty for a key that is not in the vocabulary."""
    entry = vocabulary.entry(theme_key)
    return ", ".join(entry.names) if entry else ""


def _with_first_levels(vocabulary: Vocabulary, sources: dict[str, str]) -> tuple[Theme, ...]:
    """The themes of `sources` (key → where it was read) and their first levels."""
    found = dict(sources)
    for entry in vocabulary.entries:
        if entry.parent and entry.key in sources:
            found.setdefault(entry.parent, sources[entry.key])
    return tuple(
        Theme(entry.key, entry.label, "stated", found[entry.key], entry.parent)
        for entry in vocabulary.entries
        if entry.key in found
    )


def _segments(address: str) -> Iterator[str]:
    """The theme and sub-theme segments of an address: what stands after /thematiques/, the page's own slug left out."""
    segments = [fold(unquote(segment)) for segment in urlsplit(address).path.split("/") if segment]
    if SECTION in segments:
        after = segments[segments.index(SECTION) + 1 :]
        yield from after[: max(1, min(2, len(after) - 1))]


def _parts(text: str, by_name: dict[str, str]) -> list[str]:
    """A tag as one name when it is known so, else the names that it lists ("Santé ; Culture")."""
    whole = comparable(text)
    return [whole] if whole in by_name else [comparable(part) for part in re.split(r"[,;|/•·]", text)]


@lru_cache(maxsize=4)
def _indexes(vocabulary: Vocabulary) -> tuple[dict[str, str], dict[str, str]]:
    """Slug → key, and name → key."""
    by_slug = {slug: entry.key for entry in vocabulary.entries for slug in entry.slugs}
    by_name = {comparable(name): entry.key for entry in vocabulary.entries for name in entry.names}
    return by_slug, by_name
