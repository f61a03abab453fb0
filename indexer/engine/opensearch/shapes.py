"""What may be sought in a field, as the cluster's queries: a word, words that follow each other, words near each other, a prefix.

A boost is the worth of one occurrence before saturation (weight × idf). The cluster adds up the score of a phrase once for each
of its words, which is divided out here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from indexer import ranking
from indexer.analysis import Token
from indexer.engine.opensearch.mapping import COUNTING, LONGEST_WORD, STARTS

Clause = dict[str, Any]
NOTHING: Clause = {"match_none": {}}
EVERYTHING: Clause = {"match_all": {}}


def cut(word: str) -> str:
    """As much of a word as is indexed."""
    return word[:LONGEST_WORD]


def word_of(token: Token) -> str:
    """A token as it is indexed."""
    return f"={cut(token.form)}" if token.stop else cut(token.term)


class Term(NamedTuple):
    """One word of a field."""

    field: str
    word: str

    @property
    def words(self) -> int:
        return 1

    def clause(self, boost: float = 1.0) -> Clause:
        return {"term": {self.field: {"value": self.word, "boost": boost}}}


class Phrase(NamedTuple):
    """Words of a field that follow each other."""

    field: str
    sequence: tuple[str, ...]

    @property
    def words(self) -> int:
        return len(self.sequence)

    def clause(self, boost: float = 1.0) -> Clause:
        return {"match_phrase": {self.field: {"query": " ".join(self.sequence), "boost": boost}}}


class Near(NamedTuple):
    """Two words of a field, the second at most `PASSAGE_NEAR` words after the first."""

    field: str
    left: str
    right: str

    @property
    def words(self) -> int:
        return 2

    def clause(self, boost: float = 1.0) -> Clause:
        both = [{"span_term": {self.field: word}} for word in (self.left, self.right)]
        return {"span_near": {"clauses": both, "slop": ranking.PASSAGE_NEAR - 1, "in_order": True, "boost": boost}}


class Starts(NamedTuple):
    """The words of a field that begin so, of the text as they are written: all of them count as one word."""

    field: str
    start: str

    @property
    def words(self) -> int:
        return 1

    def clause(self, boost: float = 1.0) -> Clause:
        scored = Term(f"{self.field}.starts", self.start[:STARTS]).clause(boost)
        if len(self.start) <= STARTS:
            return scored
        whole = f"{self.field}.form" if self.field.endswith("text") else self.field
        return {"bool": {"must": [scored], "filter": [{"prefix": {whole: cut(self.start)}}]}}


Shape = Term | Phrase | Near | Starts


def inside(shape: Shape) -> Shape:
    """The same in the windows."""
    return shape._replace(field=f"windows.{shape.field}")


def worth(shape: Shape, boost: float, name: str | None = None) -> Clause:
    """The clause that adds what a shape is worth to the score."""
    return named(shape.clause(boost / shape.words), name)


def frequency(shape: Shape, name: str | None = None) -> Clause:
    """The clause whose score is how often a shape stands there, times its words."""
    return named(shape.clause(COUNTING), name)


def named(clause: Clause, name: str | None) -> Clause:
    """The clause under a name, by which a hit says that it has it."""
    return clause if name is None else {"bool": {"must": [clause], "_name": name}}


def any_of(clauses: list[Clause]) -> Clause:
    """At least one of the clauses."""
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else NOTHING


def all_of(clauses: list[Clause], but: list[Clause] | None = None) -> Clause:
    """All of the clauses, and none of the others; without scores."""
    if len(clauses) == 1 and not but:
        return clauses[0]
    return {"bool": {"filter": clauses or [EVERYTHING], **({"must_not": but} if but else {})}}
