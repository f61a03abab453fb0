"""Near copies: texts that say nearly the same are told, others are not."""

from __future__ import annotations

import random

from indexer.model import Similar
from indexer.similar import Text, near_copies, sketch

WORDS = [f"mot{n}" for n in range(2_000)]


def text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def as_page(dossier: str, words: list[str]) -> Text:
    return Text(dossier, "page", "", f"key-{dossier}", sketch([" ".join(words)]))


def test_a_page_posted_again_with_small_changes_is_told_both_ways() -> None:
    changed = text(1)
    changed[50] = "corrigé"
    copies = near_copies([as_page("a", text(1)), as_page("b", changed), as_page("c", text(2))])
    assert copies == {"a": (Similar("b", "page"),), "b": (Similar("a", "page"),)}


def test_texts_half_alike_are_not_copies() -> None:
    assert near_copies([as_page("a", text(1)), as_page("b", text(1)[:200] + text(3)[:200])]) == {}


def test_the_same_pdf_attached_to_two_dossiers_is_told_even_without_text() -> None:
    scans = [Text("a", "pdf", "un.pdf", "same", b""), Text("b", "pdf", "deux.pdf", "same", b"")]
    assert near_copies(scans) == {"a": (Similar("b", "pdf", "deux.pdf"),), "b": (Similar("a", "pdf", "un.pdf"),)}


def test_short_texts_have_no_sketch() -> None:
    assert sketch(["Rencontre à Noyon."]) == b""


def test_a_page_is_no_copy_of_a_pdf() -> None:
    same = sketch([" ".join(text(1))])
    assert near_copies([Text("a", "page", "", "k1", same), Text("b", "pdf", "x.pdf", "k2", same)]) == {}


def test_at_most_ten_copies_are_told() -> None:
    copies = near_copies(as_page(f"d{n:02d}", text(1)) for n in range(15))
    assert all(len(others) == 10 for others in copies.values())
