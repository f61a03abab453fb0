"""Cleaning the words of PDF text: each rule on what it is for, and on what it must leave alone."""

from __future__ import annotations

import codecs
from collections import Counter

import pytest

from indexer.analysis import SOFT_HYPHEN
from indexer.model import PdfReader
from indexer.pdf.accents import compose
from indexer.pdf.cleaning import clean_pages
from indexer.pdf.footnotes import set_apart
from indexer.pdf.garbage import is_garbage, real_words
from indexer.pdf.hyphens import mend
from indexer.pdf.lexicon import is_word
from indexer.pdf.ligatures import as_letters, restore
from indexer.pdf.raw import Line, RawPage
from indexer.pdf.spacing import close_up

PROSE = "Les habitants du quartier se réunissent chaque mois pour parler de la propreté et des jeux pour les enfants de la cité."


@pytest.mark.parametrize("word", ["accessibilité", "gouvernance", "Particulièrement", "QUARTIERS", "éligibles", "à", "œuvre"])
def test_words_of_french(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["enune", "sibilité", "xqz", "b"])
def test_what_is_no_word(word: str) -> None:
    assert not is_word(word)


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("g´en´erale", "générale"),
        ("tr`es", "très"),
        ("fran¸cais", "français"),
        ("franc¸ais", "français"),
        ("connaˆıtre", "connaître"),
        ("na¨ıve", "naïve"),
        ("´Evaluation", "Évaluation"),
        ("l’´ecole, jusqu’`a midi", "l’école, jusqu’à midi"),
        ("´ Evaluation", "Évaluation"),
        ("consid´ er´ e", "considéré"),
        ("`normal' et `open", "`normal' et `open"),
        ("5 `", "5 `"),
        ("la ville ´", "la ville ´"),
    ],
)
def test_spacing_accents_stand_on_their_letters(drawn: str, meant: str) -> None:
    assert compose(drawn) == meant


def test_ligature_characters_are_letters_and_no_other_character_changes() -> None:
    assert as_letters("eﬃcace ﬁn aﬀaire ½ m² nª") == "efficace fin affaire ½ m² nª"


@pytest.mark.parametrize("mark", ["(cid:28)", "\x1c", "\ufffd", "\ue001"])
def test_what_the_font_lost_inside_words_comes_back(mark: str) -> None:
    pages = [f"le dé{mark} de la {mark}n du mois", f"un béné{mark}ce et une a{mark}che", "rien ici"]
    assert restore(pages, is_word) == ["le défi de la fin du mois", "un bénéfice et une affiche", "rien ici"]


def test_marks_that_no_letters_make_a_word_are_left_out() -> None:
    assert restore(["zzq(cid:3)zzq et \x01\x02"], is_word)[0].replace("fi", "") == "zzqzzq et "


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("l’acces-\nsibilité", "l’accessibilité"),
        ("les quar-\n  tiers", "les quartiers"),
        ("rendez-\nvous", "rendez-vous"),
        ("Saint-\nDenis", "Saint-Denis"),
        ("peut-\nêtre", "peut-être"),
        ("co\u00ad\nopération", "coopération"),
        ("le kwas-\nbrod", f"le kwas{SOFT_HYPHEN}brod"),
        ("les quar-\n\ntiers", "les quartiers"),
        ("le kwas-\n\nbrod", "le kwas-\n\nbrod"),
        ("co\u00adopé\u00adration, acces\u00adsibilité", "coopération, accessibilité"),
        ("Jean\u00adCome à \u00ad3 degrés", "Jean-Come à -3 degrés"),
        ("entre 2015-\n2020", "entre 2015-\n2020"),
        ("un tiret -\nseul", "un tiret -\nseul"),
        ("une liste :\n- premier", "une liste :\n- premier"),
    ],
)
def test_words_cut_at_line_ends(cut: str, whole: str) -> None:
    assert mend(cut, {}) == whole


def test_the_document_s_own_words_decide() -> None:
    assert mend("porte-\nmonnaie", Counter({"portemonnaie": 2})) == "portemonnaie"
    assert mend("inter-\nquartiers", Counter({"inter-quartiers": 2, "interquartiers": 1})) == "inter-quartiers"
    assert mend("kwas-\nbrod", Counter({"kwasbrod": 1})) == "kwasbrod"


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("la p o l i t i q u e de la ville", "la politique de la ville"),
        ("P R O G R A M M E", "PROGRAMME"),
        ("choix a b c d e", "choix a b c d e"),
        ("de 1 2 3 4", "de 1 2 3 4"),
    ],
)
def test_letters_drawn_one_by_one(drawn: str, meant: str) -> None:
    assert close_up(drawn) == meant


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("la DDETSPP1 et", "la DDETSPP 1 et"),
        ("les habitants2.", "les habitants 2."),
        ("la ville13 a", "la ville 13 a"),
        *(
            (same, same)
            for same in ("CO2", "H2O", "A4", "E2C", "T3", "covid19", "notes3.pdf", "v2", "kwasbrod2", "page-2", "@ville2")
        ),
        ("une DDCS1", "une DDCS1"),
    ],
)
def test_footnote_digits(glued: str, apart: str) -> None:
    assert set_apart(glued, Counter({"ddetspp": 3})) == apart


def test_names_with_digits_are_no_footnote_calls() -> None:
    counts = Counter({"raid": 9, "raid1": 1, "raid5": 1, "fichier1": 1, "fichier2": 1, "nord4": 2})
    for same in ("le RAID1 et", "le fichier1 ou", "au nord4 de", "[option1]", "x=valeur1", "mot0"):
        assert set_apart(same, counts) == same


@pytest.mark.parametrize("note", ["2 Source : enquête.", "  2. Voir l’annexe.", "(2) Ibid.", "2\nVoir l’annexe."])
def test_a_note_on_the_page_tells_a_footnote_call(note: str) -> None:
    counts = Counter({"habitants2": 1, "habitants5": 1})
    assert set_apart(f"les habitants2 disent\n{note}", counts) == f"les habitants 2 disent\n{note}"
    assert set_apart("les habitants2 disent\nle 2 mai", counts) == "les habitants2 disent\nle 2 mai"


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:13)(cid:14) (cid:15)(cid:16)" * 10,
        "\ue001\ue002\ue003 " * 30,
        "l e s h a b i t a n t s d u q u a r t i e r s e r é u n",
        PROSE.replace(" ", "") * 5,
        codecs.encode(PROSE.lower(), "rot13") * 2,
    ],
)
def test_garbage_is_told(text: str) -> None:
    assert is_garbage(text)


@pytest.mark.parametrize(
    "text", ["", PROSE, "1 2 3 4 5", "Annexe A", "Lille 2019 : 12 %", "The people of the district meet every month."]
)
def test_text_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)


def test_real_words_are_counted() -> None:
    assert real_words("les habitants xqzt de la cité") == 3


def page(number: int, *lines: str, reader: PdfReader = "pdfium") -> RawPage:
    placed = (Line(text, 72, 700 - 14 * row, 72 + 6 * len(text), 712 - 14 * row, row // 2) for row, text in enumerate(lines))
    return RawPage(number, 595, 842, tuple(placed), reader=reader)


def test_a_page_becomes_text_by_paragraphs() -> None:
    (clean,) = clean_pages([page(1, "Le quar-", "tier et la ﬁn", "Introduction ........ 12", "du g´en´eral")])
    assert clean.text == "Le quartier et la fin\n\nIntroduction 12\ndu général"
    assert clean.margins == ()


def test_headers_leave_the_text_and_stay_on_record() -> None:
    def with_header(number: int) -> RawPage:
        header = Line("Rapport annuel", 72, 810, 200, 822, 99)
        body = page(number, f"{PROSE} ({number})", "La suite du texte de la page.", "Encore une ligne.")
        return RawPage(number, 595, 842, (header, *body.lines), reader="pdfium")

    clean = clean_pages([with_header(number) for number in range(1, 6)])
    assert all(page.margins == ("Rapport annuel",) and "Rapport" not in page.text for page in clean)


def test_a_document_of_one_line_a_page_keeps_its_text() -> None:
    pages = [
        RawPage(n, 595, 842, (Line(f"Le budget participatif {n}", 72, 700, 200, 712, 0),), reader="pdfium") for n in range(1, 9)
    ]
    assert [page.text for page in clean_pages(pages)] == [f"Le budget participatif {n}" for n in range(1, 9)]


def test_pages_keep_their_number_and_order() -> None:
    assert [clean.text for clean in clean_pages([page(1), page(2, "Deux"), page(3)])] == ["", "Deux", ""]
