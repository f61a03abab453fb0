"""The dictionary form of a folded word: "travaillent" → "travailler", so that verbs meet, which the light stemmer leaves alone.

The table is simplemma's, folded: accents may be missing in a query. Where folding makes two words one ("marche", "marché"),
both get the same form, whichever it is; a plural gets that of its singular, so that the two never part.
"""

from __future__ import annotations

from functools import cache

from indexer.lemma_table import lemma_table


def lemma(form: str) -> str:
    """The folded dictionary form of a folded word; the word itself when it is in no dictionary."""
    table = _table()
    if len(form) > 4 and form[-1] in "sx" and form[:-1] in table:
        return table[form[:-1]]
    return table.get(form, form)


def is_listed(form: str) -> bool:
    """Whether a dictionary has the folded word."""
    return form in _table()


_table = cache(lemma_table)
