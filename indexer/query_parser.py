"""The query language, parsed once into the tree of `indexer.query`.

Words, "phrases" (also « » “ ”), +word, -word, OR (OU), AND (ET), NOT (SAUF), prefix*, field:word, parentheses. OR binds tighter
than words side by side: `a b OR c` looks for a and for (b OR c). Between parentheses, words side by side are all required, as
are those beside AND. A sign or a field belongs to the one word, phrase or parenthesis after it. Parsing never fails: what is
not understood is searched as words, or left out, and said.
"""

from __future__ import annotations

from indexer.folding import fold
from indexer.notices import Notes
from indexer.periods import parse_period
from indexer.query import FIELDS, And, Field, Leaf, Must, Node, Not, Parsed, Prefix, Words
from indexer.query_lexer import Kind, Lexeme, lexemes
from indexer.query_simple import simple
from indexer.query_units import Units
from indexer.query_words import cut, exact

MAX_CLAUSES = 50
"""Words and phrases of a query that are searched."""


def parse(query: str) -> Parsed:
    """The tree of `query`, and what there is to say of it. Never raises."""
    notes = Notes()
    found = lexemes(query, notes)
    nodes = _Parser(found, notes).sequence("texte")
    while len(nodes) == 1 and isinstance(nodes[0], And):
        nodes = nodes[0].nodes
    if found and not nodes and not notes.words:
        notes.add("syntax", " ".join(lexeme.text for lexeme in found))
    return Parsed(And(tuple(simple(node) for node in nodes)), notes.notices())


class _Parser:
    """Reads lexemes by recursive descent; their parentheses are balanced and of bounded depth."""

    def __init__(self, found: list[Lexeme], notes: Notes) -> None:
        self.found, self.notes = found, notes
        self.at = 0
        self.leaves: list[str] = []
        self.full = False

    def sequence(self, where: Field) -> tuple[Node, ...]:
        """The nodes side by side from here to the closing parenthesis. Nothing but stop words are searched exactly."""
        read = Units()
        while (lexeme := self._next()) is not None and lexeme.kind != ")":
            if lexeme.kind in ("OR", "AND"):
                read.join(lexeme)
            elif lexeme.kind in ("word", "unknown") and where != "date":
                self._run(lexeme, where, read)
            elif (node := self._unit(lexeme, where)) is not None:
                read.add(node)
        return self._ended(read, where)

    def _next(self, *kinds: Kind) -> Lexeme | None:
        """The next lexeme, taken; with `kinds` only if it is one of these."""
        lexeme = self.found[self.at] if self.at < len(self.found) else None
        if lexeme is None or (kinds and lexeme.kind not in kinds):
            return None
        self.at += 1
        return lexeme

    def _run(self, lexeme: Lexeme, where: Field, read: Units) -> None:
        """Plain words with nothing between them, analysed together."""
        if lexeme.kind == "unknown":
            self.notes.add("unknown_field", f"{lexeme.text}:")
        chunks = [lexeme.text]
        while (more := self._next("word")) is not None:
            chunks.append(more.text)
        text = " ".join(chunks)
        found = cut(text, where)
        if not found:
            read.skip(text)
        for words in found:
            if (leaf := self._leaf(words)) is not None:
                read.add(leaf)

    def _ended(self, read: Units, where: Field) -> tuple[Node, ...]:
        nodes = read.nodes()
        if not self.full:
            for code, word in read.ignored():
                self.notes.add(code, word)
        if not nodes and (words := exact(" ".join(read.stops), where)) and (leaf := self._leaf(words)):
            self.notes.add("only_stop_words", words.text)
            return (leaf,)
        return nodes

    def _unit(self, lexeme: Lexeme, where: Field) -> Node | None:
        """What one lexeme begins, or None when nothing of it can be searched."""
        if lexeme.kind == "sign":
            return self._signed(lexeme, where)
        if lexeme.kind == "field":
            return self._in_field(lexeme)
        if lexeme.kind == "(":
            return self._group(where)
        return self._marked(lexeme, where)

    def _signed(self, sign: Lexeme, where: Field) -> Node | None:
        if (unknown := self._next("unknown")) is not None:
            self.notes.add("syntax", f"{unknown.text}:")
        lexeme = self._next("word", "phrase", "prefix", "field", "(")
        if lexeme is None:
            self.notes.add("syntax", sign.text)
            return None
        node = self._unit(lexeme, where)
        if node is None:
            return None
        return Must(node) if sign.text == "+" else Not(node)

    def _in_field(self, name: Lexeme) -> Node | None:
        lexeme = self._next("word", "phrase", "prefix", "(")
        if lexeme is None:
            self.notes.add("syntax", f"{name.text}:")
            return None
        return self._unit(lexeme, FIELDS[name.text])

    def _group(self, where: Field) -> And | None:
        if self._next(")") is not None:
            self.notes.add("syntax", "()")
            return None
        nodes = self.sequence(where)
        return And(nodes) if nodes else None

    def _marked(self, lexeme: Lexeme, where: Field) -> Leaf | None:
        """A word, phrase or prefix that stands alone. A stop word that was marked is searched exactly."""
        if lexeme.kind == "break":
            return None
        if where == "date":
            return self._leaf(self._date(lexeme.text))
        if lexeme.kind == "prefix":
            return self._leaf(Prefix(f"{lexeme.text}*", fold(lexeme.text), where))
        plain = cut(lexeme.text, where) if lexeme.kind == "word" else ()
        words = plain[0] if plain else exact(lexeme.text, where)
        if words is None:
            self.notes.add("syntax", f'"{lexeme.text}"' if lexeme.kind == "phrase" else lexeme.text)
        return self._leaf(words)

    def _date(self, text: str) -> Words | None:
        """The ISO form of a year, month or day."""
        period = parse_period(text)
        if period is None:
            self.notes.add("bad_date", text)
            return None
        first, last = period
        size = 10 if first == last else 7 if first.month == last.month else 4
        return Words(first.isoformat()[:size], field="date")

    def _leaf(self, leaf: Leaf | None) -> Leaf | None:
        """The leaf, counted. Reading ends at the first that is too many."""
        if leaf is None:
            return None
        if len(self.leaves) < MAX_CLAUSES:
            self.leaves.append(leaf.text)
            return leaf
        self.full, self.at = True, len(self.found)
        self.notes.words["too_long"] = {self.leaves[-1]: None}
        return None
