"""From typed text to the words searched: the analyser's tokens cut into `Words`, one for each thing that was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis import Token, tokens
from indexer.query import Field, Words

_CHUNK = re.compile(r"\S+")


def cut(text: str, field: Field = "texte") -> tuple[Words, ...]:
    """The words of `text` that tell something, analysed together: the analyser decides by what stands around a word.

    What is typed without a blank (Mons-en-Barœul), and a name of several words, is one `Words`, from its first token that
    counts to its last. Stop words elsewhere give none.
    """
    found = list(tokens(text))
    return tuple(
        _words(text, _counting(piece), field, quoted=False)
        for piece in _pieces(text, found)
        if any(not (token.stop or token.variant) for token in piece)
    )


def exact(text: str, field: Field = "texte") -> Words | None:
    """All the words of `text`, stop words too, to be found exactly as they stand; None when it has no word."""
    found = list(tokens(text))
    return _words(text, found, field, quoted=True) if found else None


def _pieces(text: str, found: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each chunk between blanks, chunks that one token spans put together."""
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    for start, end in _merged([*chunks, *((token.start, token.end) for token in found)]):
        yield [token for token in found if start <= token.start and token.end <= end]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _counting(piece: list[Token]) -> list[Token]:
    """The tokens from the first that is no stop word to the last, stop words between them included."""
    start = min(token.start for token in piece if not token.stop)
    end = max(token.end for token in piece if not token.stop)
    return [token for token in piece if start <= token.start and token.end <= end]


def _words(text: str, found: list[Token], field: Field, quoted: bool) -> Words:
    """`Words` whose text begins with its first token: offsets and positions count from there."""
    start, end = min(token.start for token in found), max(token.end for token in found)
    first = min(token.position for token in found)
    moved = (token._replace(start=token.start - start, end=token.end - start, position=token.position - first) for token in found)
    return Words(text[start:end], tuple(moved), field, quoted)
