"""Filters and facet counts in one pass over what a query matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from indexer.engine.contract import ALL_WORDS, FACETS, SOME_WORDS, UNKNOWN, Facet, FacetName, FacetValue, Request
from indexer.engine.whoosh.schema import FacetRecord
from indexer.facets import Value, canonical, unknown

Counts = dict[FacetName, Counter[Value]]

ALL, SOME = Value(ALL_WORDS, "Tous les mots"), Value(SOME_WORDS, "Une partie des mots")


def understood(request: Request, records: Iterable[FacetRecord]) -> Request:
    """The request with its filters in the keys that the index has."""
    if not request.filters:
        return request
    keys: dict[FacetName, set[str]] = {name: set() for name in request.filters}
    for record in records:
        for name in keys.keys() - {"mots"}:
            keys[name].update(value.key for value in _of(record, name, request))
    filters = {
        name: tuple(chain.from_iterable(canonical(w, keys[name]) for w in wanted)) for name, wanted in request.filters.items()
    }
    return replace(request, filters={name: tuple(dict.fromkeys(found)) for name, found in filters.items() if found})


def filter_and_count(matched: dict[int, bool], records: dict[int, FacetRecord], request: Request) -> tuple[list[int], Counts]:
    """The documents that pass every filter, and the counts of every facet, each without its own filter.

    `matched` tells of each document found whether it has every word.
    """
    wanted = {name: frozenset(keys) for name, keys in request.filters.items()}
    first = request.since.toordinal() if request.since else None
    last = request.until.toordinal() if request.until else None
    kept: list[int] = []
    counts: Counts = {name: Counter() for name in FACETS}
    for docnum, complete in matched.items():
        record = records[docnum]
        if not _within(record, first, last):
            continue
        values = _values_of(record, complete, request)
        failed = [name for name, keys in wanted.items() if keys.isdisjoint(value.key for value in values[name])]
        if not failed:
            kept.append(docnum)
        if len(failed) <= 1:
            for name in failed or FACETS:
                counts[name].update(values[name])
    return kept, counts


def _values_of(record: FacetRecord, complete: bool, request: Request) -> dict[FacetName, tuple[Value, ...]]:
    values = record.values | {"mots": (ALL if complete else SOME,)}
    return values | {"theme": record.found_themes} if request.found_themes else values


def _of(record: FacetRecord, name: FacetName, request: Request) -> tuple[Value, ...]:
    return record.found_themes if name == "theme" and request.found_themes else record.values[name]


def _all(record: FacetRecord, name: FacetName) -> tuple[Value, ...]:
    return record.found_themes if name == "theme" else record.values.get(name, (ALL, SOME))


def _within(record: FacetRecord, first: int | None, last: int | None) -> bool:
    """Whether one of the dossier's dates touches the span asked for."""
    if first is None and last is None:
        return True
    return any((first is None or end >= first) and (last is None or start <= last) for start, end in record.spans)


def facets(counts: Counts, request: Request, records: Iterable[FacetRecord]) -> tuple[Facet, ...]:
    """The facets as shown: chosen values stay visible at zero, "unknown" stands last. `records` are those of the whole index."""
    counted = {name: {value.key: (value.label, number) for value, number in counts[name].items()} for name in FACETS}
    for name, chosen in request.filters.items():
        absent = [key for key in chosen if key not in counted[name]]
        counted[name].update((key, (label, 0)) for key, label in _labels(name, absent, records).items())
    shown = (Facet(name, _values(name, counted[name], request.filters.get(name, ()))) for name in FACETS)
    return tuple(facet for facet in shown if facet.name != "mots" or _tells(facet))


def _tells(words: Facet) -> bool:
    """Whether the facet of the words found says something: there are dossiers of both kinds, or one was chosen."""
    return len(words.values) > 1 or any(value.selected for value in words.values)


def _labels(name: FacetName, keys: list[str], records: Iterable[FacetRecord]) -> dict[str, str]:
    """The labels of keys that a search did not count; a key that the index does not have is its own label."""
    labels = {key: unknown(name).label if key == UNKNOWN else key.rsplit("/", 1)[-1] for key in keys}
    if keys:
        labels |= {value.key: value.label for record in records for value in _all(record, name) if value.key in labels}
    return labels


def _values(name: FacetName, counted: dict[str, tuple[str, int]], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    count = {key: number for key, (_, number) in counted.items()}
    shown = [FacetValue(key, label, number, key in chosen, key.count("/")) for key, (label, number) in counted.items()]
    if name == "mots":
        return tuple(sorted(shown, key=lambda value: value.key != ALL_WORDS))
    if name == "annee":
        return tuple(sorted(shown, key=lambda value: (value.key == UNKNOWN, _descending(value.key))))
    if name in ("lieu", "theme"):
        return tuple(sorted(shown, key=lambda value: _tree_order(value.key, count)))
    return tuple(sorted(shown, key=lambda value: (value.key == UNKNOWN, -value.count, value.label)))


def _descending(key: str) -> int:
    return -int(key) if key.isdigit() else 0


def _tree_order(key: str, count: dict[str, int]) -> list[tuple[bool, int, str]]:
    """Each level by its count, its children right after it."""
    path = key.split("/")
    levels = ["/".join(path[: depth + 1]) for depth in range(len(path))]
    return [(level == UNKNOWN, -count.get(level, 0), level) for level in levels]
