"""An ordinary Whoosh searcher opens the index, finds the same documents, and gives the same scores."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from whoosh import index as whoosh_index
from whoosh import query as q

from indexer.analysis import Token
from indexer.engine.whoosh.evidence import Label, clues
from indexer.engine.whoosh.phrases import phrase_places
from indexer.engine.whoosh.postings import PostingsReader
from indexer.engine.whoosh.vectors import doc_set, intersection, union, vector
from indexer.engine.whoosh.weighting import Bm25
from indexer.query import Words
from tests.engine.conftest import NO_FACTS, Opened, make

FIELDS = ("text", "form", "title")


def stock(folder: Path, query: q.Query) -> dict[int, float]:
    """What an ordinary searcher finds: scores by document."""
    (index,) = folder.glob("whoosh-*")
    with whoosh_index.open_dir(str(index)).searcher(weighting=Bm25()) as searcher:
        return {hit.docnum: hit.score for hit in searcher.search(query, limit=None)}


def ours(reader: PostingsReader, field: str, words: list[str], how: str) -> dict[int, float]:
    found = [clues(reader, field, word, Label(word, word, "texte", 1.0)) for word in words]
    sets = [doc_set(clue.ids, reader.size) for clue in found]
    ids = (union(sets, reader.size) if how == "or" else intersection(sets)).ids
    scores = sum(vector([(clue.ids, clue.scores)], reader.size).at(ids) for clue in found)
    return dict(zip(ids.tolist(), scores.tolist(), strict=True))  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(6))
def test_words_score_the_same(opened: Opened, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    engine = opened([make(number, random) for number in range(random.choice([1, 40, 350]))])
    reader = engine._fresh().postings
    for _ in range(25):
        field = random.choice(FIELDS)
        known = reader.beginning(field, "")
        if not known:
            continue
        words = list(dict.fromkeys(random.choices(known, k=random.randint(1, 4))))
        how = random.choice(["or", "and"])
        terms = [q.Term(field, word) for word in words]
        expected = stock(tmp_path, q.Or(terms) if how == "or" else q.And(terms))
        assert ours(reader, field, words, how) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_phrases_and_prefixes_find_the_same(opened: Opened, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    reader = opened([make(number, random) for number in range(60)])._fresh().postings
    known = reader.beginning("text", "")
    for _ in range(25):
        words = random.choices(known, k=random.randint(2, 3))
        leaf = Words(" ".join(words), tuple(Token(word, word, 0, 0, n) for n, word in enumerate(words)), "texte", True)
        found = sorted(set(phrase_places(reader, leaf, "text").docs.tolist()))
        assert found == sorted(stock(tmp_path, q.Phrase("text", words)))
        prefix = random.choice(known)[: random.randint(1, 3)]
        assert reader.beginning_postings("text", prefix).ids.tolist() == sorted(stock(tmp_path, q.Prefix("text", prefix)))


def test_deleted_documents_are_not_found_and_identifiers_are_stored(opened: Opened, tmp_path: Path) -> None:
    random = Random(1)
    dossiers = [make(number, random) for number in range(30)]
    engine = opened(dossiers)
    engine.update([make(30, random)], ["dossier-0003"], NO_FACTS)
    (index,) = tmp_path.glob("whoosh-*")
    with whoosh_index.open_dir(str(index)).searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(q.Every(), limit=None)} == {f"dossier-{n:04d}" for n in range(31) if n != 3}
        assert list(searcher.documents(id="dossier-0003")) == []
