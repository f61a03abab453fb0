"""The one analyser: the same words at indexing, querying and highlighting time.

Text is folded (lower case, accents and ligatures away) *before* it is brought to its dictionary form and stemmed, so that
accented and plain spellings meet and "chat" does not find "châtiment". Stop words are given, marked as such: phrases need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.folding import fold
from indexer.inclusive import MARKED, genders
from indexer.lemmas import lemma
from indexer.names import LONGEST as LONGEST_NAME
from indexer.names import may_begin, name_length
from indexer.stemmer import stem
from indexer.stop_words import CLITICS, RULES, STOP_WORDS, is_stop

VERSION = "fr-5"
"""Part of every index: an index made by another version is rebuilt before it is searched."""

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""Stands in texts where a word was cut at a line's end and nothing tells whether it has a hyphen: both forms are found."""

_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
_WORD = re.compile(rf"([^\W_]{{2,}}(?:{MARKED})?|[^\W_])")
_DECOMPOSED_WORD = re.compile(rf"({_LETTER}{{2,}}(?:{MARKED})?|{_LETTER})")
_COMBINING = re.compile("[\u0300-\u036f]")
_ORDINAL = re.compile(r"(\d+)(?:er|ere|re|nd|nde|e|eme|ieme)")
CLAUSE_END = re.compile(r"[.,;:!?…()«»\"]|\n\s*\n")
HYPHENS = frozenset(("-", "\u2010", "\u2011", SOFT_HYPHEN))
BLANKS = frozenset((" ", "\u00a0", "\u202f"))
_JOINS = HYPHENS | BLANKS | {"'", "’"}
_CONTEXT = 4
"""Words before a word that may tell what it is."""
_LONGEST_COMPOUND = 6
_LONGEST_NUMBER = 6
"""Groups of three digits: what goes on longer is the row of a table."""


class Token(NamedTuple):
    """A word of a text. `term` is its stem (of a stop word its form), `form` the folded word.

    It stands at text[start:end] and at `position` among the words of the text, stop words counted. A `variant` is another
    spelling of the word at the same position (the whole of "co-construction" written as one, the other gender of "chef·fe").
    """

    term: str
    form: str
    start: int
    end: int
    position: int
    stop: bool = False
    variant: bool = False


class Word(NamedTuple):
    """A word as it stands: `gap` is what parts it from the one before, `other` its other gender."""

    form: str
    other: str
    start: int
    end: int
    gap: str
    capital: bool
    capitals: bool


def tokens(text: str) -> Iterator[Token]:
    """Every word of `text` in order, stop words included. Offsets are those of `text` as given, whatever its normal form."""
    pieces = split(text)
    words: list[Word] = []
    at = 0
    for i in range(0, len(pieces) - 1, 2):
        at += len(pieces[i])
        words.append(word(pieces[i], pieces[i + 1], at))
        at = words[-1].end
    named = 0
    for i in range(len(words)):
        if i >= named:
            named = i + name_at(words, i)
            yield from named_token(words, i, named)
        yield from tokens_at(words, i, i < named)


def name_at(words: Sequence[Word], i: int) -> int:
    """How many words the name that begins here has, 0 when none does."""
    if not may_begin(words[i].form):
        return 0
    near = words[i : i + LONGEST_NAME]
    length = name_length([other.form for other in near], 0)
    return length if all(other.gap in _JOINS for other in near[1:length]) else 0


def named_token(words: Sequence[Word], first: int, last: int) -> Iterator[Token]:
    """The name that words[first:last] are, as one word."""
    if last > first:
        whole = "".join(word.form for word in words[first:last])
        yield Token(term_of(whole), whole, words[first].start, words[last - 1].end, first)


def tokens_at(words: Sequence[Word], i: int, in_name: bool) -> Iterator[Token]:
    """What word `i` gives: itself and its other spellings. The words of a name are stop words beside it."""
    word = words[i]
    stop = in_name or _is_stop(words, i)
    yield Token(word.form if stop else term_of(word.form), word.form, word.start, word.end, i, stop)
    if not stop and word.other != word.form:
        yield Token(term_of(word.other), word.other, word.start, word.end, i, variant=True)
    if not in_name and (compound := _whole(words, i)):
        form, last = compound
        yield Token(term_of(form), form, word.start, words[last].end, i, variant=True)


def content(text: str) -> list[Token]:
    """The words of `text` that tell something: no stop words, no variants."""
    return [token for token in tokens(text) if not (token.stop or token.variant)]


def terms(text: str) -> list[str]:
    """The stems of the words of `text` that tell something, in order."""
    return [token.term for token in content(text)]


@lru_cache(maxsize=200_000)
def term_of(form: str) -> str:
    """The term of a folded word: the stem of its dictionary form, of an ordinal its number ("1er" → "1")."""
    if form[0].isdigit():
        ordinal = _ORDINAL.fullmatch(form)
        return ordinal[1] if ordinal else form
    return form if form in STOP_WORDS else stem(lemma(form))


def split(text: str) -> list[str]:
    """What stands before, between and after the words, and the words: gap, word, gap, word, …, gap."""
    pattern = _WORD if text.isascii() or not _COMBINING.search(text) else _DECOMPOSED_WORD
    return pattern.split(text.replace("º", "°"))


def word(gap: str, typed: str, start: int) -> Word:
    """The word `typed` that stands at `start`."""
    capital = typed[0].isupper()
    form, other = folded(typed)
    return Word(form, other, start, start + len(typed), gap, capital, capital and len(form) > 1 and typed.isupper())


@lru_cache(maxsize=200_000)
def folded(word: str) -> tuple[str, str]:
    """The folded word and its other gender, the same when there is none."""
    form = fold(word)
    return (form, form) if form.isalnum() else genders(form)


def _is_stop(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.form not in STOP_WORDS and len(word.form) > 1:
        return False
    if _is_acronym(words, i) or _is_name_part(words, i):
        return False
    before = []
    for other in range(i - 1, max(-1, i - 1 - _CONTEXT), -1):
        if CLAUSE_END.search(words[other + 1].gap):
            break
        before.append(words[other].form)
    ends = i + 1 == len(words) or CLAUSE_END.search(words[i + 1].gap) is not None
    if word.capital and not word.capitals and before and word.form in RULES:
        return False  # a name inside a clause: "le quartier Est"
    return is_stop(word.form, before[::-1], ends)


def _is_acronym(words: Sequence[Word], i: int) -> bool:
    """Two letters or more in capitals beside words that are not."""
    if not words[i].capitals:
        return False
    beside = [other for other in words[max(0, i - 1) : i + 2] if other is not words[i] and len(other.form) > 1]
    return not any(other.capitals for other in beside)


def _is_name_part(words: Sequence[Word], i: int) -> bool:
    """The first or last part of a word with hyphens that is no verb with its pronoun: sans-abri, Est-Ensemble."""
    begins = not (i and words[i].gap in HYPHENS)
    ends = i + 1 == len(words) or words[i + 1].gap not in HYPHENS
    return begins != ends and len(words[i].form) > 1 and words[i if ends else _last(words, i)].form not in CLITICS


def _last(words: Sequence[Word], i: int) -> int:
    """The last part of the word with hyphens that begins here."""
    while i + 1 < len(words) and words[i + 1].gap in HYPHENS:
        i += 1
    return i


def _whole(words: Sequence[Word], i: int) -> tuple[str, int] | None:
    """The word with hyphens, or the number with blanks, that begins here, written as one; and its last part."""
    if i + 1 == len(words) or (i and words[i].gap in HYPHENS):
        return None
    gap = words[i + 1].gap
    if gap in HYPHENS:
        last = _last(words, i)
        parts = [word.form for word in words[i : last + 1]]
        whole = "".join(parts)
        if len(parts) <= _LONGEST_COMPOUND and not whole.isdigit() and parts[-1] not in CLITICS:
            return whole, last
    last = number_end(words, i)
    return ("".join(word.form for word in words[i : last + 1]), last) if last > i else None


def number_end(words: Sequence[Word], i: int) -> int:
    """The last word of the number written with blanks that begins with word `i` ("2 300"), `i` itself when none does."""
    last, most = i, min(len(words), i + _LONGEST_NUMBER + 1)
    if words[i].form.isdigit() and len(words[i].form) <= 3:
        while last + 1 < most and words[last + 1].gap in BLANKS and re.fullmatch(r"\d{3}", words[last + 1].form):
            last += 1
    return last if last < i + _LONGEST_NUMBER else i
