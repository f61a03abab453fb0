"""Every occurrence of an expression, once, where it stands: equal to a count by hand over the texts."""

from __future__ import annotations

import itertools
import random

import pytest

from indexer.engine.contract import LINE_ORDERS, NEAR, Engine, LineOrder, Request
from tests.contract.conftest import EMPLOI, LYON, NOYON, Shelf, day

WORDS = ("quartier", "ville", "conseil", "citoyen", "le", "de", "jeunes")


@pytest.fixture
def engine(shelf: Shelf) -> Engine:
    return shelf.fill(
        shelf.dossier("a", "Un conseil citoyen, puis deux conseils citoyens.", places=(NOYON,), dates=(day(2017, 5, 11),)),
        shelf.dossier("b", "Le conseil et le citoyen.", themes=(EMPLOI,), dates=(day(2019, 6, 4),), title="Conseil citoyen"),
        shelf.dossier("c", "Atelier.", (("Sommaire", "Ici le Conseil Citoyen"), ("Notes sur l’urbanisme",)), places=(LYON,)),
    )


def told(engine: Engine, query: str, order: LineOrder = "document", **others: object) -> list[tuple[str, str]]:
    found = engine.concordance(Request(query, **others), order)  # type: ignore[arg-type]
    lines = list(found.lines)
    assert (found.total, found.dossiers) == (len(lines), len({line.card.id for line in lines}))
    return [(line.card.id, line.form) for line in lines]


def test_words_without_a_sign_are_a_phrase(engine: Engine) -> None:
    assert told(engine, "conseil citoyen") == [("a", "conseil citoyen"), ("a", "conseils citoyens"), ("c", "Conseil Citoyen")]
    assert told(engine, '"conseil citoyen"') == told(engine, "conseil citoyen")


def test_words_prefixes_and_alternatives_are_found(engine: Engine) -> None:
    assert told(engine, "citoyens") == [("b", "citoyen"), ("a", "citoyen"), ("a", "citoyens"), ("c", "Citoyen")]
    assert told(engine, "urban*") == [("c", "urbanisme")]
    assert told(engine, "atelier OR urbanisme") == [("c", "Atelier"), ("c", "urbanisme")]


def test_titles_and_other_facts_are_no_text(engine: Engine) -> None:
    assert "b" not in {dossier for dossier, _ in told(engine, "conseil citoyen")}


def test_a_line_says_where_it_stands(engine: Engine) -> None:
    (_, _, line) = engine.concordance(Request("conseil citoyen")).lines
    assert (line.left, line.form, line.right) == ("Sommaire Ici le ", "Conseil Citoyen", "")
    assert (line.attachment, line.page) == (0, 2)


def test_what_stands_around_goes_on_across_a_page_break_but_not_into_another_file(shelf: Shelf) -> None:
    pages = ("Fin de la première page", "Le conseil se tient", "à la mairie de la ville")
    engine = shelf.fill(shelf.dossier("a", "Avant tout.", (pages, ("Autre fichier.",))))
    (line,) = engine.concordance(Request("conseil")).lines
    assert (line.left, line.right) == ("Fin de la première page Le ", " se tient à la mairie de la ville")
    (line,) = engine.concordance(Request("mairie")).lines
    assert (line.left, line.right) == ("Le conseil se tient à la ", " de la ville")


def test_filters_keep_to_their_dossiers(engine: Engine) -> None:
    assert {dossier for dossier, _ in told(engine, "conseil", filters={"lieu": ("noyon",)})} == {"a"}
    assert told(engine, "conseil", filters={"lieu": ("nulle-part",)}) == []


@pytest.mark.parametrize("query", ["", "((", '"', "inconnu", "lieu:noyon", "-conseil", "*"])
def test_what_stands_nowhere_has_no_lines(engine: Engine, query: str) -> None:
    assert told(engine, query) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("document", "Le|un|deux|Sommaire Ici le"),
        ("date", "un|deux|Le|Sommaire Ici le"),
        ("lieu", "Sommaire Ici le|un|deux|Le"),
        ("gauche", "deux|Le|Sommaire Ici le|un"),
        ("droite", "Sommaire Ici le|un|deux|Le"),
        ("forme", "Le|un|Sommaire Ici le|deux"),
    ],
)
def test_lines_are_sorted(engine: Engine, order: LineOrder, expected: str) -> None:
    lines = engine.concordance(Request("conseil"), order).lines
    assert "|".join(line.left.strip().removeprefix("Un conseil citoyen, puis ").replace("Un", "un") for line in lines) == expected


@pytest.mark.parametrize("order", LINE_ORDERS)
def test_pages_of_lines_follow_each_other(engine: Engine, order: LineOrder) -> None:
    whole = told(engine, "conseil OR citoyen", order)
    pages = [engine.concordance(Request("conseil OR citoyen"), order, first, 3).lines for first in range(0, 12, 3)]
    assert [(line.card.id, line.form) for line in itertools.chain(*pages)] == whole


def test_counts_are_those_of_a_count_by_hand(shelf: Shelf) -> None:
    rng = random.Random(7)
    texts = {f"d{number}": [[rng.choice(WORDS) for _ in range(rng.randint(0, 60))] for _ in range(3)] for number in range(30)}
    engine = shelf.fill(
        *(
            shelf.dossier(name, " ".join(body), ((" ".join(one), " ".join(other)),), title=" ".join(body[:3]) or "Sans")
            for name, (body, one, other) in texts.items()
        )
    )
    for size in (1, 2, 3):
        for words in itertools.product(WORDS, repeat=size):
            if "le" in (words[0], words[-1]) or "de" in (words[0], words[-1]):
                continue
            by_hand = {
                (name, part, place)
                for name, parts in texts.items()
                for part, text in enumerate(parts)
                for place in range(len(text) - size + 1)
                if tuple(text[place : place + size]) == words
            }
            across = sum(
                (one[len(one) - cut :] + other[: size - cut]) == list(words)
                for _, one, other in texts.values()
                for cut in range(1, size)
                if len(one) >= cut and len(other) >= size - cut
            )
            found = engine.concordance(Request(" ".join(words)))
            assert found.total == len(by_hand) + across, words


def test_lines_are_grouped_by_form(shelf: Shelf) -> None:
    engine = shelf.fill(
        shelf.dossier("a", "Les Habitants, l’habitant, des habitants."), shelf.dossier("b", "LES HABITANTS ; une habitante.")
    )
    found = engine.forms(Request("habitant"))
    assert [(one.form, one.occurrences, one.dossiers) for one in found] == [
        ("habitant", 1, 1),
        ("habitante", 1, 1),
        ("habitants", 3, 2),
    ]
    lines = [line.form.casefold() for line in engine.concordance(Request("habitant"), "forme").lines]
    assert lines == [one.form for one in found for _ in range(one.occurrences)]
    assert engine.forms(Request("introuvable")) == ()


def test_lines_beside_another_expression(shelf: Shelf) -> None:
    far = " ".join(["mot"] * NEAR)
    engine = shelf.fill(
        shelf.dossier("a", f"Le conseil citoyen. {far} conseil {far} citoyen", (("citoyen du conseil",), ("municipal",))),
        shelf.dossier("b", "conseil", (("citoyen",),)),
    )

    def lefts(query: str, beside: str) -> list[str]:
        return [line.left.strip().rpartition(" ")[2] for line in engine.concordance(Request(query), beside=beside).lines]

    assert lefts("conseil", "citoyen") == ["Le", "du"]
    assert lefts("conseil", "conseil") == []
    assert engine.concordance(Request("conseil"), beside="introuvable").total == 0
    assert [one.occurrences for one in engine.forms(Request("conseil"), "citoyen")] == [2]
