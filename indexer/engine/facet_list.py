"""The facets of an answer as they are shown: in which order, with which labels; the same for every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from indexer.engine.contract import ALL_WORDS, SOME_WORDS, UNKNOWN, Facet, FacetName, FacetValue, Request
from indexer.facets import canonical, unknown
from indexer.language import gettext_noop

Counted = dict[str, tuple[str, int]]
"""By key, the label of a value and how many dossiers have it."""

WORDS = {ALL_WORDS: gettext_noop("Tous les mots"), SOME_WORDS: gettext_noop("Une partie des mots")}


def with_keys(request: Request, keys: Callable[[FacetName], set[str]]) -> Request:
    """The request with its filters in the keys that the index has for a facet."""
    if not request.filters:
        return request
    filters = {
        name: tuple(chain.from_iterable(canonical(word, keys(name)) for word in wanted))
        for name, wanted in request.filters.items()
    }
    return replace(request, filters={name: tuple(dict.fromkeys(found)) for name, found in filters.items() if found})


def words_found(every: int, some: int) -> Counted:
    """The facet of the words found: how many dossiers have every word, and how many a part of them."""
    found = {ALL_WORDS: (WORDS[ALL_WORDS], every), SOME_WORDS: (WORDS[SOME_WORDS], some)}
    return {key: entry for key, entry in found.items() if entry[1]}


def facet(name: FacetName, counted: Counted, chosen: tuple[str, ...], labels: dict[str, str]) -> Facet:
    """A facet as shown: chosen values stay visible at zero, "unknown" stands last. `labels` are those of the chosen keys."""
    for key in chosen:
        counted.setdefault(key, (labels.get(key) or _label(name, key), 0))
    return Facet(name, _values(name, counted, chosen))


def telling(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """The facets but for that of the words found where it says nothing."""
    return tuple(facet for facet in facets if facet.name != "mots" or _tells(facet))


def _label(name: FacetName, key: str) -> str:
    """The label of a key that the index does not have."""
    return unknown(name).label if key == UNKNOWN else key.rsplit("/", 1)[-1]


def _tells(words: Facet) -> bool:
    """Whether the facet of the words found says something: there are dossiers of both kinds, or one was chosen."""
    return len(words.values) > 1 or any(value.selected for value in words.values)


def _values(name: FacetName, counted: Counted, chosen: Iterable[str]) -> tuple[FacetValue, ...]:
    chosen = frozenset(chosen)
    return tuple(FacetValue(key, *counted[key], key in chosen, key.count("/")) for key in _ordered(name, counted))


def _ordered(name: FacetName, counted: Counted) -> list[str]:
    if name == "mots":
        return sorted(counted, key=lambda key: key != ALL_WORDS)
    if name == "annee":
        return sorted(counted, key=lambda key: (key == UNKNOWN, -int(key) if key.isdigit() else 0))
    if name in ("lieu", "theme", "fichier"):
        return list(_tree(counted))
    return sorted(counted, key=lambda key: (key == UNKNOWN, -counted[key][1], counted[key][0]))


def _tree(counted: Counted) -> Iterator[str]:
    """Each level by its count, its children right after it; unknown last."""
    below: dict[str, list[str]] = defaultdict(list)
    for key in sorted(counted, key=lambda key: (key == UNKNOWN, -counted[key][1], key)):
        parent = key.rpartition("/")[0]
        below[parent if parent in counted else ""].append(key)
    waiting = below.pop("", [])[::-1]
    while waiting:
        key = waiting.pop()
        yield key
        waiting += below.get(key, ())[::-1]
