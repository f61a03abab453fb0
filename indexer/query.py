"""The query language: words, "phrases", -word, OR, prefix*, field:word, parsed once into a small tree.

Parsing never fails: what is not understood is searched as words, or left out, and said in notices. Words stand next to each
other as AND; OR binds tighter (a b OR c is a AND (b OR c)). « » and “ ” quote as " does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from indexer.analysis import fold, tokens
from indexer.notices import Notice
from indexer.periods import parse_period

Field = Literal["texte", "theme", "lieu", "titre", "date"]
FIELDS: dict[str, Field] = {"theme": "theme", "lieu": "lieu", "titre": "titre", "date": "date"}

MAX_LENGTH = 1_000
"""Characters of a query that are read."""
MAX_CLAUSES = 50
"""Words and phrases of a query that are searched."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that must follow each other (a phrase, "Pas-de-Calais"). `terms` and `forms` go in pairs.

    In the field "date" the one term is a year, month or day in ISO form.
    """

    text: str
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    field: Field = "texte"


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word whose folded form begins with `form`."""

    text: str
    form: str
    field: Field = "texte"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: Words | Prefix


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the nodes."""

    nodes: tuple[Words | Prefix | Not, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes; with no node, every document."""

    nodes: tuple[Clause, ...] = ()


Leaf = Words | Prefix
Clause = Words | Prefix | Not | Or


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood, and what there is to say of it."""

    tree: And
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class _Notes:
    """What the parser gathers to say, by code, in the order met."""

    words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, *words: str) -> None:
        self.words.setdefault(code, []).extend(words)

    def notices(self) -> tuple[Notice, ...]:
        return tuple(Notice(code, tuple(dict.fromkeys(words))) for code, words in self.words.items())


_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "\N{NO-BREAK SPACE}": " "})
_CLAUSE = re.compile(r'(?P<minus>-)?(?:(?P<field>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


def parse(query: str) -> Parsed:
    """The tree of `query`. Never raises."""
    notes = _Notes()
    text = unicodedata.normalize("NFC", query).translate(_QUOTES).strip()
    if len(text) > MAX_LENGTH:
        notes.add("too_long")
        text = text[:MAX_LENGTH]
    if text.count('"') % 2:
        notes.add("syntax", '"')
        text = text.replace('"', " ")
    nodes = tuple(_groups(text, notes))
    if nodes:
        notes.words.pop("stop_words", None)
    if "(" in text and any(isinstance(node, Or) for node in nodes):
        notes.add("syntax", "(", ")")
    return Parsed(And(nodes), notes.notices())


def leaves(tree: And) -> Iterator[Leaf]:
    """The words, phrases and prefixes that a document may be found by (those negated left out)."""
    for node in tree.nodes:
        for leaf in node.nodes if isinstance(node, Or) else (node,):
            if not isinstance(leaf, Not):
                yield leaf


def relaxed(tree: And) -> And | None:
    """The same search content with one of its words instead of all; None when that would change nothing.

    Fields, negations and OR groups stay required.
    """
    words = tuple(node for node in tree.nodes if isinstance(node, Words | Prefix) and node.field == "texte")
    if len(words) < 2:
        return None
    return And((Or(words), *(node for node in tree.nodes if node not in words)))


def _groups(text: str, notes: _Notes) -> Iterator[Clause]:
    """The clauses of a query, those joined by OR put together."""
    group: list[Leaf | Not] = []
    joined = False
    for count, match in enumerate(_CLAUSE.finditer(text)):
        if count >= MAX_CLAUSES:
            notes.add("too_long")
            break
        if match.group() in ("OR", "OU"):
            joined = bool(group)
            if not joined:
                notes.add("syntax", match.group())
            continue
        clause = _clause(match, notes)
        if clause is None:
            continue
        if group and not joined:
            yield _either(group)
            group = []
        group.append(clause)
        joined = False
    if joined:
        notes.add("syntax", "OR")
    if group:
        yield _either(group)


def _either(group: list[Leaf | Not]) -> Clause:
    return group[0] if len(group) == 1 else Or(tuple(group))


def _clause(match: re.Match[str], notes: _Notes) -> Leaf | Not | None:
    name = match["field"]
    if fold(match.group()).removesuffix(":") in FIELDS and match.group().endswith(":"):
        notes.add("syntax", match.group())
    text = match["phrase"] if match["phrase"] is not None else match["word"]
    where: Field = "texte"
    if name is not None:
        known = FIELDS.get(fold(name))
        if known is None:
            notes.add("unknown_field", f"{name}:")
            text = f"{name} {text}"
        else:
            where = known
    leaf = _leaf(text, where, match["phrase"] is not None, notes)
    return Not(leaf) if leaf is not None and match["minus"] else leaf


def _leaf(text: str, where: Field, quoted: bool, notes: _Notes) -> Leaf | None:
    if where == "date":
        return _date(text, notes)
    if text.endswith("*") and not quoted:
        form = fold(text.rstrip("*"))
        if len(form) >= 2 and form.isalnum():
            return Prefix(text, form, where)
        notes.add("syntax", text)
    found = list(tokens(text))
    if not found:
        notes.add("stop_words" if any(char.isalnum() for char in text) else "syntax", text)
        return None
    return Words(text, tuple(token.term for token in found), tuple(token.form for token in found), where)


def _date(text: str, notes: _Notes) -> Words | None:
    period = parse_period(text)
    if period is None:
        notes.add("bad_date", text)
        return None
    first, last = period
    size = 10 if first == last else 7 if first.month == last.month else 4
    term = first.isoformat()[:size]
    return Words(text, (term,), (term,), "date")
