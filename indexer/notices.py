"""What is said about a search: words and signs left out or not taken as typed, a search kept narrow or made wider."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.language import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Notice:
    """Something ignored or changed in a search: a code, and the words concerned.

    Codes: only_stop_words (nothing but words too common, so searched exactly as typed), stop_words (too common beside OR or AND,
    left out), unknown_field (searched as a word), bad_date (no such date, left out), syntax (not understood, left out), unclosed
    (a parenthesis taken to the end), too_long (read as far as the word given), some_words (no dossier has every word; those with
    a part of them are shown), cut_facet (a facet has more values than are listed).
    """

    code: str
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Gathers notices by code, in the order met, each word once."""

    words: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, code: str, *words: str) -> None:
        self.words.setdefault(code, {}).update(dict.fromkeys(words))

    def notices(self) -> tuple[Notice, ...]:
        return tuple(Notice(code, tuple(words)) for code, words in self.words.items())


SENTENCES = {
    "only_stop_words": gettext_noop("Rien que des mots très courants, cherchés tels quels : %(words)s."),
    "stop_words": gettext_noop("Mots trop courants, ignorés : %(words)s."),
    "unknown_field": gettext_noop(
        "Champ inconnu, cherché comme un mot : %(words)s (champs connus : theme:, lieu:, titre:, date:)."
    ),
    "bad_date": gettext_noop("Date non comprise, ignorée : %(words)s (écrivez 2017, 2017-05 ou 2017-05-11)."),
    "syntax": gettext_noop("Signes non compris, ignorés : %(words)s."),
    "unclosed": gettext_noop("Parenthèse non fermée : elle va jusqu’à la fin de la recherche."),
    "too_long": gettext_noop("Recherche trop longue : elle a été lue jusqu’à %(words)s."),
    "cut_facet": gettext_noop("Listes trop longues, dont manquent les valeurs les plus rares : %(words)s."),
    "some_words": gettext_noop("Aucun dossier ne contient tous ces mots ; voici ceux qui en contiennent une partie."),
}


def sentence(notice: Notice) -> str:
    """The notice in words."""
    quoted = ", ".join(gettext("« %(words)s »", words=word) for word in notice.words)
    return gettext(SENTENCES[notice.code], words=quoted)
