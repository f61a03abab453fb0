"""Are scans found, and how well are they recognised? Pages of real PDFs made into images without text, read by the product.

    python bench/ocr.py DIR [--pages 30] [--dpi 300] [--seed N]        (or: make bench-ocr DIR=…)

Pages with 100 words or more are drawn by a seed, rendered, and written as image-only PDFs of our own making. Prints how many are
found to need recognition (all should), how many pages with text are (none should), precision and recall of the folded words of
three letters or more against the text of the PDF, pages a second and peak memory of tesseract.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path

from indexer.analysis import fold
from indexer.errors import UnreadableFile
from indexer.model import PdfText
from indexer.pdf.bitmap import Bitmap
from indexer.pdf.options import PdfOptions
from indexer.pdf.pdfium import Pdfium
from indexer.pdf.pool import read_pdfs

_FEWEST_WORDS = 100


def words(text: str) -> Counter[str]:
    """The folded words of three letters or more."""
    return Counter(word for word in re.findall(r"[^\W\d_]+", fold(text)) if len(word) >= 3)


def image_pdf(bitmap: Bitmap) -> bytes:
    """A PDF of one page that is one grey image."""
    width, height = (72 * side / bitmap.dpi for side in (bitmap.width, bitmap.height))
    draw = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()
    pixels = zlib.compress(bitmap.pixels, 6)
    image = f"/Type/XObject/Subtype/Image/Width {bitmap.width}/Height {bitmap.height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents 4 0 R".encode()
        + b"/Resources<</XObject<</I 5 0 R>>>>>>",
        f"<</Length {len(draw)}>>stream\n".encode() + draw + b"\nendstream",
        f"<<{image}/Filter/FlateDecode/Length {len(pixels)}>>stream\n".encode() + pixels + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def draw_pages(folder: Path, number: int, seed: int) -> list[tuple[Path, int]]:
    """`number` pages with text of as many PDFs, by a seed."""
    files = sorted(folder.rglob("*.pdf"))
    chance = random.Random(seed)
    chance.shuffle(files)
    drawn: list[tuple[Path, int]] = []
    for path in files:
        if len(drawn) == number:
            break
        document = Pdfium(path)
        pages = list(range(1, document.count() + 1))
        chance.shuffle(pages)
        for page in pages[:10]:
            raw = document.read(page)
            if raw and sum(words(" ".join(line.text for line in raw.lines)).values()) >= _FEWEST_WORDS:
                drawn.append((path, page))
                break
        document.close()
    return drawn


def read(paths: list[Path], ocr: str) -> dict[Path, PdfText]:
    options = PdfOptions(ocr="off" if ocr == "off" else "on")
    outcomes = dict(read_pdfs(paths, options, lambda *_: None))
    return {path: outcome for path, outcome in outcomes.items() if not isinstance(outcome, UnreadableFile)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    drawn = draw_pages(arguments.dir, arguments.pages, arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        scans: dict[Path, tuple[Path, int]] = {}
        for rank, (path, page) in enumerate(drawn):
            document = Pdfium(path)
            bitmap = document.render(page, arguments.dpi)
            document.close()
            scan = Path(folder, f"{rank:03d}.pdf")
            scan.write_bytes(image_pdf(bitmap) if bitmap else b"")
            scans[scan] = path, page
        return compare(scans)


def compare(scans: dict[Path, tuple[Path, int]]) -> int:
    originals = read(sorted({path for path, _ in scans.values()}), "off")
    wrongly = sum(page.state == "scan" for pdf in originals.values() for page in pdf.pages if words(page.text).total() > 10)
    found = sum(pdf.pages[0].state == "scan" for pdf in read(list(scans), "off").values())
    begun = time.monotonic()
    recognised = read(list(scans), "on")
    seconds = time.monotonic() - begun
    right = said = meant = 0
    worst: list[float] = []
    for scan, (path, page) in scans.items():
        is_there, is_meant = words(recognised[scan].pages[0].text), words(originals[path].pages[page - 1].text)
        both = (is_there & is_meant).total()
        right, said, meant = right + both, said + is_there.total(), meant + is_meant.total()
        worst.append(2 * both / max(1, is_there.total() + is_meant.total()))
    pages = sum(len(pdf.pages) for pdf in originals.values())
    print(f"needing recognition: {found} of {len(scans)} images; {wrongly} of {pages} pages with text taken for scans")
    print(f"words: precision {right / max(1, said):.3f}, recall {right / max(1, meant):.3f}, worst page F1 {min(worst):.3f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(scans) / seconds:.2f} pages/s on all cores; largest process {peak:.0f} MB")
    return 0 if found == len(scans) and not wrongly else 1


if __name__ == "__main__":
    sys.exit(main())
