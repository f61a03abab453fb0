"""What may be suggested of an index: its themes, places and titles, the words and expressions that several dossiers have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from indexer.engine.contract import UNKNOWN, Suggestion
from indexer.engine.whoosh.running import Signature
from indexer.engine.whoosh.schema import FacetRecord, Record

MOST_RECORDS = 20_000
"""Dossiers whose words and expressions are counted."""
MOST_WORDS = 20_000
"""Words, and expressions, that are kept."""
_FEWEST = 2
_SHORTEST_WORD = 4


def suggestions(facets: Iterable[FacetRecord], records: Iterable[Record]) -> Iterator[Suggestion]:
    """Every entry with how many dossiers have it; those of a kind that is told apart before plain words."""
    known = Counter(entry for facet in facets for entry in _of_facets(facet))
    yield from (Suggestion(text, kind, count) for (kind, text), count in known.items() if kind != "titre")
    counted = list(islice(records, MOST_RECORDS))
    yield from _frequent("expression", (record.expressions for record in counted))
    yield from _frequent("mot", (record.signature for record in counted))
    yield from (Suggestion(text, kind, count) for (kind, text), count in known.items() if kind == "titre")


Kind = Literal["titre", "theme", "lieu", "mot", "expression"]


def _of_facets(record: FacetRecord) -> Iterator[tuple[Kind, str]]:
    yield "titre", record.title
    yield from {("theme", value.label): None for value in record.values["theme"] if value.key != UNKNOWN}
    yield from {("lieu", value.label): None for value in record.values["lieu"] if value.key != UNKNOWN}


def _frequent(kind: Kind, many: Iterable[Signature]) -> Iterator[Suggestion]:
    """What several dossiers have, by stem, as most of them spell it."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for entries in many:
        for term, word, _ in entries:
            spelled[term][word] += 1
    frequent = Counter({term: spellings.total() for term, spellings in spelled.items()}).most_common(MOST_WORDS)
    for term, count in frequent:
        word = max(spelled[term], key=lambda spelling: (spelled[term][spelling], spelling.islower(), spelling))
        if count >= _FEWEST and len(word) >= _SHORTEST_WORD and not word.isdigit():
            yield Suggestion(word, kind, count)
