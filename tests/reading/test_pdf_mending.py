"""A PDF cut before its end: the pages that are there are read, and the file is said to be partly read."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from indexer.errors import UnreadableFile
from indexer.pdf.mending import mended
from indexer.pdf.options import PdfOptions
from indexer.pdf.pool import read_pdf
from tests.reading.pdf_making import by_hand, says

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
PAGE = b"<</Type/Page/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F %s>>>>>>" % FONT


def read(path: Path, reader: str) -> tuple[list[str], str]:
    pdf = read_pdf(path, PdfOptions(reader=reader, ocr="off", workers=1))  # type: ignore[arg-type]
    return [page.text for page in pdf.pages], pdf.state


@pytest.mark.parametrize("reader", ["pdfminer", "pdfium"])
@pytest.mark.parametrize(("end", "texts"), [(b"xref", ["Un", "Deux", "Trois"]), (b"9 0 obj", ["Un", "Deux"])])
def test_pages_before_the_cut(tmp_path: Path, reader: str, end: bytes, texts: list[str]) -> None:
    path = by_hand(tmp_path / "a.pdf", says("Un"), says("Deux"), says("Trois"))
    path.write_bytes(path.read_bytes().partition(end)[0])
    assert read(path, reader) == (texts, "partly")


@pytest.mark.parametrize("reader", ["pdfminer", "pdfium"])
def test_pages_packed_in_a_stream_of_objects(tmp_path: Path, reader: str) -> None:
    packed = zlib.compress(b"5 0 6 %d " % len(PAGE) + PAGE + PAGE)
    first = len(b"5 0 6 %d " % len(PAGE))
    content = says("Rangée")
    (tmp_path / "a.pdf").write_bytes(
        b"%%PDF-1.5\n4 0 obj\n<</Type/ObjStm/N 2/First %d/Length %d/Filter/FlateDecode>>stream\n%s\nendstream\nendobj\n"
        b"7 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (first, len(packed), packed, len(content), content)
    )
    texts, state = read(tmp_path / "a.pdf", reader)
    assert len(texts) == 2
    assert all(text.startswith("Rang") for text in texts)
    assert state == "partly"


def test_a_cut_before_the_first_page_is_damage(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", says("Un"))
    path.write_bytes(path.read_bytes().partition(b"5 0 obj")[0])
    assert mended(path.read_bytes()) is None
    with pytest.raises(UnreadableFile) as caught:
        read(path, "pdfminer")
    assert caught.value.reason == "damaged"
