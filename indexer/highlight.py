"""Marking the words of a query in a text, and cutting passages: pure, on the tokens of the one analyser."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import HYPHENS, Token, name_at, number_end, split, term_of, tokens
from indexer.query import Leaf, Prefix, Words
from indexer.stream import TextWords, piece_ends

Segments = tuple[tuple[str, bool], ...]
Span = tuple[int, int]

CONTEXT = 120
"""Characters shown before and after the matches of a passage, before it is cut at a sentence or a word."""


def matches(found: list[Token], leaves: Iterable[Leaf]) -> list[Span]:
    """Where the leaves stand in a text of these tokens, as character offsets: sorted, overlaps joined."""
    sought = [leaf for leaf in leaves if leaf.field in ("texte", "titre")]
    at: dict[int, list[Token]] = defaultdict(list)
    for token in found:
        at[token.position].append(token)
    spans = {span for leaf in sought for token in found for span in _matched(leaf, token, at)}
    return _joined(sorted(spans))


def _matched(leaf: Leaf, token: Token, at: dict[int, list[Token]]) -> Iterator[Span]:
    """The span of a leaf that begins with this token of the text."""
    if isinstance(leaf, Prefix):
        if token.form.startswith(leaf.form) and not token.stop:
            yield token.start, token.end
        return
    if not token.stop and any(_same(wanted, token) for wanted in leaf.tokens if wanted.variant):
        yield token.start, token.end
    words = sought_words(leaf)
    if words and _same(words[0], token):
        rest = [_there(wanted, at[token.position + wanted.position - words[0].position]) for wanted in words[1:]]
        if all(rest):
            yield token.start, max(other.end for other in (token, *rest) if other)


def sought_words(leaf: Words) -> list[Token]:
    """The words of a leaf that must stand there, in order: without those of variants, and of a lone word its stop words."""
    words = [token for token in leaf.tokens if not token.variant]
    plain = [token for token in words if not token.stop]
    return plain if len(plain) == 1 and not leaf.quoted else words


def _there(wanted: Token, found: list[Token]) -> Token | None:
    return next((token for token in found if _same(wanted, token)), None)


def _same(wanted: Token, token: Token) -> bool:
    return wanted.stop == token.stop and (wanted.form == token.form if wanted.stop else wanted.term == token.term)


def mark(text: str, leaves: Iterable[Leaf]) -> Segments:
    """A whole text as segments (text, is a match)."""
    found = list(tokens(text))
    return _segments(text, 0, len(text), matches(found, leaves))


class Place(NamedTuple):
    """Where a leaf stands in a text: from its word `first` on, `words` words."""

    first: int
    words: int
    leaf: Leaf


class Text(NamedTuple):
    """A text with the ends of its pieces (gap, word, gap, word, …, gap)."""

    text: str
    ends: NDArray[np.int32]


def divided(text: str) -> Text:
    """A text with its words told apart."""
    return Text(text, np.array(piece_ends(split(text)), np.int32))


def passage(divided: Text, first: int, last: int, found: Iterable[Place]) -> Segments:
    """The passage of a text around its words `first` to `last` (included), cut at sentence bounds that are near.

    What stands where is known from the index, so the text is not analysed.
    """
    text, words = divided.text, TextWords(divided.text, divided.ends)
    if not words:
        return ()
    start, end = _bounds(text, words[min(first, len(words) - 1)].start, words[min(last, len(words) - 1)].end)
    spans = _joined(sorted(_span(place, words) for place in found if place.first < len(words)))
    segments = _segments(text, start, end, [(a, b) for a, b in spans if start <= a and b <= end])
    return _one_line(segments, cut_before=start > 0, cut_after=end < len(text.rstrip()))


def spans_of(divided: Text, place: Place) -> Span:
    """The characters of a place in a text."""
    return _span(place, TextWords(divided.text, divided.ends))


def _span(place: Place, words: TextWords) -> Span:
    """The characters of a place. A word that is not itself what was sought begins it: a name, or a word with hyphens."""
    word = words[place.first]
    if place.words > 1 or _is_itself(place.leaf, word.form):
        return word.start, words[min(place.first + place.words, len(words)) - 1].end
    last = max(place.first + max(name_at(words, place.first), 1) - 1, number_end(words, place.first))
    while last + 1 < len(words) and words[last + 1].gap in HYPHENS:
        last += 1
    return word.start, words[last].end


def _is_itself(leaf: Leaf, form: str) -> bool:
    if isinstance(leaf, Prefix):
        return form.startswith(leaf.form)
    return any(form == token.form if token.stop else term_of(form) == token.term for token in leaf.tokens)


def _joined(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _segments(text: str, start: int, end: int, marks: list[Span]) -> Segments:
    edges = [start, *(edge for span in marks for edge in span), end]
    pieces = ((text[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(edges)))
    return tuple((piece, marked) for piece, marked in pieces if piece)


_BLANKS = re.compile(r"\s+")
_CLOSED = (".", ":", ";", "!", "?", "…", "»")
_SENTENCE_END = re.compile(r"[.!?…]\s+|\n\s*\n")


def _bounds(text: str, start: int, end: int) -> Span:
    """Where a passage around text[start:end] begins and ends: at a sentence bound within reach, else between words."""
    reach = max(0, start - CONTEXT)
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - 2 * CONTEXT), start)]
    near = [bound for bound in sentences if bound >= reach]
    left = near[0] if near else 0 if reach == 0 else text.find(" ", reach, start) + 1 or reach
    until = min(len(text), end + CONTEXT)
    stop = _SENTENCE_END.search(text, end, min(len(text), end + 2 * CONTEXT))
    if stop:
        return left, stop.start() + (text[stop.start()] in ".!?…")
    return left, len(text) if until == len(text) else max(text.rfind(" ", end, until), end)


def _one_line(segments: Segments, cut_before: bool, cut_after: bool) -> Segments:
    lined = [(_BLANKS.sub(_blank, piece), marked) for piece, marked in segments]
    if cut_before and lined and lined[0][0][:1].islower():
        lined.insert(0, ("… ", False))
    if cut_after and lined and not lined[-1][0].rstrip().endswith((".", "!", "?", "…")):
        lined.append((" …", False))
    return tuple(lined)


def _blank(blanks: re.Match[str]) -> str:
    """A blank; where a paragraph ends without a full stop, a dot between."""
    text, (start, end) = blanks.string, blanks.span()
    parts = blanks[0].count("\n") > 1 and end < len(text)
    return " · " if parts and not text.endswith(_CLOSED, max(0, start - 1), start) else " "
