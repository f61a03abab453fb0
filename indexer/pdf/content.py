"""The content of a page as operators and their operands: what pdfminer.six's own parser finds, in a fraction of its time.

The grammar is that of PDF 1.7, 7.2, 7.3 and 8.9.7 (inline images, which are passed over).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pdfminer.psparser import LIT, PSLiteral

Operand = float | bytes | PSLiteral | list["Operand"] | dict[str, "Operand"]

_TOKEN = re.compile(
    rb"(?:[\x00\t\n\x0c\r ]+|%[^\r\n]*)*+(?:"
    rb"([+-]?(?:\d+\.?\d*|\.\d+))"  # 1 number
    rb"|\(([^()\\]*)\)"  # 2 string without escapes
    rb"|([A-Za-z'\"][^\x00\t\n\x0c\r ()<>\[\]{}/%#]*)"  # 3 operator
    rb"|/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)"  # 4 name
    rb"|(<<|>>|\[|\])"  # 5 bracket
    rb"|<([^<>]*)>?"  # 6 hexadecimal string
    rb"|(\()"  # 7 string with escapes
    rb"|(.))",  # 8 nothing that is known
    re.S,
)
_NUMBER, _STRING, _OPERATOR, _NAME, _BRACKET, _HEX, _ESCAPED = range(1, 8)
_IN_STRING = re.compile(rb"[()]|\\(?:([0-7]{1,3})|\r\n|(.))", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_IMAGE = re.compile(rb"[\x00\t\n\x0c\r >\]]ID[\x00\t\n\x0c\r ].*?[\x00\t\n\x0c\r >]EI(?=[\x00\t\n\x0c\r ]|\Z)", re.S)
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")


def operations(data: bytes) -> Iterator[tuple[str, list[Operand]]]:
    """Each operator of `data` with the operands before it. What is no PDF is passed over."""
    operands: list[Operand] = []
    outer: list[list[Operand]] = []
    place, match = 0, _TOKEN.match
    while found := match(data, place):
        place, kind = found.end(), found.lastindex or 0
        if kind in _SIMPLE:
            operands.append(_SIMPLE[kind](found[kind]))
        elif kind == _BRACKET:
            operands = _bracketed(found[kind], operands, outer)
        elif kind == _ESCAPED:
            string, place = _string(data, place)
            operands.append(string)
        elif kind == _OPERATOR and not outer:  # none stands in an array
            if found[kind] == b"BI" and (image := _IMAGE.search(data, place)):
                place = image.end()
            yield found[kind].decode("latin-1"), operands
            operands = []


def _bracketed(bracket: bytes, operands: list[Operand], outer: list[list[Operand]]) -> list[Operand]:
    """The operands to go on with after a bracket: those of a new array or dictionary, or those around it."""
    if bracket in (b"[", b"<<"):
        outer.append(operands)
        return []
    if not outer:
        return operands
    around = outer.pop()
    around.append(operands if bracket == b"]" else {})  # no operator of text looks into a dictionary
    return around


def _string(data: bytes, place: int) -> tuple[bytes, int]:
    """The string whose first character is at `place`, and where it ends."""
    parts: list[bytes] = []
    depth = 1
    while depth and (found := _IN_STRING.search(data, place)):
        parts.append(data[place : found.start()])
        place = found.end()
        if found[0] in (b"(", b")"):
            depth += 1 if found[0] == b"(" else -1
            parts.append(found[0] if depth else b"")
        elif found[1]:
            parts.append(bytes([int(found[1], 8) & 255]))
        elif found[2]:
            parts.append(_ESCAPES.get(found[2], found[2]))
    return b"".join(parts), place if depth == 0 else len(data)


def _name(given: bytes) -> PSLiteral:
    plain = _NAME_CODE.sub(lambda code: bytes([int(code[1], 16)]), given)
    try:
        return LIT(plain.decode())
    except UnicodeDecodeError:
        return LIT(plain)


def _hexadecimal(given: bytes) -> bytes:
    digits = _NOT_HEX.sub(b"", given)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


_SIMPLE: dict[int, Callable[[bytes], Operand]] = {_NUMBER: float, _STRING: bytes, _NAME: _name, _HEX: _hexadecimal}
