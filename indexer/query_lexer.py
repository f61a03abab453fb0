"""The signs and words of a typed query, in order. Nothing raises: what is not understood is noted and left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from indexer.analysis import SOFT_HYPHEN
from indexer.folding import fold
from indexer.notices import Notes
from indexer.query import FIELDS

MAX_LENGTH = 1_000
"""Characters of a query that are read."""
MAX_DEPTH = 8
"""Parentheses inside one another that are read; deeper ones are left out, their words kept."""

Kind = Literal["(", ")", "sign", "field", "unknown", "phrase", "word", "prefix", "OR", "AND", "break"]

_ENGLISH: dict[str, Kind] = {"OR": "OR", "AND": "AND", "NOT": "sign"}
_FRENCH: dict[str, Kind] = {"OU": "OR", "ET": "AND", "SAUF": "sign"}
OPERATORS = _ENGLISH | _FRENCH


class Lexeme(NamedTuple):
    """A sign or word of a query, and what was typed for it (of a field its key, of a prefix its letters)."""

    kind: Kind
    text: str


_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"'))
_LEXEME = re.compile(
    r"""
    (?P<paren>[()])
    | (?P<sign>(?<![^\s(])[+-]+(?=[^\s)]))
    | (?P<field>[^\W\d_]+):(?P<value>(?=["(])|[^\s()"]+)
    | "(?P<phrase>[^"]*)"
    | (?P<quote>")
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(r"(?P<before>.*?)(?P<letters>[^\W_]+)\*+\W*", re.DOTALL)


def lexemes(query: str, notes: Notes) -> list[Lexeme]:
    """What `query` is made of, its parentheses balanced and at most `MAX_DEPTH` deep."""
    query = query.strip()
    text = _readable(query[:MAX_LENGTH])
    if len(query) > MAX_LENGTH:
        between_words = any(char.isspace() for char in query[MAX_LENGTH - 1 : MAX_LENGTH + 1])
        text = text if between_words else text.rpartition(" ")[0] or text
        notes.add("too_long", text.rpartition(" ")[2] or "…")
    return list(_balanced(_with_operators(list(_cut(text, notes))), notes))


def _readable(text: str) -> str:
    """In form NFC, quotation marks all alike; control characters, marks of direction and blanks are single blanks."""
    kept = (" " if unicodedata.category(char)[0] == "C" and char != SOFT_HYPHEN else char for char in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).translate(_QUOTES).split())


def _cut(text: str, notes: Notes) -> Iterator[Lexeme]:
    for match in _LEXEME.finditer(text):
        typed = match.group()
        if match["paren"]:
            yield Lexeme("(" if typed == "(" else ")", typed)
        elif match["sign"]:
            yield from _sign(typed, notes)
        elif match["field"]:
            yield from _field(match["field"], match["value"], notes)
        elif match["phrase"] is not None:
            if "*" in typed:
                notes.add("syntax", "*")
            yield Lexeme("phrase", match["phrase"].strip())
        elif match["quote"]:
            notes.add("syntax", '"')
        else:
            yield from _chunk(typed, notes)


def _sign(typed: str, notes: Notes) -> Iterator[Lexeme]:
    if len(typed) == 1:
        yield Lexeme("sign", typed)
    else:
        notes.add("syntax", typed)


def _field(name: str, value: str, notes: Notes) -> Iterator[Lexeme]:
    """A known field and its value; "auteur:dupont" is two words, "réf:12" and "http://…" one."""
    key = fold(name)
    if key in FIELDS:
        yield Lexeme("field", key)
        if value[:1] in ("+", "-"):
            notes.add("syntax", value[0])
    elif not value or value[0].isalpha():
        yield Lexeme("unknown", name)
    else:
        value = f"{name}:{value}"
    if value:
        yield from _chunk(value, notes)


def _chunk(typed: str, notes: Notes) -> Iterator[Lexeme]:
    """What is typed without a blank: a word, a prefix, or punctuation, which parts words as a comma after one does."""
    if fold(typed).removesuffix(":") in FIELDS and typed.endswith(":"):
        notes.add("syntax", typed)
    elif not any(char.isalnum() for char in typed):
        if any(char in "+-*" or unicodedata.category(char)[0] != "P" for char in typed):
            notes.add("syntax", typed)
        yield Lexeme("break", typed)
    elif "*" in typed:
        yield from _starred(typed, notes)
    else:
        yield Lexeme("word", typed.rstrip(",;"))
        if typed[-1] in ",;":
            yield Lexeme("break", typed[-1])


def _starred(typed: str, notes: Notes) -> Iterator[Lexeme]:
    """A prefix, with the words before it in the same chunk; a star elsewhere, or after one letter, is a hyphen."""
    match = _PREFIX.fullmatch(typed)
    if match is None or "*" in match["before"] or len(fold(match["letters"])) < 2:
        notes.add("syntax", typed)
        yield Lexeme("word", typed.replace("*", "-"))
    elif match["before"]:
        yield from (Lexeme("(", ""), Lexeme("word", match["before"]), Lexeme("prefix", match["letters"]), Lexeme(")", ""))
    else:
        yield Lexeme("prefix", match["letters"])


def _with_operators(found: list[Lexeme]) -> Iterator[Lexeme]:
    """Words that are operators made so.

    OR, AND and NOT are operators wherever there is another word. OU, ET and SAUF are so too, unless nothing shows that the
    capitals are meant: all the other words in capitals, none quoted or in a field ("SANTÉ ET LOGEMENT").
    """
    words = [lexeme for lexeme in found if lexeme.kind in ("word", "prefix", "phrase", "field", "unknown")]
    others = [lexeme for lexeme in words if lexeme.kind != "word" or lexeme.text not in OPERATORS]
    operators = {} if not others else _ENGLISH if _shouted(others) else OPERATORS
    before: Kind = "break"
    for lexeme in found:
        free = lexeme.kind == "word" and before not in ("sign", "field")
        yield Lexeme(operators.get(lexeme.text, "word"), lexeme.text) if free else lexeme
        before = lexeme.kind


def _shouted(found: list[Lexeme]) -> bool:
    letters = "".join(lexeme.text for lexeme in found)
    return letters.upper() == letters != letters.lower() and all(lexeme.kind in ("word", "prefix") for lexeme in found)


def _balanced(found: Iterator[Lexeme], notes: Notes) -> Iterator[Lexeme]:
    """Parentheses that close nothing, or that are too deep, left out; those not closed, closed at the end."""
    depth = 0
    for lexeme in found:
        if lexeme.kind == "(":
            depth += 1
        if lexeme.kind not in ("(", ")") or 0 < depth <= MAX_DEPTH:
            yield lexeme
        elif lexeme.text:
            notes.add("syntax", lexeme.text)
        if lexeme.kind == ")":
            depth = max(depth - 1, 0)
    if depth:
        notes.add("unclosed", "(")
        yield from [Lexeme(")", "")] * min(depth, MAX_DEPTH)
