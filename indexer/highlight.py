"""Marking the words of a query in a text, and cutting passages: pure, on the tokens of the one analyser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from indexer.analysis import Token, tokens
from indexer.query import Leaf, Words

Segments = tuple[tuple[str, bool], ...]
Span = tuple[int, int]

CONTEXT = 120
"""Characters shown before and after the matches of a passage, before it is cut at a sentence or a word."""


def matches(found: list[Token], leaves: Iterable[Leaf]) -> list[tuple[int, int]]:
    """Where the leaves stand in a list of tokens: (first token, last token excluded), sorted, overlaps joined."""
    spans: set[Span] = set()
    for leaf in leaves:
        if leaf.field not in ("texte", "titre"):
            continue
        if isinstance(leaf, Words):
            spans.update(_sequence(found, leaf.terms))
        else:
            spans.update((i, i + 1) for i, token in enumerate(found) if token.form.startswith(leaf.form))
    return _joined(sorted(spans))


def mark(text: str, leaves: Iterable[Leaf]) -> Segments:
    """A whole text as segments (text, is a match)."""
    found = list(tokens(text))
    return _segments(text, 0, len(text), _spans(found, leaves))


def passage(text: str, first: int, last: int, leaves: Iterable[Leaf]) -> Segments:
    """The passage of `text` around its tokens `first` to `last` (included), cut at sentence bounds where they are near."""
    found = list(tokens(text))
    if not found:
        return ()
    first, last = min(first, len(found) - 1), min(last, len(found) - 1)
    start, end = _bounds(text, found[first].start, found[last].end)
    segments = _segments(text, start, end, [(a, b) for a, b in _spans(found, leaves) if start <= a and b <= end])
    return _one_line(segments, cut_before=start > 0, cut_after=end < len(text.rstrip()))


def _spans(found: list[Token], leaves: Iterable[Leaf]) -> list[Span]:
    """Where the leaves stand in the text: a cut word and its halves overlap."""
    return _joined(sorted((min(token.start for token in found[a:b]), found[b - 1].end) for a, b in matches(found, leaves)))


def _sequence(found: list[Token], terms: tuple[str, ...]) -> Iterable[Span]:
    size = len(terms)
    for i, token in enumerate(found):
        if token.term == terms[0] and (size == 1 or tuple(other.term for other in found[i : i + size]) == terms):
            yield i, i + size


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


_PARAGRAPH = re.compile(r"(?<![.:;!?…»])\s*\n\s*\n\s*(?=\S)")
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
    lined = [(re.sub(r"\s+", " ", _PARAGRAPH.sub(" · ", piece)), marked) for piece, marked in segments]
    if cut_before and lined and lined[0][0][:1].islower():
        lined.insert(0, ("… ", False))
    if cut_after and lined and not lined[-1][0].rstrip().endswith((".", "!", "?", "…")):
        lined.append((" …", False))
    return tuple(lined)
