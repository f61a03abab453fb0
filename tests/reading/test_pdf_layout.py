"""The layout half of cleaning: reading order, margins apart, contents lines."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pdf.contents import strip_leaders
from indexer.pdf.margins import split_margins
from indexer.pdf.miner import Miner
from indexer.pdf.order import in_reading_order
from indexer.pdf.raw import Line, RawPage

PROSE = [
    "Le conseil citoyen s’est réuni trois fois,",
    "une fois dans chaque quartier, devant des",
    "habitants venus en nombre. Les échanges ont",
    "porté sur les transports et sur la propreté",
    "des abords, puis sur la maison du projet.",
]


def block(number: int, x: float, top: float, texts: Sequence[str], size: float = 10) -> list[Line]:
    """A paragraph whose first line has its top at `top`; a letter is half as wide as it is high."""
    width = size / 2
    tops = [top - 1.2 * size * row for row in range(len(texts))]
    return [Line(text, x, y - size, x + width * len(text), y, number) for text, y in zip(texts, tops, strict=True)]


def page(*blocks: list[Line], number: int = 1, label: str | None = None, slide: bool = False) -> RawPage:
    width, height = (842, 595) if slide else (595, 842)
    return RawPage(number, width, height, tuple(line for lines in blocks for line in lines), label)


def texts(read: RawPage) -> list[str]:
    return [line.text for line in read.lines]


def shuffled(read: RawPage) -> RawPage:
    """The page with its blocks by the height of their lower end, as pdfminer gives them."""
    low = {line.block: line.y0 for line in sorted(read.lines, key=lambda line: -line.y0)}
    return RawPage(read.number, read.width, read.height, tuple(sorted(read.lines, key=lambda line: -low[line.block])))


def test_columns_are_read_one_after_the_other_below_the_title_that_spans_them() -> None:
    title = block(0, 150, 780, ["Bilan de la concertation dans les quartiers de la ville"])
    left = [block(1, 50, 740, PROSE), block(2, 50, 660, PROSE)]
    right = [block(3, 320, 740, PROSE[1:]), block(4, 320, 672, PROSE), block(5, 320, 600, PROSE)]
    whole = page(title, *left, *right)
    assert texts(in_reading_order(shuffled(whole))) == texts(whole)


def test_three_columns_of_a_leaflet_are_read_one_after_the_other() -> None:
    columns = [block(at, 20 + 190 * at, 500 - 7 * at, [line[:34] for line in PROSE * 2], 9) for at in range(3)]
    whole = page(*columns)
    assert texts(in_reading_order(shuffled(whole))) == texts(whole)


def test_text_in_one_column_stays_as_it_is() -> None:
    whole = page(block(0, 50, 780, ["Introduction"]), block(1, 50, 750, PROSE), block(2, 50, 670, PROSE))
    assert in_reading_order(whole) is whole


def test_only_pages_of_pdfminer_are_put_in_order() -> None:
    lines = tuple(block(0, 320, 740, PROSE) + block(1, 50, 740, PROSE))
    for_pdfium = RawPage(1, 595, 842, lines, reader="pdfium")
    assert in_reading_order(for_pdfium) is for_pdfium


def test_a_table_with_space_between_its_rows_is_read_row_by_row() -> None:
    rows = [["Commune", "2015", "2020"], ["Aubrecourt", "1 204", "1 180"], ["Nordhelle", "860", "912"]]
    cells = [block(3 * y + x, 60 + 150 * x, 700 - 30 * y, [text]) for x in range(3) for y, text in enumerate(r[x] for r in rows)]
    assert texts(in_reading_order(page(*cells))) == [" ".join(row) for row in rows]


def test_a_tight_table_whose_columns_are_blocks_is_read_row_by_row() -> None:
    columns = [["Quartier", "Clos Fleuri", "La Source", "Rive-Haute"], ["Habitants", "2 300", "1 150", "4 020"]]
    read = in_reading_order(page(block(0, 60, 700, columns[0]), block(1, 250, 700, columns[1])))
    assert texts(read) == ["Quartier Habitants", "Clos Fleuri 2 300", "La Source 1 150", "Rive-Haute 4 020"]


def test_a_cell_of_several_lines_stays_whole_in_its_row() -> None:
    cells = [
        block(0, 60, 700, ["Juriste"]),
        block(1, 200, 700, ["logement, travail,", "famille"]),
        block(2, 60, 660, ["Médiatrice"]),
        block(3, 200, 660, ["voisinage"]),
    ]
    read = in_reading_order(shuffled(page(*cells)))
    assert texts(read) == ["Juriste", "logement, travail,", "famille", "Médiatrice voisinage"]


def test_rows_of_a_tight_table_keep_the_lines_of_their_cells() -> None:
    actions = ["Créer un jardin partagé", "derrière l’école", "Réparer l’abribus", "Ouvrir la maison du", "projet le samedi"]
    years = [*block(1, 300, 700, ["2021"]), *block(1, 300, 676, ["2022"]), *block(1, 300, 664, ["2023"])]
    read = in_reading_order(page(block(0, 60, 700, actions), years))
    assert texts(read) == [*actions[:2], "2021", f"{actions[2]} 2022", *actions[3:], "2023"]


def test_notes_in_the_margin_do_not_cut_the_paragraph_beside_them() -> None:
    notes = [*block(0, 20, 688, ["Trois fois"]), *block(0, 20, 664, ["Mobilité"])]
    assert texts(in_reading_order(page(notes, block(1, 120, 700, PROSE)))) == ["Trois fois", "Mobilité", *PROSE]


def test_an_index_in_two_columns_is_read_column_by_column() -> None:
    left = block(0, 60, 700, [f"mot{number}, {number}" for number in range(10)])
    right = block(1, 300, 700, [f"nom{number}, {number}" for number in range(10)])
    whole = page(left, right)
    assert texts(in_reading_order(shuffled(whole))) == texts(whole)


def test_the_pieces_of_a_line_that_wide_spaces_cut_are_one_line() -> None:
    host = [*block(0, 60, 700, ["Nous"]), *block(0, 60, 688, PROSE)]
    pieces = block(1, 150, 700, ["avons"]), block(2, 220, 700, ["écouté"])
    assert texts(in_reading_order(shuffled(page(host, *pieces)))) == ["Nous avons écouté", *PROSE]


@pytest.mark.parametrize("upwards", [True, False])
def test_a_credit_turned_on_its_side_is_one_line_after_the_text(upwards: bool) -> None:
    credit = "Photographies : Atelier du Quai, Nordhelle"
    drawn = credit[::-1] if upwards else credit
    letters = [Line(text, 570, 600 - 5 * at, 579, 605 - 5 * at, 9 + at) for at, text in enumerate(drawn) if text != " "]
    assert texts(in_reading_order(page(letters, block(0, 50, 740, PROSE)))) == [*PROSE, credit]


def test_a_column_of_letters_with_space_between_the_lines_is_no_turned_text() -> None:
    grades = list("ABBCADCB")
    assert texts(in_reading_order(page(block(0, 50, 740, PROSE), block(1, 300, 600, grades)))) == PROSE + grades


def test_columns_of_a_real_pdf_come_in_order(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "colonnes.pdf"))
    for x, shift, words in ((60, 0, "gauche"), (330, 6, "droite")):
        for row, text in enumerate(PROSE):
            canvas.drawString(x, 700 - shift - (26 if row > 2 else 0) - 14 * row, f"{text[:30]} {words}")
    canvas.save()
    with (tmp_path / "colonnes.pdf").open("rb") as stream:
        read = Miner(stream).read(1)
    assert read
    assert [text.split()[-1] for text in texts(in_reading_order(read))] == ["gauche"] * 5 + ["droite"] * 5


def document(count: int, edge: Sequence[tuple[float, str]], slide: bool = False) -> list[RawPage]:
    """Pages of prose, each one other, with lines at given tops: "#" is the page's number, "%" its roman one, "@" a word of it."""
    roman = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    pages = []
    for number in range(1, count + 1):
        filled = [
            (top, text.replace("#", str(number)).replace("%", roman[number % 11]).replace("@", f"mot{chr(96 + number)}"))
            for top, text in edge
        ]
        prose = block(0, 60, 420, [f"{text} {number * 7 % 11}" for text in PROSE])
        pages.append(
            page(prose, *(block(1 + at, 60, *one_line(line)) for at, line in enumerate(filled)), number=number, slide=slide)
        )
    return pages


def one_line(line: tuple[float, str]) -> tuple[float, list[str]]:
    return line[0], [line[1]]


@pytest.mark.parametrize(
    "margin",
    [
        "Diagnostic local de santé",
        "#",
        "- # -",
        "#/25",
        "Page # sur 25",
        "%",
        "Contrat de ville 2015-2022 – page #",
        "# Chapitre @",
        "Chapitre @ #",
    ],
)
@pytest.mark.parametrize("top", [810, 40])
def test_a_line_that_comes_back_at_the_same_height_is_a_margin(margin: str, top: float) -> None:
    pages = document(6, [(top, margin)])
    for before, (kept, margins) in zip(pages, split_margins(pages), strict=True):
        assert margins == (before.lines[-1].text,)
        assert kept.lines == before.lines[:-1]


def test_left_and_right_pages_may_have_different_headers() -> None:
    pages = document(8, [(810, "Guide du conseil citoyen")])
    pages[::2] = document(8, [(810, "Union des centres de ressources")])[::2]
    assert [len(margins) for _, margins in split_margins(pages)] == [1] * 8


def test_a_heading_that_changes_is_a_margin_where_others_have_theirs() -> None:
    pages = document(8, [(810, "Première partie : le constat")])
    pages[4] = document(8, [(810, "Deuxième partie : les pistes")])[4]
    assert split_margins(pages)[4][1] == ("Deuxième partie : les pistes",)


def test_what_stands_beside_a_page_number_apart_from_the_text_is_a_margin() -> None:
    pages = [
        RawPage(one.number, 595, 842, (*one.lines, *block(9, 300, 811, [heading])))
        for one, heading in zip(document(4, [(810, "#")]), ["Un", "Deux", "Trois", "Quatre"], strict=True)
    ]
    assert [set(margins) for _, margins in split_margins(pages)] == [{"1", "Un"}, {"2", "Deux"}, {"3", "Trois"}, {"4", "Quatre"}]


def test_margins_come_from_the_top_down_and_leave_the_page_otherwise_as_it_was() -> None:
    pages = document(4, [(40, "#"), (810, "Réseau des quartiers")])
    kept, margins = split_margins(pages)[1]
    assert margins == ("Réseau des quartiers", "2")
    assert (kept.number, kept.width, kept.label) == (2, 595, None)


@pytest.mark.parametrize(("label", "text"), [(None, "2"), ("iv", "iv"), ("A-3", "A-3")])
def test_the_number_or_label_of_a_page_alone_at_its_foot_is_a_margin(label: str | None, text: str) -> None:
    alone = page(block(0, 60, 420, PROSE), block(1, 290, 40, [text]), number=2, label=label)
    assert split_margins([alone])[0][1] == (text,)


def test_two_pages_are_enough_for_a_footer() -> None:
    pages = document(2, [(40, "Compte rendu – réunion du 4 mai 2018 – #/2")])
    assert [len(margins) for _, margins in split_margins(pages)] == [1, 1]


@pytest.mark.parametrize(
    "edge",
    [
        [(500, "Encadré : à retenir")],  # comes back, but in the midst of the page
        [(810, "@ en tête de page")],  # another one on each page
        [(810, "@ au-dessus"), (790, "Porteur de l’action")],  # something of the page's own between it and the edge
    ],
)
def test_what_does_not_come_back_at_the_edge_stays(edge: list[tuple[float, str]]) -> None:
    pages = document(6, edge)
    assert [kept for kept, _ in split_margins(pages)] == pages


def test_titles_of_slides_stay_though_they_come_back() -> None:
    pages = document(9, [(30, "#/9")], slide=True)
    titled = [
        RawPage(one.number, one.width, one.height, (*one.lines, *block(9, 60, 570, ["Les résultats (suite)"], 14)))
        for one in pages
    ]
    assert [margins for _, margins in split_margins(titled[:5])] == [(f"{number}/9",) for number in range(1, 6)]


def test_the_time_for_margins_grows_as_the_number_of_pages_does() -> None:
    pages = document(3000, [(810, "Observatoire des quartiers"), (40, "#")])
    begun = time.process_time()
    assert all(len(margins) == 2 for _, margins in split_margins(pages))
    assert time.process_time() - begun < 5


def test_a_page_of_very_many_cells_takes_no_time() -> None:
    rows = range(20_000)
    tall = page(block(0, 60, 240_000, ["mot"] * len(rows)), block(1, 200, 240_000, ["12"] * len(rows)))
    begun = time.process_time()
    assert texts(in_reading_order(tall)) == ["mot 12"] * len(rows)
    assert time.process_time() - begun < 3


def test_no_pages_have_no_margins() -> None:
    assert split_margins([]) == []
    assert split_margins([page()]) == [(page(), ())]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Introduction ........ 12", "Introduction 12"),
        ("Introduction........12", "Introduction 12"),
        ("2.1 Le périmètre . . . . . . . . 7", "2.1 Le périmètre 7"),
        ("Avant-propos …………… iv", "Avant-propos iv"),
        ("Sigles ....... p. 4", "Sigles p. 4"),
        ("Annexes ................ A-2", "Annexes A-2"),
        ("habitat . . . . 12, 15", "habitat 12, 15"),
        ("Bilan ............................", "Bilan"),
        ("............................", ""),
        ("Un ..... 1\nDeux ..... 2", "Un 1\nDeux 2"),
        ("Les ateliers, les visites, etc...", "Les ateliers, les visites, etc..."),
        ("Et après… 12 familles sont parties.", "Et après… 12 familles sont parties."),
        ("Il a dit : « […] » puis rien...", "Il a dit : « […] » puis rien..."),
        ("professionnel·les et délégué.e.s", "professionnel·les et délégué.e.s"),
        ("Nom : .......... Prénom : ..........", "Nom : .......... Prénom :"),
        ("attendre..... puis voir", "attendre..... puis voir"),
    ],
)
def test_leaders_of_contents_lines_go_and_the_dots_of_prose_stay(text: str, plain: str) -> None:
    assert strip_leaders(text) == plain


def test_many_spaces_or_dots_take_no_time() -> None:
    begun = time.process_time()
    assert strip_leaders(".." + " " * 200_000 + "x")
    assert strip_leaders("a" + " ." * 100_000) == "a"
    assert time.process_time() - begun < 2
