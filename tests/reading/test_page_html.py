"""HTML pages: saved from a site, print form, label/value blocks of sister sites."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from indexer.model import Link, Organisation, Page
from indexer.pages.html import page_html as read_html
from indexer.pages.labels import shipped_labels

SITE = "https://ressources.example"
SENTENCE = "Le conseil citoyen a présenté aux élus son bilan de l’année écoulée, quartier par quartier."


def page_html(text: str) -> Page:
    return read_html(text, shipped_labels())


def article(inside: str, head: str = "", around: str = "") -> Page:
    return page_html(
        f'<html><head><link rel="canonical" href="{SITE}/a/b">{head}</head><body><header><a href="/">RÉCIF</a></header>{around}'
        f"<main><h1>Bilan</h1><p>{SENTENCE}</p>{inside}</main><footer>Mentions légales</footer></body></html>"
    )


def text_of(inside: str) -> str:
    return article(inside).text.removeprefix(SENTENCE).strip()


SAVED = f"""<!DOCTYPE html><html lang="fr"><head><title>Rencontre de Valmory | RÉCIF</title>
<link rel="canonical" href="{SITE}/thematiques/sante/rencontre"><link rel="shortlink" href="/node/12">
<script>var a = "<p>jamais lu</p>";</script></head>
<body class="html page-node sidebar-first">
<div id="sliding-popup"><p>Ce site utilise des cookies. <button>OK</button></p></div>
<div id="page" class="two-sidebars"><ul id="main-menu"><li><a href="/agenda">Agenda</a></li></ul>
<div class="breadcrumb">
<h2 class="element-invisible">Vous êtes ici</h2>
<a href="/">Accueil</a> › <a href="/t">Thématiques</a> › <a href="/t/s">Santé</a></div>
<div id="content"><a id="main-content"></a>
<p><a href="#">Favoris</a> <a href="#">Favoris +</a></p>
<p><a href="#">A+</a><a href="#">A-</a>-<a href="#">Imprimer</a><a href="#">PDF</a></p>
<h1>Rencontre de&nbsp;Valmory</h1>
<div class="node"><div class="submitted">Publié le ven, 24/03/2017 - 10:00</div>
<div class="field field-name-body"><div class="field-items"><div class="field-item even"><p>{SENTENCE}</p>
<h2>Calendrier</h2><p>Inscriptions avant le 3 mars</p></div></div></div>
<div class="field"><div class="field-label">Fichiers joints :&nbsp;</div><div class="field-items"><div class="field-item">
Compte rendu (mars 2017) <span>Poids : 363.96 Ko</span>
<a href="/sites/default/files/cr%20mars.pdf">Téléchargement</a></div></div></div>
<div class="field"><div class="field-label">Dates :&nbsp;</div><div class="field-items">
<div class="field-item even">Jeudi 9 mars 2017 - 01:00</div>
<div class="field-item odd">Vendredi 10 mars 2017 - 01:00</div></div></div>
<div class="field"><div class="field-label">Lieu :&nbsp;</div>
<div class="field-items"><div class="field-item">60480 VALMORY</div></div></div>
<div class="field"><div class="field-label">Thématiques :&nbsp;</div>
<a href="/t/s">Santé, social</a>, <a href="/t/e">Emploi</a></div>
</div><ul class="pager"><li><a href="/x">Précédent</a></li><li><a href="/y">Suivant</a></li></ul></div>
<div class="sidebar"><h2>Agenda</h2><p>Date : 3 mai 2031</p></div></div>
<div id="footer"><p>12, rue des Tisserands</p></div></body></html>"""


def test_the_whole_of_a_saved_page() -> None:
    assert page_html(SAVED) == Page(
        text=f"{SENTENCE}\n\nCalendrier : Inscriptions avant le 3 mars\n\nCompte rendu (mars 2017)",
        title="Rencontre de Valmory",
        links=(Link(f"{SITE}/sites/default/files/cr%20mars.pdf", "Compte rendu (mars 2017)"),),
        dates=("Jeudi 9 mars 2017 - 01:00", "Vendredi 10 mars 2017 - 01:00"),
        places=("60480 VALMORY",),
        breadcrumb=("Thématiques", "Santé"),
        tags=("Santé, social", "Emploi"),
        published=date(2017, 3, 24),
        addresses=(f"{SITE}/thematiques/sante/rencontre", f"{SITE}/node/12"),
        language="fr",
    )


def test_the_whole_of_a_print_form() -> None:
    page = page_html(
        f"""<html><head><title>Bilan | RÉCIF</title><base href="{SITE}/print/node/7"></head><body>
        <div class="print-site_name">Publié sur <em>RÉCIF</em> (<a href="{SITE}">{SITE}</a>)</div><h1>Bilan</h1>
        <div class="print-created">Publié le 24 mars 2017</div>
        <div class="print-content"><p>{SENTENCE} Voir <a href="/guide">le guide</a> <span>[1]</span>.</p></div>
        <div class="print-source_url"><strong>URL de la source (modifié le 07/12/2017 - 10:25):</strong>
        <a href="{SITE}/a/bilan">{SITE}/a/bilan</a></div>
        <div class="print-links"><p><strong>Liens</strong></p><p>[1] {SITE}/guide<br>[2] {SITE}/node/3</p></div></body></html>"""
    )
    assert (page.title, page.text) == ("Bilan", f"{SENTENCE} Voir le guide.")
    assert (page.published, page.modified) == (date(2017, 3, 24), datetime(2017, 12, 7, 10, 25))
    assert page.addresses == (f"{SITE}/a/bilan", f"{SITE}/print/node/7")
    assert page.links == (Link(f"{SITE}/guide", "le guide"), Link(f"{SITE}/node/3", f"{SITE}/node/3"))


@pytest.mark.parametrize(
    "block",
    [
        "<dl><dt>Quand ?</dt><dd>6 mai 2018</dd><dt>Où ?</dt><dd>Lille</dd><dd>Amiens</dd></dl>",
        "<h3>Quand ?</h3><p>6 mai 2018</p><h3>Où ?</h3><ul><li>Lille</li><li>Amiens</li></ul>",
        "<p><strong>Quand ?</strong><br>6 mai 2018</p><p><b>Où ?</b><br>Lille<br>Amiens</p>",
        "<p><strong>Quand ?</strong> 6 mai 2018<br><strong>Où ?</strong> Lille<br>Amiens</p>",
        "<p><strong>Dates :</strong> 6 mai 2018 <strong>Lieux</strong> : Lille<br/>Amiens</p>",
        "<div class='field__label'>Date(s)</div><div class='field__item'>6 mai 2018</div>"
        "<div class='field__label'>Lieux</div>"
        "<div class='field__items'><div class='field__item'>Lille</div><div class='field__item'>Amiens</div></div>",
        "<table><tr><th>Date</th><td>6 mai 2018</td></tr><tr><td>Lieux :</td><td>Lille<br>Amiens</td></tr></table>",
        "<p>Date : 6 mai 2018</p><p>Lieux : Lille<br>Amiens</p>",
        "<ul><li><strong>Date :</strong> 6 mai 2018</li><li>Lieu : Lille</li><li>Lieu : Amiens</li></ul>",
        "<h4>DATES</h4><div>6 mai 2018</div><h4>LIEUX</h4><div><p>Lille<br>Amiens</p></div>",
    ],
)
def test_labels_and_values_in_every_form(block: str) -> None:
    page = article(block + "<h2>La suite</h2><p>Et la vie continue.</p>")
    assert (page.dates, page.places) == (("6 mai 2018",), ("Lille", "Amiens"))
    assert page.text == f"{SENTENCE}\n\nLa suite\n\nEt la vie continue."


def test_an_address_over_several_lines_is_one_place() -> None:
    page = article("<p><strong>Lieu :</strong><br>École des Terrasses<br>15, rue de la Tuilerie<br>93510 Villemarais</p>")
    assert page.places == ("École des Terrasses, 15, rue de la Tuilerie, 93510 Villemarais",)


def test_structure_gives_the_place_and_the_organiser_when_nothing_else_does() -> None:
    alone = article("<p><strong>Structure</strong><br>Ormeval (17)</p>")
    assert (alone.places, alone.organisations) == (("Ormeval (17)",), (Organisation("Ormeval (17)", "structure"),))
    beside = article(
        "<dl><dt>Structure</dt><dd>Ormeval (17)</dd><dt>Où ?</dt><dd>Lille</dd><dt>Organisé par</dt><dd>RÉCIF</dd></dl>"
    )
    assert (beside.places, beside.organisations[0]) == (("Lille",), Organisation("RÉCIF", "organiser"))


@pytest.mark.parametrize(
    ("calendar", "dates"),
    [("les 4,11 et 18 juin 2019", ("les 4,11 et 18 juin 2019",)), ("Inscriptions avant le 3 juin 2019", ()), ("à venir", ())],
)
def test_a_calendar_gives_dates_unless_they_are_deadlines(calendar: str, dates: tuple[str, ...]) -> None:
    page = article(f"<h3>Calendrier</h3><p>{calendar}</p>")
    assert page.dates == dates
    assert f"Calendrier : {calendar}" in page.text


def test_organisers_participants_and_contact_stay_in_the_text() -> None:
    block = "<h3>Organisé par</h3><p>RÉCIF</p><p><strong>Avec la participation de</strong> la CAF</p>"
    block += "<dl><dt>Contact</dt><dd>a@b.example</dd></dl>"
    page = article(block)
    assert page.organisations == (Organisation("RÉCIF", "organiser"), Organisation("la CAF", "participant"))
    assert page.text.endswith("Organisé par : RÉCIF\n\nAvec la participation de : la CAF\n\nContact : a@b.example")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>Un<br>deux</p><p>trois</p>", "Un\ndeux\n\ntrois"),
        ("<ul><li>Un</li><li>Deux<ul><li>Trois</li></ul></li></ul><p>Fin</p>", "- Un\n- Deux\n  - Trois\n\nFin"),
        (
            "<table><tr><th>An</th><th>Nombre</th></tr><tr><td><p>2015</p></td><td> 12 </td></tr></table>",
            "An | Nombre\n2015 | 12",
        ),
        ("<p>in<b>ter</b>com<i>munal</i> et<span> </span>social</p>", "intercommunal et social"),
        ("<p>l’an&nbsp;2015&#8239;: 4\u2009000\u00a0€</p>", "l’an 2015 : 4 000 €"),
        ("<div>Un<div>deux</div>trois</div>", "Un\n\ndeux\n\ntrois"),
        ("<p>Un</p><script>non</script><style>non</style><form>non</form><p hidden>non</p>", "Un"),
        ("<p>La <strong>date</strong> reste à fixer.</p>", "La date reste à fixer."),
        ("<p><strong>Date</strong> du prochain conseil : à fixer.</p>", "Date du prochain conseil : à fixer."),
        ("<p>Où ? Quand ? Comment ? Tout reste ouvert.</p>", "Où ? Quand ? Comment ? Tout reste ouvert."),
        ("<table><tr><td><h2>Un</h2><p>deux</p></td><td><p>trois</p></td></tr></table>", "Un\n\ndeux\n\ntrois"),
        ("<p><a href='#'>Haut de page</a></p><p>Partager sur Facebook</p><p>Un</p>", "Un"),
        ("<p>Il existe une note [3] sans renvoi.</p>", "Il existe une note [3] sans renvoi."),
    ],
)
def test_text_as_a_reader_sees_it(inside: str, text: str) -> None:
    assert text_of(inside) == text


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Autre | RÉCIF</title><body><main><h1>Le titre</h1><p>x</p></main>", "Le titre"),
        ("<title>Le titre | RÉCIF</title><body><main><p>x</p></main>", "Le titre"),
        ("<title>Le titre – RÉCIF</title><body><main><p>x</p></main>", "Le titre"),
        ('<title>Autre</title><meta property="og:title" content="Le titre"><body><p>x</p>', "Le titre"),
        ("<body><header><h1>RÉCIF</h1></header><article><h1>Le<br>titre</h1><p>x</p></article>", "Le titre"),
        ("<body><article><header><h1>Le titre</h1></header><p>x</p></article>", "Le titre"),
        ("<body><p>x</p>", None),
    ],
)
def test_titles(page: str, title: str | None) -> None:
    assert page_html(page).title == title


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        ('<meta property="article:published_time" content="2019-09-02">', date(2019, 9, 2), None),
        ('<meta property="article:modified_time" content="2022-03-14T10:05:00+01:00">', None, datetime(2022, 3, 14, 10, 5)),
        ('<meta property="article:published_time" content="2017-03-23T23:00:00Z">', date(2017, 3, 24), None),
        ('<meta property="article:published_time" content="2017-06-23T22:30:00+00:00">', date(2017, 6, 24), None),
        ('<meta property="article:published_time" content="hier">', None, None),
    ],
)
def test_dates_of_the_head_in_the_time_of_france(head: str, published: date | None, modified: datetime | None) -> None:
    page = article("", head)
    assert (page.published, page.modified) == (published, modified)


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Publié le 24 mars 2017", date(2017, 3, 24), None),
        ("Mis en ligne le 1er mars 2017 par Nadia", date(2017, 3, 1), None),
        ("Mis à jour le 14 mars 2022 - 10:05", None, datetime(2022, 3, 14, 10, 5)),
        ("Publié le 24/03/2017 | Modifié le 25/03/2017 - 08:00", date(2017, 3, 24), datetime(2017, 3, 25, 8)),
        ("Dernière mise à jour : 25/03/2017", None, datetime(2017, 3, 25)),
        ('Publié le <time datetime="2017-03-24">24 mars 2017</time>', date(2017, 3, 24), None),
    ],
)
def test_dates_said_on_the_page(line: str, published: date | None, modified: datetime | None) -> None:
    page = article(f"<p class='meta'>{line}</p>")
    assert (page.published, page.modified, page.text) == (published, modified, SENTENCE)


def test_links_are_absolute_and_those_of_the_article() -> None:
    page = article(
        '<p><a href="../c">C</a> <a href="mailto:a@b.example">écrire</a> <a href="javascript:x()">js</a> <a href="#n">n</a>'
        ' <a href="/sites/default/files/a.pdf"><span>Le rapport</span></a> <a href="http://[bad">x</a></p>',
        around='<ul class="menu"><li><a href="/agenda">Agenda</a></li></ul>',
    )
    assert page.links == (Link(f"{SITE}/c", "C"), Link(f"{SITE}/sites/default/files/a.pdf", "Le rapport"))


@pytest.mark.parametrize("href", ["/", f"{SITE}/", f"{SITE}/?p=12", "javascript:x"])
def test_a_home_page_is_no_address_of_a_page(href: str) -> None:
    page = page_html(f'<link rel="canonical" href="{href}"><meta property="og:url" content="{SITE}/a"><p>x</p>')
    assert page.addresses == (f"{SITE}/a",)


@pytest.mark.parametrize(
    "page",
    [
        f'<body><div id="top"><a href="/">Accueil</a></div><div id="corps"><h1>Bilan</h1><p>{SENTENCE}</p></div><i>Crédits</i>',
        f'<body><form id="aspnet"><div class="sidebar-left"><h1>Bilan</h1><p>{SENTENCE}</p></div></form></body>',
        f'<body><article class="teaser"><p>Bref</p></article><div id="content"><h1>Bilan</h1><p>{SENTENCE}</p></div></body>',
        f"<h1>Bilan</h1>{SENTENCE}",
        f"<div class='page-with-menu menu'><h1>Bilan</h1><div>{SENTENCE}</div></div>",
    ],
)
def test_the_article_is_found(page: str) -> None:
    assert page_html(page).text == SENTENCE


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "span", "dl><dd", "div class=page"])
def test_tags_nested_very_deep(tag: str) -> None:
    assert "au fond" in page_html(f"<h1>Bilan</h1><p>{SENTENCE}</p>" + f"<{tag}>" * 100_000 + "<p>au fond").text


def test_a_page_of_5_megabytes_is_quick() -> None:
    started = time.process_time()
    page = article("".join(f"<p>Point numéro {number} d’un très long relevé de décisions.</p>" for number in range(75_000)))
    assert len(page.text) > 3_500_000
    assert time.process_time() - started < 8


def test_a_page_of_75000_labels_and_links_is_quick() -> None:
    started = time.process_time()
    page = article(
        "".join(f"<p>Point {number} <a href='/p/{number}'>suite</a> <strong>Date :</strong> x</p>" for number in range(75_000))
    )
    assert len(page.text) > 700_000
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "inside",
    [
        "<p>" + "<a href='/x.pdf'>pdf</a> " * 20_000,
        "<p>" + "<b>Date :</b> 12 mai " * 20_000,
        "<h3>Structure</h3><p>x</p>" * 20_000,
        "<table><tr><td>Date</td><td>Lieu</td></tr>" + "<tr><td>12 mai</td><td>Lille</td></tr>" * 20_000 + "</table>",
        "<dl>" + "<dt>Date</dt>" * 30_000 + "</dl>",
        "<i " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x</i>",
        "<p>" + "un mot et un autre, " * 100_000,
        "<p>" + "**a " * 200_000,
    ],
    ids=["downloads", "bold labels", "headings", "columns", "empty labels", "attributes", "one line", "stars"],
)
def test_no_mark_up_takes_a_square_of_time(inside: str) -> None:
    started = time.process_time()
    article(inside)
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>Avant</p><!-- jamais fermé <p>Après</p>", "Avant"),
        ("<p>Avant</p><script>if (a < b) {", "Avant"),
        ("<p>Av\0ant", "Avant"),
        ("<p>Un &euro;&nbsp;et &inconnu; &#8217;", "Un € et &inconnu; ’"),
        ("<p><b>gras <p>non fermé", "gras\n\nnon fermé"),
    ],
)
def test_damaged_mark_up_gives_its_text(inside: str, text: str) -> None:
    page = page_html(f"<main><h1>Bilan</h1>{inside}")
    assert page.text == text


def test_entity_declarations_are_not_expanded_and_not_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><h1>Bilan</h1><p>Un &b; deux</p>'
    assert page_html(bomb).text == "Un &b; deux"


@pytest.mark.parametrize(
    "block",
    [
        "<h3>Quand ?</h3><p>" + "La date sera fixée quand les salles seront libres et que chacun aura répondu. " * 6 + "</p>",
        "<h3>Où ?</h3><p>" + "Le lieu sera choisi par les participants selon les trains et les cantines du coin. " * 6 + "</p>",
    ],
)
def test_a_field_with_prose_stays_text(block: str) -> None:
    page = article(block)
    assert (page.dates, page.places) == ((), ())
    assert len(page.text) > 450


def test_a_table_as_a_date() -> None:
    rows = "<tr><td>Séance 1</td><td>12 mai 2019</td></tr><tr><td>Séance 2</td><td>19 mai 2019</td></tr>"
    page = article(f"<h3>Dates</h3><table>{rows}</table><h3>Suite</h3><p>Rien d’autre.</p>")
    assert page.dates == ("Séance 1, 12 mai 2019", "Séance 2, 19 mai 2019")


def test_labels_without_values_are_no_facts_and_no_text() -> None:
    page = article("<p><b>Dates :</b></p><p><b>Lieu :</b></p><h3>Quand ?</h3><h3>Où ?</h3>")
    assert (page.dates, page.places, page.text) == ((), (), SENTENCE)


@pytest.mark.parametrize(
    ("block", "date"),
    [
        ("<p>Date : 12 mai 2019</p><p>Horaires : 9h – 12h</p>", "12 mai 2019, 9h – 12h"),
        ("<p>Date : 12 mai 2019 à 10h</p><p>Horaires : 9h – 12h</p>", "12 mai 2019 à 10h"),
        ("<p>Date : 12 mai 2019</p><p>Horaires : selon les salles</p>", "12 mai 2019"),
        ("<p>Date de début : 12/03/2019</p><p>Date de fin : 14/03/2019</p>", "du 12/03/2019 au 14/03/2019"),
    ],
)
def test_a_date_takes_the_hours_and_the_end_that_have_labels_of_their_own(block: str, date: str) -> None:
    assert article(block).dates == (date,)


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (["École", "15, rue de la Tuilerie", "93510 Villemarais"], ("École, 15, rue de la Tuilerie, 93510 Villemarais",)),
        (["Parc du Château", "Allée des Tilleuls", "59640 Nordhelle", "France"],
         ("Parc du Château, Allée des Tilleuls, 59640 Nordhelle, France",)),
        (["Haus", "Lindenplatz 4", "D-77000 Sankt-Ilmen, ALLEMAGNE"], ("Haus, Lindenplatz 4, D-77000 Sankt-Ilmen, ALLEMAGNE",)),
        (["Lille", "Amiens"], ("Lille", "Amiens")),
        (["59640 Nordhelle", "80410 Aubrecourt"], ("59640 Nordhelle", "80410 Aubrecourt")),
    ],
)  # fmt: skip
def test_lines_of_a_place_field_are_one_address_or_several_places(lines: list[str], places: tuple[str, ...]) -> None:
    assert article(f"<p><b>Lieu :</b><br>{'<br>'.join(lines)}</p>").places == places
    assert article(f"<h3>Lieu</h3><div><div>{'</div><div>'.join(lines)}</div></div><h3>Suite</h3>").places == places


def test_items_of_a_place_list_are_places_of_their_own() -> None:
    page = article("<h3>Lieux</h3><ul><li>Nordhelle</li><li>3, rue Haute<br>80410 Aubrecourt</li></ul>")
    assert page.places == ("Nordhelle", "3, rue Haute, 80410 Aubrecourt")


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="fr-FR"><p>Bref.', "fr"),
        ("<html><p>Bref.", None),
        (f"<html><p>{SENTENCE} Il en ressort que les habitants attendent des réponses sur le logement.", "fr"),
        (f'<html lang="en"><p>{SENTENCE} Il en ressort que les habitants attendent des réponses sur le logement.', "fr"),
        ('<html lang="br"><p>Bremañ emañ ar gêr o cheñch, ha tud ar c’harter a gemer perzh e pep tra, miz goude miz, bloaz goude'
         " bloaz, hep paouez.", "br"),
    ],
)  # fmt: skip
def test_language_declared_and_checked_against_the_text(html: str, language: str | None) -> None:
    assert page_html(html).language == language


EVENT = '{"@type": "Event", "name": "a", "startDate": "2019-05-12", "location": {"name": "Halle", "address": "59640 Nordhelle"}}'


@pytest.mark.parametrize(
    ("data", "dates", "places"),
    [
        (EVENT, ("2019-05-12",), ("Halle, 59640 Nordhelle",)),
        (f"[{EVENT}, {EVENT}]", ("2019-05-12",), ("Halle, 59640 Nordhelle",)),
        (f'[{EVENT}, {{"@type": "Event", "name": "b", "startDate": "2019-06-01"}}]', (), ()),
        ('{"@type": "Event", "startDate": "bientôt", "location": {"@type": "VirtualLocation"}}', (), ("en ligne",)),
        ('{"@type": "Event", "startDate": 5, "location": 7, "organizer": [null]}', (), ()),
        ("{", (), ()),
        ("[" * 50_000, (), ()),
    ],
)
def test_a_described_event_counts_where_no_label_does(data: str, dates: tuple[str, ...], places: tuple[str, ...]) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    page = article(script)
    assert (page.dates, page.places) == (dates, places)
    assert article(f"<p>Date : 3 mai 2018</p>{script}").dates == ("3 mai 2018",)


@pytest.mark.parametrize(
    "line",
    [
        "Date : 12 mai 2020 | Lieu : Lille",
        "<em>Quand</em> : 12 mai 2020 — <em>Où</em> : Lille",
        "<b>Date :</b> 12 mai 2020 - <b>Lieu :</b> Lille",
        "Date : 12 mai 2020 • Lieu : Lille",
    ],
)
def test_several_labels_in_one_line(line: str) -> None:
    page = article(f"<p>{line}</p>")
    assert (page.dates, page.places, page.text) == (("12 mai 2020",), ("Lille",), SENTENCE)


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("Proposé par le CRPV et la CAF", ("le CRPV et la CAF",)),
        ("Organisé par la ville, ce forum a réuni vingt personnes.", ()),
        ("Organisé par la ville", ("la ville",)),
        ("Partenaires de longue date, ils se retrouvent", ()),
    ],
)
def test_a_phrase_introduces_bodies_when_it_is_no_sentence(line: str, bodies: tuple[str, ...]) -> None:
    assert tuple(body.name for body in article(f"<p>{line}</p>").organisations) == bodies


def test_prose_under_a_label_of_bodies_names_none() -> None:
    prose = "La rencontre est née d’une envie commune de deux associations qui travaillent depuis dix ans au même endroit."
    assert article(f"<h2>Organisateurs</h2><p>{prose}</p>").organisations == ()
