"""Pages that are images: found, recognised where tesseract is, told where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf import tesseract
from indexer.pdf.bitmap import Bitmap
from indexer.pdf.options import PdfOptions
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.pool import read_pdf
from tests.reading.pdf_making import by_hand, make, scanned

LETTER = "\n".join(["Le conseil citoyen du quartier des Hautes-Noues se réunit chaque trimestre en mairie."] * 30)
OPTIONS = PdfOptions(ocr="off", workers=1)
RECOGNISED = replace(OPTIONS, ocr="auto")

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="tesseract and its French are not installed: apt install tesseract-ocr tesseract-ocr-fra"
)


@pytest.mark.parametrize("reader", ["pdfminer", "pdfium"])
def test_a_scan_without_recognition_is_told(tmp_path: Path, reader: str) -> None:
    pdf = read_pdf(scanned(tmp_path / "a.pdf", LETTER, LETTER), replace(OPTIONS, reader=reader))
    assert [(page.state, page.text) for page in pdf.pages] == [("scan", ""), ("scan", "")]
    assert pdf.state == "needs_ocr"


@needs_tesseract
def test_a_scan_is_recognised_and_says_so(tmp_path: Path) -> None:
    pdf = read_pdf(scanned(tmp_path / "a.pdf", LETTER), RECOGNISED)
    [page] = pdf.pages
    assert (page.state, page.reader, pdf.state) == ("ocr", "tesseract", "read")
    assert page.text.count("conseil citoyen du quartier") >= 29


@needs_tesseract
def test_words_that_the_image_lacks_stay(tmp_path: Path) -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        canvas.rect(0, 0, 595, 300, fill=1)

    [page] = read_pdf(make(tmp_path / "a.pdf", "Tampon invisible", draw=lambda canvas: stamp(canvas)), RECOGNISED).pages
    assert page.state == "ocr"
    assert "Tampon invisible" in page.text


@needs_tesseract
def test_pages_with_text_and_blank_ones_are_not_recognised(tmp_path: Path) -> None:
    pdf = read_pdf(make(tmp_path / "a.pdf", LETTER, "", "Conclusion"), RECOGNISED)
    assert [page.state for page in pdf.pages] == ["text", "blank", "text"]


def test_the_image_of_a_huge_page_is_bounded(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", b"0 0 m 9 9 l S")
    path.write_bytes(path.read_bytes().replace(b"[0 0 595 842]", b"[0 0 14400 14400]"))
    document = Pdfium(path)
    image = document.render(1, 300)
    document.close()
    assert image
    assert len(image.pixels) == image.width * image.height <= 41_000_000


def test_the_share_of_dark_pixels() -> None:
    assert Bitmap(4, 1, bytes([0, 90, 200, 255]), 36).dark_share == 0.5
