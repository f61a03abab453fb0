"""Letters drawn one by one: "p o l i t i q u e"."""

from __future__ import annotations

import re

from indexer.pdf.lexicon import is_word

_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ \u00a0]){3,}[^\W\d_](?![^\W_])")


def close_up(text: str) -> str:
    """`text` with runs of four single letters or more made a word, where they are one."""
    return _SPACED.sub(_closed, text)


def _closed(run: re.Match[str]) -> str:
    word = re.sub(r"\s", "", run[0])
    return word if is_word(word) else run[0]
