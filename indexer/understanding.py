"""From what was typed to what is looked for: correction, synonyms, words glued or cut by PDFs. The same for every engine.

An engine lends its lexicon, what it knows of the words of its index; no word is changed or added without being said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Protocol

from indexer import ranking
from indexer.analysis import Token, tokens
from indexer.engine.contract import Correction, Expansion, Hit, Offer
from indexer.folding import fold
from indexer.notices import Notice
from indexer.plan import Alternative, Plan, is_plain, plain_tokens, plan
from indexer.query import And, Must, Node, Parsed, Words, leaves
from indexer.query_parser import parse
from indexer.query_printer import print_query
from indexer.stop_words import INTERROGATIVES
from indexer.synonyms import Synonyms


class Lexicon(Protocol):
    """What an index knows of its own words. Forms are folded words."""

    @property
    def synonyms(self) -> Synonyms:
        """Those of the installation and those that the dossiers introduce."""

    def knows(self, token: Token) -> bool:
        """Whether a text has this very word or, when it is a word of the dictionary, one of its stem."""

    def has_form(self, form: str) -> bool:
        """Whether a text has this very word."""

    def correct(self, form: str) -> str | None:
        """The nearest word of the index to one that it does not have."""

    def cut(self, form: str) -> Iterable[tuple[str, str]]:
        """The halves of the word that stand side by side in a text."""

    def glued(self, form: str) -> Iterable[str]:
        """The words of the index in which this one is stuck to another."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A query ready to be answered. `question`: it was asked as a sentence, of which no dossier will have every word."""

    plan: Plan
    question: bool
    notices: tuple[Notice, ...] = ()
    correction: Correction | None = None
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()


def understand(query: str, lexicon: Lexicon, *, correct: bool = True) -> Understood:
    """What `query` asks of an index; unknown words are replaced when `correct`, else only offered. Never raises."""
    parsed, correction = _corrected(query, parse(query), lexicon, correct)
    asked = plan(parsed.tree)
    expansions, more = _expanded(asked, lexicon.synonyms)
    asked = asked.with_alternatives(more).with_alternatives(_damaged(asked, lexicon))
    return Understood(asked, _is_question(query), parsed.notices, correction, expansions, _offers(parsed.tree, lexicon.synonyms))


def _is_question(query: str) -> bool:
    return "?" in query or any(token.form in INTERROGATIVES for token in tokens(query) if token.stop)


# Correction


def _corrected(query: str, parsed: Parsed, lexicon: Lexicon, apply: bool) -> tuple[Parsed, Correction | None]:
    """The query to answer, and the correction of words that the index does not have, when there is one."""
    plain = [leaf for leaf in leaves(parsed.tree) if isinstance(leaf, Words) and is_plain(leaf)]
    words = dict(pair for leaf in plain for pair in _better(leaf, lexicon))
    text = query
    for typed, instead in words.items():
        text = _with_word(text, typed, instead)
    if text == query:
        return parsed, None
    return parse(text) if apply else parsed, Correction(text, tuple(words.items()), apply)


def _better(leaf: Words, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The words of a leaf that the index lacks in every spelling, as typed, and what it has instead."""
    if any(lexicon.knows(token) for token in leaf.tokens if token.variant):
        return
    for token in plain_tokens(leaf):
        damaged = any(lexicon.cut(token.form)) or any(lexicon.glued(token.form))
        found = None if lexicon.knows(token) or damaged else lexicon.correct(token.form)
        if found:
            yield leaf.text[token.start : token.end], found


def _with_word(query: str, word: str, instead: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", instead, query)


def respelled(correction: Correction | None, hits: Iterable[Hit]) -> Correction | None:
    """The correction with its words spelled as in the passages found, accents included: the index has them folded."""
    if correction is None:
        return None
    marked = (text for hit in hits for passage in hit.passages for text, matched in passage.segments if matched)
    spelled = {fold(text): text.lower() for text in marked}
    words = tuple((typed, spelled.get(fold(instead), instead)) for typed, instead in correction.words)
    query = correction.query
    for (_, folded), (_, instead) in zip(correction.words, words, strict=True):
        query = _with_word(query, folded, instead)
    return replace(correction, query=query, words=words)


# Synonyms and acronyms


def _expanded(asked: Plan, synonyms: Synonyms) -> tuple[tuple[Expansion, ...], dict[int, tuple[Alternative, ...]]]:
    """Other words for those typed: what to say of them, and the alternatives by the number of the unit."""
    said: dict[Expansion, None] = {}
    more: dict[int, tuple[Alternative, ...]] = {}
    for start, words in _runs([unit.node for unit in asked.units]):
        for found in synonyms.expansions(words):
            leaf = _phrase(found.other)
            said[Expansion(found.typed, found.other, found.learnt)] = None
            for unit in range(start + found.first, start + found.last):
                more[unit] = (*more.get(unit, ()), Alternative(leaf, ranking.ALTERNATIVE))
    return tuple(said), more


def _phrase(text: str) -> Words:
    """A text as a phrase, its stop words included."""
    return Words(text, tuple(tokens(text)), quoted=True)


def _offers(tree: And, synonyms: Synonyms) -> tuple[Offer, ...]:
    offers = []
    for start, words in _runs(tree.nodes):
        for found in synonyms.renamed(words):
            before, after = tree.nodes[: start + found.first], tree.nodes[start + found.last :]
            query = print_query(And((*before, *parse(found.other).tree.nodes, *after)))
            offers.append(Offer(found.typed, found.other, found.year, query))
    return tuple(offers)


def _runs(nodes: Iterable[Node]) -> Iterator[tuple[int, list[Words]]]:
    """The words as typed that follow each other, with the number of the first."""
    inner = [node.node if isinstance(node, Must) else node for node in nodes]
    for plain, run in groupby(enumerate(inner), key=lambda entry: is_plain(entry[1])):
        found = list(run)
        if plain:
            yield found[0][0], [node for _, node in found if isinstance(node, Words)]


# Words that a PDF glued or cut


def _damaged(asked: Plan, lexicon: Lexicon) -> dict[int, tuple[Alternative, ...]]:
    """The words of each unit as a damaged text has them."""
    plain = [_single(unit.node) for unit in asked.units]
    found: dict[int, list[Words]] = {number: [] for number in range(len(plain))}
    for number, token in enumerate(plain):
        if token:
            found[number] += [_phrase(f"{left} {right}") for left, right in lexicon.cut(token.form)]
            found[number] += [_phrase(form) for form in lexicon.glued(token.form)]
    for (number, left), (_, right) in pairwise(enumerate(plain)):
        if left and right and lexicon.has_form(left.form + right.form):
            for unit in (number, number + 1):
                found[unit].append(_phrase(left.form + right.form))
    return {
        number: tuple(Alternative(leaf, ranking.ALTERNATIVE) for leaf in leaves) for number, leaves in found.items() if leaves
    }


def _single(node: Node) -> Token | None:
    """The word of a node that is a plain word alone."""
    if not (isinstance(node, Words) and is_plain(node)):
        return None
    plain = plain_tokens(node)
    return plain[0] if len(plain) == 1 else None
