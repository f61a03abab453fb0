"""What one generation of the index knows of its words, as `indexer.understanding` asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from indexer.analysis import Token
from indexer.deletions import is_one_edit, is_plain, nearest
from indexer.engine.lexicon import IndexWords, glued_forms, halves, stop_words
from indexer.engine.opensearch.clues import needed
from indexer.engine.opensearch.matching import matched
from indexer.engine.opensearch.shapes import Clause, Term, cut
from indexer.engine.opensearch.statistics import Ask, Statistics
from indexer.plan import is_plain as is_plain_word
from indexer.plan import plain_tokens, plan
from indexer.query import Words, leaves
from indexer.query_parser import parse
from indexer.synonyms import Synonyms

_CANDIDATES = 100
"""Words near an unknown one that the cluster names, the most frequent first."""

Pairs = Callable[[], Iterator[tuple[str, str]]]


class IndexLexicon(IndexWords):
    """The lexicon of one generation."""

    def __init__(self, ask: Ask, known: Statistics, synonyms: Synonyms, acronyms: Pairs) -> None:
        self._ask = ask
        self._known = known
        self._synonyms = synonyms
        self._acronyms = acronyms
        self._near: dict[str, _Candidates] = {}

    def prepare(self, query: str) -> None:
        """Ask together for what understanding a query will need to know, and scoring it if it is meant as typed."""
        tree = parse(query).tree
        plain = [leaf for leaf in leaves(tree) if isinstance(leaf, Words) and is_plain_word(leaf)]
        words = [token for leaf in plain for token in plain_tokens(leaf)]
        variants = [token for leaf in plain for token in leaf.tokens if token.variant]
        self._known.learn([*self._wanted([*words, *variants], words), *needed(plan(tree), self._known)])

    def _wanted(self, tokens: list[Token], words: list[Token]) -> Iterator[Clause]:
        for token in tokens:
            yield from (_form(token.form), _term(token.term))
        for token in words:
            yield from map(_form, glued_forms(token.form))
            yield from (_form(half) for both in halves(token.form) for half in both)
        yield from (_form(left.form + right.form) for left, right in pairwise(words))

    @cached_property
    def synonyms(self) -> Synonyms:
        return self._synonyms.with_learnt(self._acronyms())

    def frequency(self, form: str) -> int:
        return self._known.count(_form(form))

    def has_term(self, term: str) -> bool:
        return self._known.count(_term(term)) > 0

    def stand_together(self, words: Words) -> bool:
        return self._known.count(matched(words)) > 0

    def correct(self, form: str) -> str | None:
        if not is_plain(form):
            return None
        if form not in self._near:
            self._near[form] = _Candidates(self._candidates(form))
        return nearest(form, [stop_words(), self._near[form]])

    def _candidates(self, form: str) -> dict[str, int]:
        """The words of the index at one edit, with how many dossiers have each."""
        asked = {
            "field": "text.form",
            "suggest_mode": "always",
            "sort": "frequency",
            "max_edits": 1,
            "prefix_length": 0,
            "min_word_length": 3,
            "size": _CANDIDATES,
            "shard_size": _CANDIDATES,
        }
        answer = self._ask({"size": 0, "suggest": {"near": {"text": form, "term": asked}}})
        options: list[dict[str, Any]] = [option for entry in answer["suggest"]["near"] for option in entry["options"]]
        return {option["text"]: option["freq"] for option in options if is_one_edit(form, option["text"])}


class _Candidates(NamedTuple):
    """The words near one word."""

    words: dict[str, int]

    def near(self, _: str) -> dict[str, int]:
        return {word: count for word, count in self.words.items() if is_plain(word, 1)}


def _form(form: str) -> Clause:
    return Term("text.form", cut(form)).clause()


def _term(term: str) -> Clause:
    return Term("text", cut(term)).clause()
