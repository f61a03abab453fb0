"""What one leaf of a query finds: the documents that have it, the clues that score them, and where it stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from indexer import ranking
from indexer.analysis import Token
from indexer.engine.contract import Evidence
from indexer.engine.whoosh.field_file import Ints
from indexer.engine.whoosh.phrases import having, merged, near_places, phrase_places, within
from indexer.engine.whoosh.posting_list import NONE, Places, Postings
from indexer.engine.whoosh.postings import Floats, PostingsReader
from indexer.engine.whoosh.vectors import DocSet, Vector, doc_set, vector
from indexer.engine.words_sought import is_phrase, singles
from indexer.plan import Pair, plain_tokens
from indexer.query import Field, Leaf, Prefix, Words

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


class Weighed(NamedTuple):
    """The documents that have a leaf, and what its clues are worth together; `idf` is of its rarest clue in the text, if any."""

    docs: DocSet
    worth: Vector
    idf: float | None


def weighed(reader: PostingsReader, leaf: Leaf) -> Weighed:
    """What has a leaf, and what that is worth in all."""
    return reader.kept(("weighed", leaf), lambda: _weighed(reader, match(reader, leaf)))  # type: ignore[no-any-return]


def _weighed(reader: PostingsReader, found: Match) -> Weighed:
    idf = max((clue.idf for clue in found.clues if clue.evidence == "texte" and len(clue.ids)), default=None)
    return Weighed(doc_set(found.ids, reader.size), _worth(found.clues, reader.size), idf)


def paired(reader: PostingsReader, pair: Pair) -> Clues:
    """What two words of the query that follow each other add, where they stand near each other."""
    key = ("pair", pair.left.term, pair.right.term)
    clue: Clues = reader.kept(key, lambda: _paired(reader, pair))
    return clue._replace(typed=pair.text, words=pair.text)


def _paired(reader: PostingsReader, pair: Pair) -> Clues:
    found = _near(reader, pair)
    return scored(reader, "text", Label(pair.text, pair.text, "paire", ranking.PAIR), _idf(reader, found), found)


def pair_worth(reader: PostingsReader, pair: Pair) -> Vector:
    """What a pair adds, as a vector."""
    key = ("pair worth", pair.left.term, pair.right.term)
    return reader.kept(key, lambda: _worth([paired(reader, pair)], reader.size))  # type: ignore[no-any-return]


def _worth(found: Iterable[Clues], size: int) -> Vector:
    return vector([(clue.ids, clue.scores) for clue in found if clue.weight], size)


def _near(reader: PostingsReader, pair: Pair) -> Postings:
    left, right = pair.left.term, pair.right.term
    docs = having(reader, [("text", left), ("text", right)])
    near = near_places(reader.keys("text", left, docs), reader.keys("text", right, docs), ranking.PASSAGE_NEAR)
    return _counted(within(near, docs))


def _counted(places: Places) -> Postings:
    firsts = np.flatnonzero(np.diff(places.docs, prepend=-1))
    return Postings(places.docs[firsts], np.diff(firsts, append=len(places.docs)).astype(float))


def _idf(reader: PostingsReader, found: Postings) -> float:
    return ranking.idf(reader.documents, len(found.ids))


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
        return merged([reader.places("form", word, docs) for word in reader.beginning("form", leaf.form)])
    joined = [reader.places("text", token.term, docs) for token in leaf.tokens if token.variant]
    if is_phrase(leaf):
        return merged([phrase_places(reader, leaf, "text", docs), *joined])
    return merged([*(reader.places("stop" if t.stop else "text", t.term, docs) for t in singles(leaf)), *joined])


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
    scores = np.float32(label.weight * idf) * ranking.saturated(found.counts, reader.norms(field).take(found.ids))
    return Clues(*label, idf, found.ids, found.counts, scores)


def _word(reader: PostingsReader, leaf: Words) -> Match:
    field, evidence, weight = _FIELDS[leaf.field]
    tokens = [*singles(leaf), *(token for token in leaf.tokens if token.variant)]
    if leaf.field == "texte" and all(token.stop for token in tokens):
        field = "stop"
    terms = dict.fromkeys(token.term for token in tokens)
    found = [clues(reader, field, term, Label(leaf.text, term, evidence, weight)) for term in terms]
    ids = _union([clue.ids for clue in found])
    if field == "text":
        found += [*_beside(reader, leaf, tokens), *_families(reader, leaf, tokens)]
    return Match(ids, tuple(found))


def _beside(reader: PostingsReader, leaf: Words, tokens: list[Token]) -> Iterator[Clues]:
    """What is worth something beside the stem in the text."""
    for term in dict.fromkeys(token.term for token in tokens):
        yield clues(reader, "title", term, Label(leaf.text, term, "titre", ranking.TITLE))
        yield clues(reader, "theme", term, Label(leaf.text, term, "thème", ranking.THEME))
    for form in dict.fromkeys(token.form for token in tokens):
        yield clues(reader, "form", form, Label(leaf.text, form, "mot exact", ranking.FORM))


def _families(reader: PostingsReader, leaf: Words, tokens: list[Token]) -> Iterator[Clues]:
    """What the words of the same family are worth, unless the very word is asked for."""
    if not leaf.quoted:
        for start in dict.fromkeys(ranking.root(token.form) for token in tokens if not token.variant):
            found = _family(reader, start)
            yield scored(reader, "form", Label(leaf.text, f"{start}…", "racine", ranking.ROOT), _idf(reader, found), found)


def _phrase(reader: PostingsReader, leaf: Words) -> Match:
    """A phrase counts as one word as rare as its words together; in the text, so does its whole written as one."""
    field, evidence, weight = _FIELDS[leaf.field]
    phrase = _counted(phrase_places(reader, leaf, field))
    plain = plain_tokens(leaf)
    rarity = sum(ranking.idf(reader.documents, reader.df(field, token.term)) for token in plain)
    rarity = rarity or _idf(reader, phrase)
    label = Label(leaf.text, leaf.text, evidence, weight)
    found = [scored(reader, field, label, rarity, phrase)]
    if field == "text":
        found += [clues(reader, field, token.term, label._replace(words=token.term)) for token in leaf.tokens if token.variant]
    having = _union([clue.ids for clue in found])
    if field == "text":
        found += (_only(clue, having) for token in plain for clue in _beside(reader, leaf, [token]))
    return Match(having, tuple(found))


def _only(clue: Clues, ids: Ints) -> Clues:
    kept = np.isin(clue.ids, ids)
    return clue._replace(ids=clue.ids[kept], counts=clue.counts[kept], scores=clue.scores[kept])


def _family(reader: PostingsReader, root: str) -> Postings:
    """The words that begin with a root; one that is shorter than roots are is alone."""
    return reader.beginning_postings("form", root) if len(root) == ranking.ROOT_LETTERS else reader.postings("form", root)


def _prefix(reader: PostingsReader, leaf: Prefix) -> Match:
    """All the words that begin so count as one word."""
    field, evidence, weight = _FIELDS[leaf.field]
    field = "form" if field == "text" else field
    found = reader.beginning_postings(field, leaf.form)
    label = Label(leaf.text, leaf.text, evidence, weight)
    return Match(found.ids, (scored(reader, field, label, _idf(reader, found), found),))


def _union(many: list[Ints]) -> Ints:
    return many[0] if len(many) == 1 else np.unique(np.concatenate([NONE, *many]))
