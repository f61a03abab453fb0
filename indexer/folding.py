"""Folding: the same letters whatever the case, the accents and the ligatures."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"})
_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Lower case without accents or ligatures: "Évaluation de l’Œuvre" → "evaluation de l’oeuvre"."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower().translate(_LIGATURES)))
