"""Good files as accidents and ill will change them, by a seed: bytes flipped, cut, repeated, put in; words changed."""

from __future__ import annotations

from random import Random

_WORDS = (
    b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"/Length", b"/Kids", b"/Count", b"/Filter", b"/FlateDecode",
    b"/Parent", b"/Contents", b"/Type", b"/Page", b"/Font", b"<div>", b"</div>", b"<p>", b"<table>", b"<!--", b"<script>",
    b"&amp;", b"Dates:", b"Lieu:", b"URL de la source", b"[1]", b"charset", b"%PDF-1.7", b"%%EOF", b"startxref",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999", b"1e400", b"0.0000001")


def mutated(data: bytes, random: Random) -> bytes:
    """A changed copy."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 30))):
        _CHANGES[random.randrange(len(_CHANGES))](changed, random)
    return bytes(changed)


def _flip(data: bytearray, random: Random) -> None:
    for _ in range(min(len(data), random.choice((1, 4, 60)))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _cut(data: bytearray, random: Random) -> None:
    if data:
        at = random.randrange(len(data))
        del data[at : at + random.choice((1, 10, 1000, len(data)))]


def _zero(data: bytearray, random: Random) -> None:
    if data:
        at = random.randrange(len(data))
        size = min(len(data) - at, random.choice((1, 50, 5000)))
        data[at : at + size] = bytes(size)


def _repeat(data: bytearray, random: Random) -> None:
    if data:
        at = random.randrange(len(data))
        data[at:at] = data[at : at + random.choice((3, 100, 2000))] * random.choice((1, 3, 40))


def _put(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data) + 1)
    data[at:at] = random.choice((random.choice(_WORDS), random.choice(_NUMBERS), random.randbytes(random.choice((1, 20, 500)))))


def _word(data: bytearray, random: Random) -> None:
    """One word of the format in place of another."""
    old = random.choice(_WORDS)
    at = data.find(old, random.randrange(len(data) + 1))
    if at >= 0:
        data[at : at + len(old)] = random.choice(_WORDS)


def _number(data: bytearray, random: Random) -> None:
    """Another number where there is one."""
    for _ in range(50):
        at = random.randrange(len(data)) if data else 0
        if data and 48 <= data[at] <= 57:
            data[at : at + 1] = random.choice(_NUMBERS)
            return


_CHANGES = (_flip, _cut, _zero, _repeat, _put, _word, _number)
