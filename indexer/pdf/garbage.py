"""Is this text, or what a broken font makes of it?"""

from __future__ import annotations

import re

from indexer.pdf.lexicon import is_word

_LOST = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = re.compile(r"[^\W\d_]{25,}")
_SAMPLE = 400
_FEWEST_WORDS = 20


def is_garbage(text: str) -> bool:
    """Whether the text of a page is of no use. One of:

    over 5 % lost characters; 20 words of three letters or more, and fewer than 20 % in the dictionary; over 50 % tokens of one
    letter; 200 characters in fewer than 5 words; over 30 % of the letters in runs of 25 or more.
    """
    lost = len(_LOST.findall(text))
    tokens = text.split()
    if not tokens:
        return False
    if 20 * lost > len(text) - 7 * text.count("(cid:"):
        return True
    words = _WORD.findall(text[: 20 * _SAMPLE])[:_SAMPLE]
    if len(words) >= _FEWEST_WORDS and 5 * sum(map(is_word, words)) < len(words):
        return True
    letters = [token for token in tokens if token.isalpha()]
    if len(letters) >= _FEWEST_WORDS and 2 * sum(len(token) == 1 for token in letters) > len(letters):
        return True
    size = sum(map(len, tokens))
    long = sum(map(len, _LONG.findall(text)))
    return (size >= 200 and len(tokens) < 5) or (long > 0 and 10 * long > 3 * sum(map(str.isalpha, text)))


def real_words(text: str) -> int:
    """The words of three letters or more that the dictionary has."""
    return sum(map(is_word, _WORD.findall(text)))
