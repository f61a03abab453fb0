"""Inputs built to hurt a regular expression: what it repeats, again and again, after what it begins with, and an end that fails.

A matcher that goes back takes time for every way in which an input can be shared out between repeats: (a+)+ exponentially many,
\\s*x looked for in blanks a square of their number. Such inputs have one form (Davis et al., "The Impact of Regular Expression
Denial of Service", 2018): a prefix that leads to the repeat, a pump that it takes, a suffix that makes the whole fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from random import Random
from typing import Any, NamedTuple

_parser: Any = re._parser  # type: ignore[attr-defined]
_c: Any = re._constants  # type: ignore[attr-defined]
_SUFFIXES = ("", "\x00", "\n!", "é", " ")
_CATEGORIES = {
    _c.CATEGORY_DIGIT: "7", _c.CATEGORY_NOT_DIGIT: "x", _c.CATEGORY_SPACE: " ", _c.CATEGORY_NOT_SPACE: "x",
    _c.CATEGORY_WORD: "a", _c.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
_ANY = "a -1é\n,."


class Attack(NamedTuple):
    """An input of any length."""

    prefix: str
    pump: str
    suffix: str

    def of_length(self, length: int) -> str:
        return self.prefix + self.pump * (length // len(self.pump)) + self.suffix


def attacks(pattern: str | bytes, flags: int, seed: int = 0, most: int = 400) -> list[Attack]:
    """Attacks on `pattern`, the same ones for the same seed."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    flags &= re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE
    random = Random(seed)
    tree = _parser.parse(text, flags)
    found: dict[Attack, None] = {}
    for prefix, pump in _repeats(tree, ("",), random):
        for suffix in _SUFFIXES:
            found.setdefault(Attack(prefix, pump, suffix))
    for pump in sorted({pump for _, pump in _repeats(tree, ("",), random)}):
        for suffix in _SUFFIXES:
            found.setdefault(Attack("", pump, suffix))
    for sample in {_sample(tree, random) for _ in range(8)}:
        for cut in {len(sample), max(0, len(sample) - 1), len(sample) // 2}:
            if sample[:cut]:
                found.setdefault(Attack("", sample[:cut], "\x00"))
    for letter in sorted(_alphabet(tree)):
        found.setdefault(Attack("", letter, ""))
        found.setdefault(Attack("", letter, "\x00"))
    chosen = list(found)
    return chosen if len(chosen) <= most else random.sample(chosen, most)


def _repeats(tree: Any, prefixes: tuple[str, ...], random: Random) -> Iterator[tuple[str, str]]:
    """What leads to each repeat, and what it takes once."""
    before = prefixes
    for op, value in tree:
        if op in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 20:
                pumps = {one for _ in range(6) if (one := _sample(body, random))} | _alphabet(body)
                yield from product(before, sorted(pumps)[:12])
            yield from _repeats(body, before, random)
        for inner in _inner(op, value):
            yield from _repeats(inner, before, random)
        before = tuple(dict.fromkeys(prefix + _sample([(op, value)], random) for prefix in before for _ in range(2)))[:3]


def _inner(op: Any, value: Any) -> Iterable[Any]:
    if op is _c.SUBPATTERN:
        return [value[3]]
    if op is _c.ATOMIC_GROUP:
        return [value]
    if op is _c.BRANCH:
        return list(value[1])
    if op in (_c.ASSERT, _c.ASSERT_NOT):
        return [value[1]]
    if op is _c.GROUPREF_EXISTS:
        return [one for one in value[1:] if one]
    return []


def _sample(tree: Any, random: Random) -> str:
    """A text that the tree is likely to match."""
    return "".join(_sample_of(op, value, random) for op, value in tree)


def _sample_of(op: Any, value: Any, random: Random) -> str:
    if op is _c.LITERAL:
        return chr(value)
    if op is _c.ANY:
        return random.choice(_ANY)
    if op is _c.NOT_LITERAL:
        return next(char for char in "ax -" if ord(char) != value)
    if op is _c.IN:
        return random.choice(sorted(_letters(value)) or ["a"])
    if op in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT):
        least, most, body = value
        return "".join(_sample(body, random) for _ in range(min(max(least, 1), most)))
    if op is _c.BRANCH:
        return _sample(random.choice(value[1]), random)
    if op is _c.SUBPATTERN:
        return _sample(value[3], random)
    if op is _c.ATOMIC_GROUP:
        return _sample(value, random)
    return ""


def _letters(members: Any) -> set[str]:
    """Some of the characters of a class."""
    if members and members[0][0] is _c.NEGATE:
        excluded = _letters(members[1:])
        return {char for char in "ax1 -.,;é\n" if char not in excluded} or {"\u4e00"}
    found = set()
    for op, value in members:
        if op is _c.LITERAL:
            found.add(chr(value))
        elif op is _c.RANGE:
            found |= {chr(value[0]), chr(value[1])}
        elif op is _c.CATEGORY:
            found.add(_CATEGORIES[value])
    return found


def _alphabet(tree: Any) -> set[str]:
    """Some of the characters that the tree speaks of."""
    found: set[str] = set()
    for op, value in tree:
        if op is _c.LITERAL:
            found.add(chr(value))
        elif op is _c.IN:
            found |= set(sorted(_letters(value))[:8])
        elif op is _c.ANY:
            found |= {"a", " "}
        elif op in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT):
            found |= _alphabet(value[2])
        for inner in _inner(op, value):
            found |= _alphabet(inner)
    return set(sorted(found)[:40])
