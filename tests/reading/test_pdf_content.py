"""The operators of a page: PDF's own grammar, and what breaks it."""

from __future__ import annotations

import pytest
from pdfminer.psparser import LIT

from indexer.pdf.content import Operand, operations


@pytest.mark.parametrize(
    ("given", "operands"),
    [
        (b"1 -2.5 +.5 4. cm", [1, -2.5, 0.5, 4]),
        (b"1.2.3 --5 cm", [1.2, 0.3, -5]),
        (b"(Bonjour)Tj", [b"Bonjour"]),
        (
            rb"(\(a\) (b) \351\n\
c\q)Tj",
            [b"(a) (b) \xe9\ncq"],
        ),
        (b"<42 6F6>Tj", [b"Bo`"]),
        (b"/F1 12 Tf", [LIT("F1"), 12]),
        (b"/A#20B gs", [LIT("A B")]),
        (b"[(a) -20 [1] <</K [2]>>] TJ", [[b"a", -20, [1], {}]]),
        (b"% un commentaire ( [\n7 Tr", [7]),
        (b"] >> ) } 3 Tr", [3]),
        (b"[ 1 m 2 ] TJ", [[1, 2]]),
    ],
)
def test_operands(given: bytes, operands: list[Operand]) -> None:
    assert [found for _, found in operations(given)] == [operands]


def test_an_image_in_the_content_is_passed_over() -> None:
    content = b"q BI /W 2 /H 2 /BPC 8 ID \x00(\xff[ EI Q (a) Tj"
    assert [name for name, _ in operations(content)] == ["q", "BI", "Q", "Tj"]


@pytest.mark.parametrize("broken", [b"(never closed", b"[[[[ 1 2", b"<41", b"/", b"<<", b"BI ID", b"\\", b"12 0 "])
def test_what_has_no_end_comes_to_an_end(broken: bytes) -> None:
    list(operations(broken))
