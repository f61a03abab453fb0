"""The words of a text as arrays: what `analysis.tokens` gives, at the speed that building an index needs.

Nearly every word is what its spelling alone makes of it, which is looked up once. The others (a word with hyphens, a stop word
that its neighbours may make a word of its own, the beginning of a name) are left to the rules of `analysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import (
    BLANKS,
    CLAUSE_END,
    HYPHENS,
    Token,
    Word,
    folded,
    name_at,
    named_token,
    split,
    term_of,
    tokens_at,
    word,
)
from indexer.names import may_begin, may_follow
from indexer.stop_words import RULES, STOP_WORDS

Numbers = NDArray[np.int32]

PLAIN, STOP, VARIANT = 0, 1, 2
"""Kinds of tokens: a word that tells something, a stop word, another spelling."""

_STOP, _ASK, _NAME, _SECOND, _SHORT_NUMBER, _THOUSANDS, _RULED, _TELLING = 1, 2, 4, 8, 16, 32, 64, 128
"""What a spelling may be: a stop word; one that the rules decide on; the first and the second word of a name; the first and other
digits of a number; a stop word that only the word before it or the end of its clause makes a word; such a word before it."""
_HYPHEN, _BLANK, _CLAUSE = 1, 2, 4


class Stream(NamedTuple):
    """The tokens of a text in order of position: form numbers, positions, kinds. `length` counts the words."""

    forms: Numbers
    positions: Numbers
    kinds: NDArray[np.uint8]
    length: int


class Vocabulary:
    """Numbers for the spellings, the forms (folded words) and the terms (stems) met so far."""

    def __init__(self) -> None:
        self.forms: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        self.spellings: dict[str, int] = _Numbered(self._add)
        self._of_spelling = np.zeros(1 << 12, np.int32)
        self._flags = np.zeros(1 << 12, np.uint8)
        self._of_form = np.zeros(1 << 12, np.int32)
        self._counts = np.zeros(1 << 12, np.int64)

    def stream(self, text: str) -> Stream:
        """The tokens of a text."""
        pieces = split(text)
        typed = pieces[1::2]
        if not typed:
            return Stream(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.uint8), 0)
        numbers = np.fromiter(map(self.spellings.__getitem__, typed), np.int32, len(typed))
        gaps = np.fromiter(map(_GAPS.__getitem__, pieces[::2]), np.uint8, len(typed) + 1)
        np.add.at(self._counts, numbers, 1)
        flags = self._flags[numbers]
        forms, kinds = self._of_spelling[numbers], (flags & _STOP).astype(np.uint8)
        positions = np.arange(len(typed), dtype=np.int32)
        asked = np.flatnonzero(_asking(flags, gaps)).tolist()
        if not asked:
            return Stream(forms, positions, kinds, len(typed))
        more = self._ask(TextWords(text, piece_ends(pieces)), asked, forms, kinds)
        return _sorted(forms, positions, kinds, more) if more else Stream(forms, positions, kinds, len(typed))

    def form(self, form: str) -> int:
        """The number of a folded word, a new one when it has none."""
        number = self.forms.get(form)
        if number is None:
            number = self.forms[form] = len(self.forms)
            self._of_form = _grown(self._of_form, number)
            self._of_form[number] = self.terms.setdefault(term_of(form), len(self.terms))
        return number

    def form_term(self, form: str) -> int:
        """The term number of a folded word that was met."""
        return int(self._of_form[self.forms[form]])

    def terms_of(self, forms: Numbers) -> Numbers:
        """The term numbers of form numbers."""
        return self._of_form[forms]

    def usual_spellings(self) -> dict[str, str]:
        """By form, the spelling met most often; of equals the one in small letters."""
        best: dict[str, tuple[int, bool, str]] = {}
        names = list(self.forms)
        for spelling, number in self.spellings.items():
            form = names[self._of_spelling[number]]
            entry = (int(self._counts[number]), spelling.islower(), spelling)
            if form not in best or entry > best[form]:
                best[form] = entry
        return {form: spelling for form, (_, _, spelling) in best.items()}

    def _add(self, typed: str) -> int:
        number = len(self.spellings)
        form, other = folded(typed)
        self._of_spelling, self._flags, self._counts = (_grown(a, number) for a in (self._of_spelling, self._flags, self._counts))
        self._of_spelling[number] = self.form(form)
        self._flags[number] = _flags(typed, form, other)
        return number

    def _ask(self, words: TextWords, asked: list[int], forms: Numbers, kinds: NDArray[np.uint8]) -> list[tuple[int, int, int]]:
        """Settle what the words `asked` are, in place; what they give beside themselves as (position, form, kind)."""
        more: list[tuple[int, int, int]] = []
        named = 0
        for i in asked:
            if i >= named:
                named = i + name_at(words, i)
                more += [(i, self.form(token.form), PLAIN) for token in named_token(words, i, named)]
                kinds[i:named] = STOP
            here, *beside = tokens_at(words, i, i < named)
            kinds[i] = _kind(here)
            more += [(i, self.form(token.form), VARIANT) for token in beside]
        return more


class NamedVocabulary(Vocabulary):
    """The same, which tells forms and terms by their numbers too."""

    def __init__(self) -> None:
        super().__init__()
        self.form_names: list[str] = []
        self.term_names: list[str] = []

    def form(self, form: str) -> int:
        number = super().form(form)
        if number == len(self.form_names):
            self.form_names.append(form)
            if len(self.term_names) < len(self.terms):
                self.term_names.append(next(reversed(self.terms)))
        return number


class _Numbered(dict[str, int]):
    """A dictionary that numbers what it does not have."""

    def __init__(self, add: Callable[[str], int]) -> None:
        self._add = add

    def __missing__(self, key: str) -> int:
        number: int = self._add(key)
        self[key] = number
        return number


class TextWords(Sequence[Word]):
    """The words of a text, made when they are asked for. `ends` are where its pieces end (gap, word, gap, word, …, gap)."""

    def __init__(self, text: str, ends: Sequence[int] | Numbers) -> None:
        self._text = text
        self._ends = ends
        self._made: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self._ends) // 2

    @overload
    def __getitem__(self, i: int) -> Word: ...
    @overload
    def __getitem__(self, i: slice) -> list[Word]: ...
    def __getitem__(self, i: int | slice) -> Word | list[Word]:
        if isinstance(i, slice):
            return [self._word(j) for j in range(*i.indices(len(self)))]
        return self._word(i)

    def _word(self, i: int) -> Word:
        made = self._made.get(i)
        if made is None:
            before, start, end = self._ends[2 * i - 1] if i else 0, self._ends[2 * i], self._ends[2 * i + 1]
            made = self._made[i] = word(self._text[before:start], self._text[start:end], start)
        return made


def piece_ends(pieces: Sequence[str]) -> list[int]:
    """Where each piece of a split text ends."""
    return list(accumulate(map(len, pieces)))


def _asking(flags: NDArray[np.uint8], gaps: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which words the rules decide on: see the module."""
    hyphens = (gaps & _HYPHEN) != 0
    asking: NDArray[np.bool_] = (flags & _ASK) != 0
    ruled = (flags & _RULED) != 0
    asking |= ruled & ((gaps[1:] & _CLAUSE) != 0)
    asking[-1] |= ruled[-1]
    asking[1:] |= ruled[1:] & ((flags[:-1] & _TELLING) != 0)
    asking[:-1] |= hyphens[1:-1] | _begins(flags, _NAME, _SECOND)
    asking[1:] |= hyphens[1:-1] & ((flags[1:] & _STOP) != 0)
    asking[:-1] |= _begins(flags, _SHORT_NUMBER, _THOUSANDS) & ((gaps[1:-1] & _BLANK) != 0)
    return asking


def _begins(flags: NDArray[np.uint8], first: int, second: int) -> NDArray[np.bool_]:
    """Which words, but the last, are `first` and have one after them that is `second`."""
    begins: NDArray[np.bool_] = ((flags[:-1] & first) != 0) & ((flags[1:] & second) != 0)
    return begins


def _flags(typed: str, form: str, other: str) -> int:
    flags = 0
    if form in STOP_WORDS or (len(form) < 2 and not form.isdigit()):
        flags |= _STOP
        if form in RULES:
            flags |= _RULED if typed.islower() and not (RULES[form].unless_having or RULES[form].unless_we) else _ASK
        elif len(form) > 1 and typed.isupper():
            flags |= _ASK
    if form in _TELLING_WORDS:
        flags |= _TELLING
    if other != form:
        flags |= _ASK
    if may_begin(form):
        flags |= _NAME
    if may_follow(form):
        flags |= _SECOND
    if form.isdigit() and len(form) <= 3:
        flags |= _SHORT_NUMBER | (_THOUSANDS if len(form) == 3 and form.isdecimal() else 0)
    return flags


_TELLING_WORDS = frozenset(word for rule in RULES.values() for word in rule.after)


class _Gaps(dict[str, int]):
    def __missing__(self, gap: str) -> int:
        found = _HYPHEN if gap in HYPHENS else _BLANK if gap in BLANKS else _CLAUSE if CLAUSE_END.search(gap) else 0
        if len(self) < 10_000:
            self[gap] = found
        return found


_GAPS = _Gaps()


def _kind(token: Token) -> int:
    return STOP if token.stop else PLAIN


def _sorted(forms: Numbers, positions: Numbers, kinds: NDArray[np.uint8], more: list[tuple[int, int, int]]) -> Stream:
    """The tokens with those more, by position; a name of several words before the first of its words."""
    at, form, kind = (np.array(column) for column in zip(*more, strict=True))
    names = kind == PLAIN
    all_positions = np.concatenate([at[names], positions, at[~names]]).astype(np.int32)
    order = np.argsort(all_positions, kind="stable")
    all_forms = np.concatenate([form[names], forms, form[~names]]).astype(np.int32)
    all_kinds = np.concatenate([kind[names], kinds, kind[~names]]).astype(np.uint8)
    return Stream(all_forms[order], all_positions[order], all_kinds[order], len(positions))


def _grown(array: NDArray[Any], number: int) -> NDArray[Any]:
    """The array, or a longer copy of it with room for `number`."""
    if number < len(array):
        return array
    longer = np.zeros(max(2 * len(array), number + 1), array.dtype)
    longer[: len(array)] = array
    return longer
