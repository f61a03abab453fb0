"""What is said about a search: words left out, syntax not understood, a search made wider."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something ignored or changed in a search: a code, and the words concerned.

    Codes: stop_words (too common, left out), unknown_field (searched as a word), bad_date (no such date, left out), syntax (not
    understood, left out), too_long (only the beginning was read), some_words (no dossier has every word; those with a part
    of them are shown).
    """

    code: str
    words: tuple[str, ...] = ()


SENTENCES = {
    "stop_words": "Mots trop courants, ignorés : {words}.",
    "unknown_field": "Champ inconnu, cherché comme un mot : {words} (champs connus : theme:, lieu:, titre:, date:).",
    "bad_date": "Date non comprise, ignorée : {words} (écrivez 2017, 2017-05 ou 2017-05-11).",
    "syntax": "Signes non compris, ignorés : {words}.",
    "too_long": "Recherche trop longue : seul le début a été pris en compte.",
    "some_words": "Aucun dossier ne contient tous ces mots ; voici ceux qui en contiennent une partie.",
}


def sentence(notice: Notice) -> str:
    """The notice as a French sentence."""
    quoted = ", ".join(f"«\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}»" for word in notice.words)
    return SENTENCES[notice.code].format(words=quoted)
