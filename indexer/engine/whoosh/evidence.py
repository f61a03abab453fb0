"""What one leaf of a query finds: the documents that have it, the clues that score them, and where it stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.analysis import Token
from indexer.engine.contract import Evidence
from indexer.engine.whoosh.phrases import is_phrase, merged, phrase_places
from indexer.engine.whoosh.postings import NONE, Floats, Ints, Places, Postings, PostingsReader
from indexer.query import Field, Leaf, Prefix, Words

MAX_BEGINNINGS = 1_000
"""Words that a prefix stands for at most: the most frequent ones are kept."""

_FIELDS: dict[Field, tuple[str, Evidence, float]] = {
    "texte": ("text", "texte", ranking.TEXT),
    "titre": ("title", "titre", ranking.TITLE),
    "theme": ("theme", "thème", ranking.THEME),
    "lieu": ("place", "lieu", ranking.PLACE),
    "date": ("day", "date", 0.0),
}


class Clues(NamedTuple):
    """A summand of the scores: what `words` found in `evidence` add to the documents `ids` (ascending)."""

    typed: str
    words: str
    evidence: Evidence
    weight: float
    idf: float
    ids: Ints
    counts: Floats
    scores: Floats


class Match(NamedTuple):
    """The documents that have a leaf (ascending) and its clues; clues may lie on documents that do not have it."""

    ids: Ints
    clues: tuple[Clues, ...]


def match(reader: PostingsReader, leaf: Leaf) -> Match:
    """What has a leaf, and what that is worth."""
    if isinstance(leaf, Prefix):
        return _prefix(reader, leaf)
    if leaf.field == "date":
        ids = reader.postings("day", leaf.text).ids
        return Match(ids, ())
    if is_phrase(leaf):
        return _phrase(reader, leaf)
    return _word(reader, leaf)


def places(reader: PostingsReader, leaf: Leaf, docs: Ints) -> Places:
    """Where a leaf begins in the running text of `docs` (ascending)."""
    if isinstance(leaf, Prefix):
        return merged([reader.places("form", word, docs) for word in _beginnings(reader, "form", leaf.form)])
    joined = [reader.places("text", token.term, docs) for token in leaf.tokens if token.variant]
    if is_phrase(leaf):
        return merged([phrase_places(reader, leaf, "text", docs), *joined])
    return merged([*(reader.places("stop" if t.stop else "text", t.term, docs) for t in _singles(leaf)), *joined])


class Label(NamedTuple):
    """What a clue is said to be: the word of the query, the words found, where they were found, what that counts for."""

    typed: str
    words: str
    evidence: Evidence
    weight: float


def clues(reader: PostingsReader, field: str, word: str, label: Label) -> Clues:
    """What one word in one field adds."""
    found = reader.postings(field, word)
    return scored(reader, field, label, ranking.idf(reader.documents, len(found.ids)), found)


def scored(reader: PostingsReader, field: str, label: Label, idf: float, found: Postings) -> Clues:
    """BM25 of occurrences in a field."""
    lengths, mean = reader.lengths(field)
    scores = label.weight * idf * ranking.saturation(found.counts, lengths[found.ids], mean)
    return Clues(*label, idf, found.ids, found.counts, scores)


def _word(reader: PostingsReader, leaf: Words) -> Match:
    field, evidence, weight = _FIELDS[leaf.field]
    tokens = [*_singles(leaf), *(token for token in leaf.tokens if token.variant)]
    if leaf.field == "texte" and all(token.stop for token in tokens):
        field = "stop"
    terms = dict.fromkeys(token.term for token in tokens)
    found = [clues(reader, field, term, Label(leaf.text, term, evidence, weight)) for term in terms]
    ids = _union([clue.ids for clue in found])
    if field == "text":
        found += _beside(reader, leaf, tokens)
    return Match(ids, tuple(found))


def _beside(reader: PostingsReader, leaf: Words, tokens: list[Token]) -> Iterator[Clues]:
    """What is worth something beside the stem in the text."""
    for term in dict.fromkeys(token.term for token in tokens):
        yield clues(reader, "title", term, Label(leaf.text, term, "titre", ranking.TITLE))
        yield clues(reader, "theme", term, Label(leaf.text, term, "thème", ranking.THEME))
    for form in dict.fromkeys(token.form for token in tokens):
        yield clues(reader, "form", form, Label(leaf.text, form, "mot exact", ranking.FORM))
    if not leaf.quoted:
        for start in dict.fromkeys(ranking.root(token.form) for token in tokens if not token.variant):
            yield clues(reader, "root", start, Label(leaf.text, f"{start}…", "racine", ranking.ROOT))


def _phrase(reader: PostingsReader, leaf: Words) -> Match:
    """A phrase counts as one word as rare as its words together; in the text, so does its whole written as one."""
    field, evidence, weight = _FIELDS[leaf.field]
    ids, counts = np.unique(phrase_places(reader, leaf, field).docs, return_counts=True)
    plain = [token for token in leaf.tokens if not (token.stop or token.variant)]
    rarity = sum(ranking.idf(reader.documents, len(reader.postings(field, token.term).ids)) for token in plain)
    rarity = rarity or ranking.idf(reader.documents, len(ids))
    label = Label(leaf.text, leaf.text, evidence, weight)
    found = [scored(reader, field, label, rarity, Postings(ids, counts.astype(float)))]
    if field == "text":
        found += [clues(reader, field, token.term, label._replace(words=token.term)) for token in leaf.tokens if token.variant]
    having = _union([clue.ids for clue in found])
    if field == "text":
        found += (_only(clue, having) for token in plain for clue in _beside(reader, leaf, [token]) if clue.evidence != "racine")
    return Match(having, tuple(found))


def _only(clue: Clues, ids: Ints) -> Clues:
    kept = np.isin(clue.ids, ids)
    return clue._replace(ids=clue.ids[kept], counts=clue.counts[kept], scores=clue.scores[kept])


def _prefix(reader: PostingsReader, leaf: Prefix) -> Match:
    """All the words that begin so count as one word."""
    field, evidence, weight = _FIELDS[leaf.field]
    field = "form" if field == "text" else field
    counts = np.zeros(reader.size)
    for word in _beginnings(reader, field, leaf.form):
        found = reader.postings(field, word)
        counts[found.ids] += found.counts
    ids = np.flatnonzero(counts)
    label, idf = Label(leaf.text, leaf.text, evidence, weight), ranking.idf(reader.documents, len(ids))
    return Match(ids, (scored(reader, field, label, idf, Postings(ids, counts[ids])),))


def _beginnings(reader: PostingsReader, field: str, form: str) -> list[str]:
    words = list(reader.beginning(field, form))
    if len(words) <= MAX_BEGINNINGS:
        return words
    return sorted(words, key=lambda word: -len(reader.postings(field, word).ids))[:MAX_BEGINNINGS]


def _singles(leaf: Words) -> list[Token]:
    """The one word that counts of a leaf: its only one that is no stop word, or a stop word asked for by itself."""
    plain = [token for token in leaf.tokens if not (token.stop or token.variant)]
    return plain or [token for token in leaf.tokens if not token.variant]


def _union(many: list[Ints]) -> Ints:
    return np.unique(np.concatenate(many)) if many else NONE
