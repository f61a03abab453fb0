"""What the pages show, on a fake reader."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from indexer.engine.contract import FACETS
from tests.webapp.fake_reader import FakeReader

NBSP = "\N{NO-BREAK SPACE}"


def page(client: FlaskClient, url: str, status: int = 200) -> HTMLParser:
    answer = client.get(url)
    assert answer.status_code == status
    return HTMLParser(answer.text)


def words(node: HTMLParser | Node | None) -> str:
    assert node is not None
    body = node.body if isinstance(node, HTMLParser) else node
    return " ".join((body.text() if body else "").split())


def links(tree: HTMLParser, selector: str) -> list[str]:
    return [node.attributes["href"] or "" for node in tree.css(selector)]


def test_home_says_what_the_corpus_holds_and_how_to_enter_it(client: FlaskClient) -> None:
    tree = page(client, "/")
    assert tree.css_first("html").attributes["lang"] == "fr"
    assert "25 dossiers" in words(tree)
    assert "20 novembre 2026" in words(tree)
    assert "3 fichiers manquent ou n’ont pas pu être lus." in words(tree)
    assert "/recherche?theme=habitat" in links(tree, ".entries a")
    assert "/recherche?lieu=hauts-de-france/oise/noyon" in links(tree, ".entries a")


def test_a_hit_says_what_when_where_and_which_part(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat+ville")
    hit = tree.css_first(".hit")
    assert "Rencontre du réseau à Noyon titre déduit" in words(hit)
    assert "Retour sur événement" in words(hit)
    assert "11 mai 2017, 9 h 30 – 12 h" in words(hit)
    assert "juin 2017 date déduite" in words(hit)
    assert "Noyon (Oise)" in words(hit)
    assert [node.text() for node in hit.css(".passages li")[1].css("mark")] == ["contrat", "ville"]
    assert [words(node) for node in hit.css(".source")] == [
        "page",
        "PDF compte rendu n°1.pdf, p. 2 (imprimée ii), texte reconnu",
    ]
    assert hit.css(".source")[0].attributes["href"] == "/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat+ville#page"
    assert hit.css(".source")[1].attributes["href"] == "/dossier/a1/fichier/1/compte%20rendu%20n%C2%B01.pdf#page=2"
    assert links(tree, ".sources a:not(.source)") == ["/dossier/a1/rencontre-du-reseau-a-noyon?citer=1-2#citer"]
    assert "absent.pdf non disponible" in words(hit)
    assert f"compte rendu n°1.pdf (2{NBSP}pages, 364{NBSP}Ko, texte reconnu sur 1{NBSP}page)" in re.sub(
        r"[\n ]+", " ", hit.text()
    )


def test_facets_are_links_with_counts_and_chosen_values_can_be_removed(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&lieu=en-ligne&page=2")
    chosen = tree.css_first(".value.chosen")
    assert words(chosen) == "Retirer : En ligne 14 dossiers"
    assert chosen.attributes["href"] == "/recherche?q=atelier"
    assert links(tree, ".chips li a") == ["/recherche?q=atelier"]
    assert "/recherche?q=atelier&lieu=en-ligne&lieu=hauts-de-france/oise" in links(tree, ".facet a")
    assert words(tree.css_first("h1")) == "14 dossiers pour « atelier »"


def test_all_words_and_some_words_are_told_apart(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat+ville")
    assert words(tree.css_first("h1")) == "1 dossier pour « contrat ville »"
    assert words(tree.css_first(".messages")) == "2 autres dossiers n’ont qu’une partie des mots : les voir aussi."
    assert links(tree, ".messages a") == ["/recherche?q=contrat+ville&mots=tous&mots=partie"]
    assert [words(node) for node in tree.css(".facet h2")][:3] == ["Dates", "Mots trouvés", "Thème"]
    assert [words(node) for node in tree.css("#facette-mots ~ .values .value")] == [
        *("Tous les mots 1 dossier", "Une partie des mots 2 dossiers"),
    ]


def test_a_hit_says_which_words_it_lacks(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat+ville&mots=tous&mots=partie&tri=date")
    assert [words(node) for node in tree.css(".hit .lacks")] == ["Sans : ville", "Sans : ville"]
    assert [words(node) for node in tree.css(".chips li a")][:2] == [
        "Retirer le filtre Mots trouvés : Tous les mots ×",
        "Retirer le filtre Mots trouvés : Une partie des mots ×",
    ]
    hidden = [(node.attributes["name"], node.attributes["value"]) for node in tree.css("#recherche [type=hidden]")]
    assert hidden == [("mots", "tous"), ("mots", "partie"), ("tri", "date")]


def test_when_nothing_has_all_words_it_is_said(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=contrat+introuvable")
    assert "Aucun dossier ne contient tous ces mots" in words(tree.css_first(".messages"))
    assert {words(node) for node in tree.css(".lacks")} == {"Sans : introuvable"}
    assert not tree.css("#facette-mots")


def test_a_corrected_search_says_so_and_can_be_had_as_typed(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=ateleir&type=annonce")
    assert words(tree.css_first("h1")) == "22 dossiers pour « atelier »"
    assert words(tree.css_first(".messages")) == "Résultats pour « atelier » ; chercher plutôt « ateleir »."
    assert links(tree, ".messages a") == ["/recherche?q=ateleir&correction=non&type=annonce"]
    assert tree.css_first("#q").attributes["value"] == "ateleir"
    assert all("q=atelier" in link for link in links(tree, ".hit h2 a"))
    assert "/recherche?q=ateleir&type=annonce&page=2" in links(tree, "nav a")
    tree = page(client, "/recherche?q=ateleir&type=annonce&correction=non")
    assert words(tree.css_first("h1")) == "Aucun dossier pour « ateleir »"
    assert words(tree.css_first(".messages")) == "Vouliez-vous dire « atelier » ?"
    assert links(tree, ".messages a") == ["/recherche?q=atelier&type=annonce"]


def test_other_words_searched_and_other_names_are_said(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=qpv+clsm+cget")
    offer, others = (words(node) for node in tree.css("[role=status] p"))
    assert offer == "CGET s’appelle ANCT depuis 2020 : chercher « ANCT »."
    assert others == (
        "Cherché aussi : quartier prioritaire de la politique de la ville (QPV)"
        " ; conseil local de santé mentale (CLSM, d’après les dossiers)."
    )
    assert links(tree, "[role=status] a") == ["/recherche?q=ANCT"]


def test_places_stand_in_their_tree(client: FlaskClient) -> None:
    tree = page(client, "/recherche?lieu=hauts-de-france/oise")
    assert "open" in tree.css_first("#facette-lieu ~ .values > li > details[open]").attributes
    inner = tree.css("#facette-lieu ~ .values .values .values .label")
    assert {words(node) for node in inner} == {"Beauvais", "Noyon"}


def test_every_page_of_results_is_linked_to_the_others(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&page=2")
    assert links(tree, "nav [rel=prev]") == links(tree, "head [rel=prev]") == ["/recherche?q=atelier"]
    assert links(tree, "nav [rel=next]") == links(tree, "head [rel=next]") == ["/recherche?q=atelier&page=3"]
    assert words(tree.css_first("[aria-current=page]")) == "Page 2"
    assert tree.css_first("ol.hits").attributes["start"] == "11"
    last = page(client, "/recherche?q=atelier&page=3")
    assert len(last.css(".hit")) == 2
    assert not last.css("[rel=next]")


def test_a_page_after_the_last_says_where_the_last_is(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&page=9")
    assert "Il n’y a pas de page 9 : aller à la dernière, la 3" in words(tree.css_first("#resultats"))
    assert "/recherche?q=atelier&page=3" in links(tree, "[role=status] a")


def test_without_words_the_latest_come_first_and_relevance_is_not_offered(client: FlaskClient) -> None:
    tree = page(client, "/recherche")
    assert [words(node) for node in tree.css(".sorts a")] == [
        *("Plus récents", "Plus anciens", "À venir d’abord", "Passés d’abord", "Nouveautés"),
    ]
    assert words(tree.css_first(".sorts [aria-current]")) == "Plus récents"


def test_what_was_ignored_is_said_and_what_was_typed_stays(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=le&du=2017-02-30&tri=hasard")
    status = words(tree.css_first("[role=status]"))
    assert "Mots trop courants" in status
    assert "2017-02-30" in status
    assert "hasard" in status
    field = tree.css_first("#du")
    assert field.attributes["value"] == "2017-02-30"
    assert field.attributes["aria-invalid"] == "true"
    assert tree.css_first("#" + (field.attributes["aria-describedby"] or "").split()[-1]) is not None


def test_dates_are_shown_as_readers_write_them(client: FlaskClient) -> None:
    tree = page(client, "/recherche?du=2017-05-11&au=2017")
    assert [tree.css_first(f"#{name}").attributes["value"] for name in ("du", "au")] == ["11/05/2017", "2017"]
    assert "du 11 mai 2017 au 31 décembre 2017" in words(tree.css_first(".chips"))


def test_a_new_search_keeps_the_filters_and_the_order(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&theme=habitat&type=annonce&tri=date&page=2")
    hidden = [(node.attributes["name"], node.attributes["value"]) for node in tree.css("#recherche [type=hidden]")]
    assert hidden == [("theme", "habitat"), ("type", "annonce"), ("tri", "date")]


def test_no_result_says_what_to_try(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=introuvable&theme=habitat&du=2020")
    assert words(tree.css_first("h1")) == "Aucun dossier pour « introuvable »"
    assert links(tree, ".nothing a") == [
        "/recherche?q=introuvable&du=2020",
        "/recherche?q=introuvable&theme=habitat",
        "/recherche?q=introuvable",
        "/recherche",
        "/",
    ]


def test_a_dossier_shows_its_facts_with_their_certainty(client: FlaskClient) -> None:
    facts = {
        words(node.css_first("dt")): words(node)
        for node in page(client, "/dossier/a1/rencontre-du-reseau-a-noyon").css("dl > div")
    }
    assert "lu dans « Jeudi 11 mai 2017 »" in facts["Quand"]
    assert "date déduite" in facts["Quand"]
    assert "lu dans « 60400 NOYON »" in facts["Où"]
    assert "d’après : politique-de-la-ville-dsu" in facts["Thèmes"]
    assert facts["Modifié le"].endswith("7 décembre 2017 à 10:25")
    assert facts["Organisé par"].endswith("Le centre de ressources")
    assert facts["Langue"].endswith("anglais")
    assert "Février 2017 n’a que 28 jours. lu dans « 31 février 2017 »" in facts["À vérifier"]
    assert "Le 12 mai 2017 est un vendredi." in facts["À vérifier"]
    assert "12 mai 2017 à vérifier" in facts["Quand"]
    assert "thème déduit d’après : « santé mentale » 4 fois" in facts["Thèmes"]


def test_a_dossier_names_those_that_say_nearly_the_same(client: FlaskClient) -> None:
    tree = page(client, "/dossier/a1/rencontre-du-reseau-a-noyon")
    said = [words(node) for node in tree.css("section[aria-labelledby=semblables] li")]
    assert [line.rpartition("habitants ")[2] for line in said] == ["dit presque la même chose", "a le même PDF, commun.pdf"]
    assert links(tree, "section[aria-labelledby=semblables] a")[0].startswith("/dossier/d0/")


def test_a_dossier_names_its_neighbours_apart_from_its_near_copies(client: FlaskClient) -> None:
    tree = page(client, "/dossier/a1/rencontre-du-reseau-a-noyon")
    said = [words(node) for node in tree.css("section[aria-labelledby=voisins] li")]
    assert len(said) == 5
    assert said[0].endswith("cadre de vie des habitants, 1er janvier 2014 mots communs : habitants, cadre de vie")
    assert links(tree, "section[aria-labelledby=voisins] a")[0].startswith("/dossier/d0/")


def test_the_themes_found_in_the_text_can_be_counted(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier")
    assert "/recherche?q=atelier&themes=tous" in links(tree, "aside a")
    tree = page(client, "/recherche?q=atelier&themes=tous")
    assert "/recherche?q=atelier" in links(tree, "aside a")
    hidden = [(node.attributes["name"], node.attributes["value"]) for node in tree.css("#recherche [type=hidden]")]
    assert hidden == [("themes", "tous")]
    tree = page(client, "/dossier/a1/rencontre-du-reseau-a-noyon")
    assert any("theme=sante/sante-mentale&themes=tous" in link for link in links(tree, "dl a"))


def test_a_dossier_shows_its_text_part_by_part_with_the_words_marked(client: FlaskClient) -> None:
    tree = page(client, "/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat&theme=politique-de-la-ville&page=2")
    part = tree.css_first("#fichier-1-page-2")
    assert words(part.css_first("h3")) == "PDF compte rendu n°1.pdf, p. 2 (imprimée ii), texte reconnu"
    assert (part.css_first("h3 a").attributes["href"] or "").endswith(".pdf#page=2")
    assert [node.text() for node in part.css("mark")] == ["contrat"]
    assert links(tree, ".outline a") == ["#fichier-1-page-1", "#fichier-1-page-2"]
    assert len(tree.css("section[aria-labelledby=page] p")) == 2
    assert links(tree, ".back a") == ["/recherche?q=contrat&theme=politique-de-la-ville&page=2"]
    assert links(tree, ".found li a") == ["#page", "#fichier-1-page-2"]
    assert links(tree, "[rel=canonical]") == ["/dossier/a1/rencontre-du-reseau-a-noyon"]
    assert "absent.pdf non disponible fichier absent du corpus" in words(tree.css_first(".attached"))


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("/dossier/a1", "/dossier/a1/rencontre-du-reseau-a-noyon"),
        ("/dossier/a1/faux?q=%C3%A9t%C3%A9&theme=x", "/dossier/a1/rencontre-du-reseau-a-noyon?q=%C3%A9t%C3%A9&theme=x"),
        ("/dossier/c3", "/dossier/c3/dossier"),
        ("/dossier/a1/fichier/1/faux.pdf", "/dossier/a1/fichier/1/compte%20rendu%20n%C2%B01.pdf"),
    ],
)
def test_a_wrong_address_moves_to_the_right_one(client: FlaskClient, url: str, right: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Location"]) == (301, right)
    assert client.get(right, buffered=True).status_code == 200


@pytest.mark.parametrize(
    "url", ["/recherche?q=contrat", "/dossier/b2/balises", "/recherche?q=%3Cscript%3E", "/recherche?du=%3Cscript%3E"]
)
def test_text_is_never_markup(client: FlaskClient, url: str) -> None:
    tree = page(client, url)
    own = {"/static/suggest.js", "/static/copy.js", "/static/hits.js"}
    assert {node.attributes["src"] for node in tree.css("script[src]")} <= own
    assert {node.attributes.get("type") for node in tree.css("script:not([src])")} <= {"application/ld+json"}
    assert not tree.css("img, [onerror]")
    assert not [link for link in links(tree, "a") if link.startswith("javascript:")]


@pytest.mark.parametrize(
    "url", ["/", "/recherche", "/recherche?q=rien-de-tel", "/dossier/a1/rencontre-du-reseau-a-noyon", "/nulle-part"]
)
def test_every_page_is_well_formed_for_assistive_tools(client: FlaskClient, url: str) -> None:
    tree = HTMLParser(client.get(url).text)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for field in tree.css("input:not([type=hidden])"):
        assert tree.css_first(f"label[for={field.attributes['id']}]") is not None
    for node in tree.css("[aria-labelledby]"):
        assert tree.css_first(f"#{node.attributes['aria-labelledby']}") is not None
    assert {"header", "main", "footer"} <= {node.tag for node in tree.css("body > *")}
    assert tree.css_first("a").attributes["href"] == "#contenu"
    assert tree.css_first("main#contenu") is not None


def test_every_facet_has_a_title(client: FlaskClient) -> None:
    assert len(page(client, "/recherche?q=contrat+ville").css(".facet h2")) == len(FACETS) + 1


def test_the_number_of_hits_a_page_is_chosen_and_kept(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&par=20")
    assert len(tree.css(".hits > li")) == 20
    assert words(tree.css_first(".sizes [aria-current]")) == "20"
    assert "/recherche?q=atelier&par=20&page=2" in links(tree, ".paging a")
    assert "/recherche?q=atelier" in links(tree, ".sizes a")
    assert tree.css_first("input[type=hidden][name=par]").attributes["value"] == "20"
    assert "par=20" in (tree.css_first(".hit h2 a").attributes["href"] or "")  # and the way back from a dossier


def test_a_dossier_names_those_around_it(client: FlaskClient) -> None:
    tree = page(client, "/dossier/d3/atelier-3")
    groups = {words(node.css_first("h2")): links(node, "li a") for node in tree.css("section[aria-labelledby^=autour]")}
    assert list(groups) == ["À Beauvais", "Thème « Habitat et cadre de vie »", "Juste avant et juste après"]
    assert all("/dossier/d3/atelier-3" not in found for found in groups.values())
    assert len(groups["À Beauvais"]) == 4
    before, after = groups["Juste avant et juste après"]
    assert before != after
    assert "/recherche?lieu=hauts-de-france/oise/beauvais" in links(tree, "section[aria-labelledby=autour-lieu] p a")


def test_words_are_sought_inside_a_dossier(client: FlaskClient) -> None:
    tree = page(client, "/dossier/a1/rencontre-du-reseau-a-noyon?q=contrat&annee=2017")
    form = tree.css_first("form.inside")
    assert form.attributes["action"] == "/dossier/a1/rencontre-du-reseau-a-noyon"
    assert form.css_first("input").attributes["value"] == "contrat"
    assert tree.css_first("[data-hits]").attributes["hidden"] is None  # shown by the script
    assert not page(client, "/dossier/a1/rencontre-du-reseau-a-noyon?q=zzz").css("[data-hits]")


def test_what_is_new_says_since_when_and_can_be_followed(client: FlaskClient, reader: FakeReader) -> None:
    known = reader.dossiers["a1"]
    reader.dossiers["a1"] = replace(known, card=replace(known.card, changed=datetime(2026, 11, 3, 12, tzinfo=UTC)))
    tree = page(client, "/recherche?type=retour&tri=nouveautes")
    assert "nouveau ou modifié le 3 novembre 2026" in words(tree)
    assert links(tree, "main p.help a[type='application/atom+xml']") == ["/flux.atom?type=retour"]
    assert "nouveau ou modifié" not in words(page(client, "/recherche?type=retour"))


def test_a_filter_that_no_value_answers_to_is_said(client: FlaskClient) -> None:
    tree = page(client, "/recherche?q=atelier&theme=particip&tri=date")
    assert "Aucune valeur de « Thème » ne s’appelle « particip » : chercher parmi toutes." in words(tree.css_first(".messages"))
    assert links(tree, ".messages a") == ["/valeurs/theme?contient=particip&q=atelier&tri=date"]
    assert not page(client, "/recherche?q=atelier&theme=habitat").css(".messages")
