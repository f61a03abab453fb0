"""Words that stand more often in some texts than in others: those of a selection, those near an expression."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from indexer.analysis import Token
from indexer.engine.contract import Keywords
from indexer.engine.lines import usual
from indexer.engine.loglikelihood import LOOKED_AT, Side, best, told
from indexer.engine.nearby import near
from indexer.engine.occurrences import KEY_BITS, Ints
from indexer.engine.standing import TextReader
from indexer.engine.whoosh.concordance import lines, occurrences
from indexer.engine.whoosh.nearby import files_of, words_near
from indexer.engine.whoosh.snapshot import Snapshot
from indexer.engine.whoosh.term_counts import Tokens, counts_in, counts_of, dossiers_with, names_of, together, tokens_in
from indexer.plan import Plan, Unit
from indexer.query import Words


class _Texts(NamedTuple):
    """Some words of the texts of documents."""

    docs: Ints
    side: Side


def keywords(snapshot: Snapshot, here: Ints, there: Ints, most: int, least: int, read: TextReader) -> Keywords:
    """The words most characteristic of `here` against `there`, sets of documents apart from each other."""
    return _compared(snapshot, _texts(snapshot, here), _texts(snapshot, there), tokens_in(here), most, least, read)


def collocates(snapshot: Snapshot, plan: Plan, docs: Ints, most: int, least: int, read: TextReader) -> Keywords:
    """The words most characteristic of what stands near an expression in `docs`, against the rest of their texts."""
    found = occurrences(snapshot, plan, docs)
    windows = near(found, files_of(snapshot, found.docs))
    tokens = words_near(snapshot, windows)
    counts = together([counts_of(placed, tokens) for placed in snapshot.segments], snapshot.term_numbers)
    here, whole = _Texts(windows.docs, Side(windows.words, counts)), _texts(snapshot, docs)
    there = _Texts(docs, Side(whole.side.words - windows.words, whole.side.counts - counts))
    return _compared(snapshot, here, there, tokens, most, least, read)


def _texts(snapshot: Snapshot, docs: Ints) -> _Texts:
    counts = together([counts_in(placed, docs) for placed in snapshot.segments], snapshot.term_numbers)
    return _Texts(docs, Side(int(snapshot.columns.tokens[docs].sum()), counts))


def _compared(
    snapshot: Snapshot, here: _Texts, there: _Texts, tokens: Tokens, most: int, least: int, read: TextReader
) -> Keywords:
    """The words that stand more often here than there; `tokens` are those here."""
    found = best(here.side, there.side, most, least)
    dossiers = dossiers_with(found.terms, snapshot.segments, snapshot.term_numbers, tokens)
    names = names_of(found.terms, snapshot.segments, snapshot.term_numbers)
    words = [_form(snapshot, name, here.docs, read) for name in names]
    keywords = told(found, here.side, there.side, words, dossiers.tolist())
    return Keywords(len(here.docs), len(there.docs), here.side.words, there.side.words, keywords)


def _form(snapshot: Snapshot, term: str, here: Ints, read: TextReader) -> str:
    """How the word is mostly written in the first of its occurrences, by identifier of the dossiers."""
    token = Token(term, term, 0, 0, 0)
    found = occurrences(snapshot, Plan((Unit(Words(term, (token,)), term),), (), ()), here)
    keys = snapshot.id_ranks(found.docs, 0) << KEY_BITS | found.positions
    first = np.argpartition(keys, LOOKED_AT)[:LOOKED_AT] if len(keys) > LOOKED_AT else np.arange(len(keys))
    return usual(Counter(line.form for line in lines(snapshot, found.taken(first[np.argsort(keys[first])]), read)), term)
