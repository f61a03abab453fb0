"""Which files are one dossier, what it is called, and which PDFs are its own."""

from __future__ import annotations

from datetime import datetime

import pytest

from indexer.addresses import canonical, identity, same_pages
from indexer.corpus import comparable, is_pdf_link, link_name, nearest
from indexer.dossier import plan_dossiers
from indexer.facts.page_type import page_type
from indexer.facts.titles import derive_title, first_sentence, title_of_file
from indexer.model import Link, Page, PageFile, PdfFile, PdfFilePage
from indexer.slugs import slug

SITE = "https://ressources.example"


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/thematiques/ville/reseau-3",
        "http://www.ressources.example/thematiques/ville/reseau-3/",
        f"{SITE}/print/thematiques/ville/reseau-3?page=1#haut",
        "ressources.example/thematiques/ville/reseau-3",
    ],
)
def test_one_page_has_one_address(url: str) -> None:
    assert canonical(url) == "ressources.example/thematiques/ville/reseau-3"


def test_a_node_is_the_same_with_its_slug_or_without() -> None:
    assert canonical(f"{SITE}/node/12/une-page") == canonical(f"{SITE}/print/node/12") == "ressources.example/node/12"


def test_a_query_counts_only_where_it_names_the_page() -> None:
    assert canonical(f"{SITE}/article.php3?id_article=12") != canonical(f"{SITE}/article.php3?id_article=13")
    assert canonical(f"{SITE}/?q=node/12") != canonical(f"{SITE}/?q=node/13")
    assert canonical(f"{SITE}/une-page?utm_source=lettre") == canonical(f"{SITE}/une-page")


def test_an_accent_may_be_percent_encoded_or_not() -> None:
    assert canonical(f"{SITE}/action/%C3%A9t%C3%A9") == canonical(f"{SITE}/action/été")


def test_pages_that_share_an_address_are_one() -> None:
    addresses = {
        "a.txt": [f"{SITE}/node/1"],
        "b.html": [f"{SITE}/une-page", f"{SITE}/node/1"],
        "c.html": [f"{SITE}/une-page/"],
        "d": [],
    }
    assert same_pages(addresses) == [["a.txt", "b.html", "c.html"], ["d"]]
    assert identity([f"{SITE}/node/1", f"{SITE}/une-page"], "a.txt") == "ressources.example/une-page"


@pytest.mark.parametrize(
    ("link", "name"),
    [
        (f"{SITE}/sites/default/files/%C3%89tude%202017.PDF", "étude 2017.pdf"),
        ("/files/e%CC%81tude.pdf?download=1", "étude.pdf"),
        ("etude.pdf#page=2", "ETUDE.PDF"),
    ],
)
def test_a_link_and_a_file_have_the_same_name(link: str, name: str) -> None:
    assert comparable(link_name(link)) == comparable(name)


def test_of_two_files_of_a_name_the_one_meant_is_taken() -> None:
    candidates = ["autre/2016/etude.pdf", "pages/2017/etude.pdf"]
    assert nearest(f"{SITE}/files/2016/etude.pdf", "pages/p.txt", candidates) == "autre/2016/etude.pdf"
    assert nearest(f"{SITE}/files/etude.pdf", "pages/p.txt", candidates) == "pages/2017/etude.pdf"


def page(path: str, url: str, modified: int, *links: str) -> PageFile:
    facts = Page("", addresses=(url,), modified=datetime(modified, 1, 1), links=tuple(Link(link, "x") for link in links))
    return PageFile(path, f"key-{path}", facts)


def test_a_corpus_becomes_dossiers() -> None:
    pages = [
        page("a.txt", f"{SITE}/une-page", 2017, "etude.pdf", "absent.pdf"),
        page("b.html", f"{SITE}/une-page", 2019, "ETUDE.PDF"),
        page("c.txt", f"{SITE}/autre", 2018, "etude.pdf"),
    ]
    pdfs = [
        PdfFile("etude.pdf", "k1", 10, (PdfFilePage(1),)),
        PdfFile("seul.pdf", "k2", 10, (PdfFilePage(1),)),
        PdfFile("mort.pdf", "k3", 0),
    ]
    first, second, alone = plan_dossiers(pages, pdfs)
    assert [file.path for file in first.pages] == ["b.html", "a.txt"]
    assert [(attachment.name, attachment.status) for attachment in first.attachments] == [
        ("etude.pdf", "available"),
        ("absent.pdf", "missing"),
    ]
    assert [file.path for file in second.pages] == ["c.txt"]
    assert [attachment.path for attachment in alone.attachments] == ["seul.pdf"]


def test_identifiers_do_not_depend_on_the_state_of_the_page() -> None:
    (before,) = plan_dossiers([page("a.txt", f"{SITE}/une-page", 2017)], [])
    (after,) = plan_dossiers([page("z/b.html", "http://www.ressources.example/une-page/", 2020)], [])
    assert before.id == after.id
    assert before.fingerprint("r") != after.fingerprint("r")
    assert before.fingerprint("r") != before.fingerprint("other rules")


def test_a_cut_slug_is_completed_and_accented_by_the_text() -> None:
    text = "Une rencontre du réseau des chefs de projet. Le réseau chefs de projet politique de la ville se retrouve."
    url = f"{SITE}/thematiques/dsu/animation-du-reseau-chefs-de-projet-politique-de-la/reseau-3"
    assert derive_title(text, [url], []) == "Animation du réseau chefs de projet politique de la ville"


def test_a_slug_gets_back_its_apostrophes_and_capitals() -> None:
    text = "Il s’agit de l’évaluation du NPNRU de La Verrerie, et de La Verrerie seulement."
    title = derive_title(text, [f"{SITE}/actualites/levaluation-du-npnru-d-une-verrerie"], [])
    assert title == "L’évaluation du NPNRU d’une Verrerie"


def test_a_theme_is_no_title() -> None:
    assert derive_title("M. Martin est venu. Suite.", [f"{SITE}/thematiques/acces-aux-droits/x"], []) == "M. Martin est venu."
    assert derive_title("", [f"{SITE}/agenda/une-belle-page.html"], []) == "Une belle page"


def test_other_titles() -> None:
    assert derive_title("Une matinée d’échanges. Suite.", [f"{SITE}/node/3"], []) == "Une matinée d’échanges."
    assert derive_title("", [], ["Compte-rendu_2019.pdf"]) == "Compte rendu 2019"
    assert len(first_sentence("mot " * 100)) <= 121
    assert title_of_file("etude%20seule.pdf") == "Etude seule"


@pytest.mark.parametrize(
    ("text", "title", "url", "dated", "expected"),
    [
        ("La rencontre s’est tenue à Valmory. Les échanges ont permis…", "Rencontre", "/thematiques/x", True, "retour"),
        ("Inscription avant le 3 mai. La journée se tiendra à Valmory.", "Journée", "/thematiques/x", True, "annonce"),
        ("Texte", "Retour sur la journée", "/actualites-0/x", True, "retour"),
        ("Texte", "Un décret paraît", "/actualites-0/un-decret", False, "actualite"),
        ("Nos missions", "L’équipe", "/propos-de-recif/equipe", False, "structure"),
        ("Un guide à télécharger", "Guide", "/thematiques/x", False, "ressource"),
    ],
)
def test_page_types(text: str, title: str, url: str, dated: bool, expected: str) -> None:
    assert page_type(Page(text, addresses=(SITE + url,)), title, dated) == expected


def test_slugs_keep_the_words_apart() -> None:
    assert slug("L’évaluation dans le Val-d'Oise") == "l-evaluation-dans-le-val-d-oise"
    assert slug("Une matinée d’échanges", 12) == "une-matinee"


@pytest.mark.parametrize("url", ["http://[::1/rapport.pdf?x=1#p", "http://exa\u2100mple/rapport.pdf", "//[/rapport.pdf"])
def test_what_is_no_address_still_names_its_file(url: str) -> None:
    assert is_pdf_link(url)
    assert link_name(url) == "rapport.pdf"
    assert nearest(url, "pages/a.html", ["pdf/rapport.pdf", "pages/rapport.pdf"]) == "pages/rapport.pdf"
