"""Passages say where the words stand, and only the parts that are shown are read."""

from __future__ import annotations

from dataclasses import replace

from indexer.engine.contract import Passage, Request
from tests.contract.conftest import Shelf

FILLER = "Une phrase ordinaire sans rien de particulier. " * 30


def plain(passage: Passage) -> str:
    return "".join(text for text, _ in passage.segments)


def marked(passage: Passage) -> list[str]:
    return [text for text, matched in passage.segments if matched]


def test_a_passage_names_the_pdf_and_the_page(shelf: Shelf) -> None:
    pages = (FILLER, FILLER, f"{FILLER} Le diagnostic en marchant a réuni vingt habitants. {FILLER}")
    engine = shelf.fill(shelf.dossier("a", "Une page.", (("autre",), pages)))
    (passage,) = engine.search(Request("diagnostic marchant")).hits[0].passages
    assert (passage.attachment, passage.page) == (1, 3)
    assert marked(passage) == ["diagnostic", "marchant"]
    assert plain(passage).endswith("Le diagnostic en marchant a réuni vingt habitants.")


def test_text_recognised_from_an_image_is_marked(shelf: Shelf) -> None:
    dossier = shelf.dossier("a", "Une page.", (("Le diagnostic en marchant",),))
    parts = (dossier.parts[0], replace(dossier.parts[1], recognised=True))
    engine = shelf.fill(replace(dossier, parts=parts))
    assert [passage.recognised for passage in engine.search(Request("diagnostic")).hits[0].passages] == [True]
    assert [part.recognised for part in engine.get("a").parts] == [False, True]


def test_at_most_three_passages_the_densest_first_without_overlap(shelf: Shelf) -> None:
    pages = (*tuple(f"{FILLER} santé {FILLER}" for _ in range(5)), f"{FILLER} santé mentale {FILLER}")
    engine = shelf.fill(shelf.dossier("a", "rien", (pages,)))
    passages = engine.search(Request("santé OR mentale")).hits[0].passages
    assert [passage.page for passage in passages] == [6, 1, 2]


def test_stems_accents_prefixes_and_phrases_are_marked(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "Les évaluations des Quartiers prioritaires, l’ÉVALUATEUR et la ville."))
    assert marked(engine.search(Request("evaluation")).hits[0].passages[0])[0] == "évaluations"
    assert marked(engine.search(Request("quart*")).hits[0].passages[0]) == ["Quartiers"]
    assert marked(engine.search(Request('"quartiers prioritaires"')).hits[0].passages[0]) == ["Quartiers prioritaires"]


def test_a_hit_far_into_a_long_page_has_its_passage(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", FILLER * 60 + "Le mot aiguille est ici."))
    (passage,) = engine.search(Request("aiguille")).hits[0].passages
    assert marked(passage) == ["aiguille"]
    assert len(plain(passage)) < 500


def test_without_words_the_passage_is_the_beginning(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "Bonjour à toutes et tous. " + FILLER))
    (passage,) = engine.search(Request("")).hits[0].passages
    assert plain(passage).startswith("Bonjour à toutes et tous.")
    assert marked(passage) == []


def test_only_the_parts_shown_are_read(shelf: Shelf) -> None:
    pages = (*(FILLER for _ in range(50)), "aiguille")
    engine = shelf.fill(shelf.dossier("a", FILLER, (pages,)))
    shelf.reads.clear()
    engine.search(Request("aiguille"))
    assert shelf.reads == [("a-0", 51)]


def test_a_dossier_is_read_whole_with_the_words_marked(shelf: Shelf) -> None:
    engine = shelf.fill(shelf.dossier("a", "Un réseau.", (("Des réseaux.", "Fin."),)))
    view = engine.get("a", "réseau")
    assert view.card == engine.card("a")
    assert [(part.attachment, part.page, plain(part), marked(part)) for part in view.parts] == [
        (None, 0, "Un réseau.", ["réseau"]),
        (0, 1, "Des réseaux.", ["réseaux"]),
        (0, 2, "Fin.", []),
    ]
