"""Many PDFs at once, some of them made to hurt: that costs a page or a file, never the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from indexer.errors import ConfigError, UnreadableFile
from indexer.model import PdfText
from indexer.pdf import tesseract
from indexer.pdf.options import PdfOptions, can_recognise, version
from indexer.pdf.pool import read_pdf, read_pdfs
from tests.reading.pdf_making import by_hand, make, says

Found = TypeVar("Found")
OPTIONS = PdfOptions(ocr="off", workers=2)
ENDLESS = b"0 0 m 9 9 l S\n" * 2_000_000


def texts(pdf: PdfText) -> list[str]:
    return [page.text for page in pdf.pages]


def workers_of(pid: int) -> list[int]:
    """The processes that read PDFs for this one; it may have others (a browser)."""
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in children if b"indexer.pdf.worker" in Path(f"/proc/{child}/cmdline").read_bytes()]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_each_file_with_its_text_whatever_the_order(tmp_path: Path) -> None:
    paths = [make(tmp_path / f"{number}.pdf", *[f"Fichier {number}"] * (1 + number % 3)) for number in range(9)]
    found = dict(read_pdfs(paths, OPTIONS))
    assert list(map(found.get, paths)) == [read_pdf(path, OPTIONS) for path in paths]


def test_progress_is_told_once_for_each_page(tmp_path: Path) -> None:
    path = make(tmp_path / "a.pdf", "Un", "", "Trois")
    told: list[tuple[Path, int, int]] = []
    list(read_pdfs([path], OPTIONS, lambda *said: told.append(said)))
    assert told == [(path, 1, 3), (path, 2, 3), (path, 3, 3)]


def test_what_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "vide.pdf").touch()
    found = dict(read_pdfs([tmp_path / "vide.pdf", tmp_path / "absent.pdf", make(tmp_path / "a.pdf", "Lisible")], OPTIONS))
    reasons = {path.name: said.reason for path, said in found.items() if isinstance(said, UnreadableFile)}
    assert reasons == {"vide.pdf": "empty", "absent.pdf": "cannot_open"}
    assert [texts(said) for said in found.values() if isinstance(said, PdfText)] == [["Lisible"]]


@pytest.mark.parametrize("reader", ["pdfminer", "pdfium"])
def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, reader: str) -> None:
    path = by_hand(tmp_path / "a.pdf", says("Un"), ENDLESS, says("Trois"))
    pdf = read_pdf(path, replace(OPTIONS, reader=reader, page_seconds=0.3))
    assert texts(pdf) == ["Un", "", "Trois"]
    assert [page.state for page in pdf.pages] == ["text", "slow", "text"]
    assert pdf.state == "partly"


def test_a_page_that_takes_all_memory_is_given_up(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", says("Un"), b" " * 300_000_000, says("Trois"))
    pdf = read_pdf(path, replace(OPTIONS, memory_mb=256))
    assert texts(pdf) == ["Un", "", "Trois"]
    assert pdf.state == "partly"


def test_forms_and_trees_that_contain_themselves_come_to_an_end(tmp_path: Path) -> None:
    pdf = read_pdf(by_hand(tmp_path / "a.pdf", says("Un") + b" /X Do", says("Deux"), forms=b"/X Do", kids=b"2 0 R"), OPTIONS)
    assert texts(pdf)[:2] == ["Un", "Deux"]


def test_a_count_of_a_million_pages_is_no_million_pages(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", says("Un"), count=1_000_000)
    pdf = read_pdf(path, OPTIONS)
    assert texts(pdf)[0] == "Un"
    assert len(pdf.pages) <= path.stat().st_size


def test_deeply_nested_operands_cost_their_page(tmp_path: Path) -> None:
    pdf = read_pdf(by_hand(tmp_path / "a.pdf", b"[" * 500_000 + b" TJ", says("Deux")), OPTIONS)
    assert texts(pdf) == ["", "Deux"]


def test_a_worker_killed_at_work_costs_one_page_at_most(tmp_path: Path) -> None:
    path = make(tmp_path / "a.pdf", *(f"Page {number}" for number in range(1, 301)))
    killed: list[int] = []

    def kill(_: Path, page: int, __: int) -> None:
        if page == 100:
            killed.extend(workers_of(os.getpid()))
            os.kill(killed[0], signal.SIGKILL)

    [(_, pdf)] = read_pdfs([path], replace(OPTIONS, workers=1), kill)
    assert isinstance(pdf, PdfText)
    assert killed
    assert [page.number for page in pdf.pages] == list(range(1, 301))
    assert texts(pdf) == [f"Page {number}" for number in range(1, 301)]


def test_a_reader_who_stops_listening_leaves_no_worker(tmp_path: Path) -> None:
    found = read_pdfs((make(tmp_path / f"{number}.pdf", "Un") for number in range(9)), OPTIONS)
    next(found)
    workers = workers_of(os.getpid())
    assert workers
    found.close()
    assert not any(map(lives, workers))


def test_workers_end_when_the_pool_is_killed(tmp_path: Path) -> None:
    by_hand(tmp_path / "a.pdf", ENDLESS)
    script = f"""
from pathlib import Path
from indexer.pdf.options import PdfOptions
from indexer.pdf.pool import read_pdfs
list(read_pdfs([Path({str(tmp_path / "a.pdf")!r})], PdfOptions(reader="pdfium", ocr="off")))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as pool:
        workers = _wait_for(lambda: workers_of(pool.pid))
        time.sleep(0.5)
        pool.kill()
    assert _wait_for(lambda: not any(map(lives, workers)))


def _wait_for(truth: Callable[[], Found]) -> Found:
    for _ in range(100):
        if found := truth():
            return found
        time.sleep(0.05)
    pytest.fail("five seconds were not enough")


def test_the_version_is_that_of_the_first_reader() -> None:
    assert version(OPTIONS) != version(replace(OPTIONS, reader="pdfium"))


def test_recognition_asked_for_and_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    assert not can_recognise(PdfOptions(ocr="auto"))
    with pytest.raises(ConfigError, match="apt install tesseract-ocr tesseract-ocr-fra"):
        read_pdfs([], PdfOptions(ocr="on"))
