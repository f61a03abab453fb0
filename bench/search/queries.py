"""Queries of all kinds, their words taken from the dossiers, by how many dossiers have them: every conjunction has a hit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import NamedTuple

from bench.search.engine import Query

_SHAPES: dict[int, list[tuple[tuple[str, ...], int]]] = {
    1: [(("rare",), 3), (("medium",), 4), (("common",), 3)],
    2: [(("common",) * 2, 3), (("common", "medium"), 4), (("medium",) * 2, 3), (("medium", "rare"), 2)],
    3: [(("common", "common", "medium"), 4), (("common", "medium", "medium"), 4), (("common", "medium", "rare"), 2)],
    4: [(("common",) * 3 + ("medium",), 3), (("common",) * 2 + ("medium",) * 2, 3), (("common", "medium", "medium", "rare"), 2)],
}
_SHARES = {"and": 0.445, "or": 0.333, "phrase": 0.111}
_TRIES = 500
_FILTERED = (("common",), ("medium",), ("common", "medium"), ("common", "common"))


class Sampled(NamedTuple):
    """A dossier that queries are drawn from: its words in order, as stems and as spelled."""

    stems: list[str]
    spelled: list[str]
    themes: list[str]
    year: int


def draw(many: int, sampled: Sequence[Sampled], df: Counter[str], docs: int, seed: int = 11) -> list[Query]:
    """`many` queries; `df` counts the dossiers that have each stem, among all `docs` of them."""
    return list(_Draw(sampled, df, docs, Random(seed)).queries(many))


class _Draw:
    def __init__(self, sampled: Sequence[Sampled], df: Counter[str], docs: int, random: Random) -> None:
        self._sampled, self._df, self._docs, self._random = sampled, df, docs, random

    def queries(self, many: int) -> Iterator[Query]:
        counts = {kind: round(share * many) for kind, share in _SHARES.items()}
        conjunctions = [self._words(self._shape(number)) for number in range(counts["and"])]
        several = [words for words in conjunctions if len(words[0]) > 1]
        kinds: list[tuple[str, tuple[list[str], list[str]], Sampled | None]] = [("and", words, None) for words, _ in conjunctions]
        kinds += [("or", several[n % len(several)][0], None) for n in range(counts["or"])]
        kinds += [("phrase", self._phrase(n % 3 == 2), None) for n in range(counts["phrase"])]
        while len(kinds) < many - 1:
            words, source = self._words(self._random.choice(_FILTERED))
            kinds.append(("filtered", words, source))
        for number, (kind, (stems, spelled), doc) in enumerate(kinds):
            yield self._query(number, kind, stems, spelled, doc)
        yield Query(len(kinds), "browse", [], "")

    def _query(self, number: int, kind: str, stems: list[str], spelled: list[str], doc: Sampled | None) -> Query:
        typed = " ".join(spelled)
        if doc is None:
            return Query(number, kind, stems, f'"{typed}"' if kind == "phrase" else typed)
        first, last = doc.year - self._random.randrange(6), doc.year + self._random.randrange(6)
        return Query(number, kind, stems, typed, self._random.choice(doc.themes), first * 10_000 + 101, last * 10_000 + 1231)

    def _shape(self, number: int) -> tuple[str, ...]:
        shapes = _SHAPES[number % 4 + 1]
        return self._random.choices([shape for shape, _ in shapes], [weight for _, weight in shapes])[0]

    def _band(self, stem: str) -> str:
        share = self._df[stem] / self._docs
        if share >= 0.1:
            return "common"
        if 0.002 <= share < 0.05:
            return "medium"
        return "rare" if self._df[stem] >= 2 and share < 0.001 else ""

    def _words(self, shape: tuple[str, ...]) -> tuple[tuple[list[str], list[str]], Sampled]:
        """Different words of one dossier, of the bands asked for; and the dossier."""
        for tried in count():
            doc = self._random.choice(self._sampled)
            if tried == _TRIES:  # a small corpus may have no dossier with such words
                shape = ("",) * len(shape)
            bands: dict[str, list[int]] = defaultdict(list)
            for place in {stem: place for place, stem in enumerate(doc.stems)}.values():
                bands[self._band(doc.stems[place]) if tried < _TRIES else ""].append(place)
            wanted = Counter(shape)
            if all(len(bands[band]) >= many for band, many in wanted.items()):
                places = [place for band, many in wanted.items() for place in self._random.sample(sorted(bands[band]), many)]
                self._random.shuffle(places)
                return ([doc.stems[place] for place in places], [doc.spelled[place] for place in places]), doc
        raise AssertionError("no end")

    def _phrase(self, long: bool) -> tuple[list[str], list[str]]:
        """Two or three words that follow each other in a dossier, none of them rare."""
        for tried in count():
            doc = self._random.choice(self._sampled)
            size = 3 if long else 2
            at = self._random.randrange(max(1, len(doc.stems) - size))
            stems = doc.stems[at : at + size]
            if len(set(stems)) == size and (tried > _TRIES or all(self._df[s] >= max(3, self._docs // 2000) for s in stems)):
                return stems, doc.spelled[at : at + size]
        raise AssertionError("no end")
