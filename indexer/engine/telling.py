"""The words of a dossier that its neighbours are looked for by: the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from indexer.stream import PLAIN, Vocabulary

WORDS = 25
"""Words of a dossier that its neighbours are looked for by."""
SHARED = 4
"""Words said of a neighbour."""
_MOST_USED = 100
"""Words of a dossier that are weighed: those that it has most of."""
MOST_COMMON = 0.25
"""A word that a larger share of the dossiers has tells nothing of one of them."""
_NO_FORMS = np.empty(0, np.int32)


def most_used(texts: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """The words that texts have most of: stem, the word as most often written, count."""
    words = Vocabulary()
    streams = [words.stream(text) for text in texts]
    forms = np.concatenate([_NO_FORMS, *(stream.forms[stream.kinds == PLAIN] for stream in streams)])
    by_form, by_term = np.bincount(forms), np.bincount(words.terms_of(forms))
    names, terms, spelled = list(words.forms), list(words.terms), words.usual_spellings()
    usual = {int(words.terms_of(form)): names[form] for form in np.argsort(by_form, kind="stable")}
    for term in np.argsort(-by_term, kind="stable")[:_MOST_USED].tolist():
        if by_term[term]:
            yield terms[term], spelled.get(usual[term], usual[term]), int(by_term[term])
