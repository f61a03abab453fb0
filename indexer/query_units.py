"""What stands side by side in a query, and the operators between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.query import Must, Node, Or
from indexer.query_lexer import Lexeme


@dataclass(slots=True)
class _Unit:
    """One piece of evidence: what OR joins."""

    operands: list[Node]
    required: bool = False

    def node(self) -> Node:
        node = self.operands[0] if len(self.operands) == 1 else Or(tuple(self.operands))
        return Must(node) if self.required else node


@dataclass(slots=True)
class Units:
    """What has been read between two parentheses. `stops`: the runs of nothing but stop words."""

    stops: list[str] = field(default_factory=list)
    _units: list[_Unit] = field(default_factory=list)
    _operator: Lexeme | None = None
    _after_stops: bool = False
    _ignored: list[tuple[str, str]] = field(default_factory=list)

    def add(self, node: Node) -> None:
        """One more node, joined to the unit before it as the operator between them says."""
        operator, self._operator, self._after_stops = self._operator, None, False
        if operator is None:
            self._units.append(_Unit([node]))
        elif operator.kind == "OR":
            self._units[-1].operands.append(node)
        else:
            self._units[-1].required = True
            self._units.append(_Unit([node], required=True))

    def skip(self, stops: str) -> None:
        """Stop words where a node might stand: an operator beside them joins nothing."""
        self.stops.append(stops)
        if self._operator is not None:
            self._ignored.append(("stop_words", stops))
        self._operator, self._after_stops = None, True

    def join(self, operator: Lexeme) -> None:
        """An operator, which waits for its right side."""
        if self._after_stops:
            self._ignored.append(("stop_words", self.stops[-1]))
        elif self._operator is not None or not self._units:
            self._ignored.append(("syntax", operator.text))
        else:
            self._operator = operator

    def nodes(self) -> tuple[Node, ...]:
        """All that was read."""
        return tuple(unit.node() for unit in self._units)

    def ignored(self) -> Iterator[tuple[str, str]]:
        """Codes of notices and the words they concern. Stop words alone are not ignored, but searched exactly."""
        yield from (notice for notice in self._ignored if self._units or notice[0] != "stop_words")
        if self._operator is not None:
            yield "syntax", self._operator.text
        if any(len(unit.operands) > 1 and any(isinstance(node, Must) for node in unit.operands) for unit in self._units):
            yield "syntax", "+"
