"""A small corpus in which every field of the pages and PDFs is an attack on who shows it: scripts, formulas, new lines."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

SCRIPTS = (
    "<script>hurt()</script>",
    "<img src=x onerror=hurt()>",
    '"><svg onload=hurt()>',
    "' autofocus onfocus=hurt() x='",
    "javascript:hurt()",
    "</title><script>hurt()</script>",
    "</script><script>hurt()</script>",
    "{{ 7*'7' }}${7*7}",
    "-->]]><script>hurt()</script>",
    "&lt;script&gt;hurt()&lt;/script&gt;",
)
"""Ways into a page."""
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "=cmd|' /C calc'!A0")
"""Ways into a spreadsheet."""


def _page(number: int, attack: str) -> str:
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&#39;")
    return f"""<html lang="fr"><head><title>{escaped} titre</title><meta charset="utf-8">
<meta property="og:title" content="{escaped}"><link rel="canonical" href="https://exemple.example/{number}?{escaped}">
<meta name="keywords" content="{escaped}"></head><body><ul class="breadcrumb"><li><a href="/">{escaped}</a></li></ul>
<h1>{escaped} atelier {number}</h1><p>Atelier quartier {escaped} conseil citoyen {escaped} ville.</p>
<p>Date : le {3 + number} mai 2017 {escaped}</p><p>Lieu : {escaped} Noyon (60)</p><p>Organisé par : Association {escaped}</p>
<p>Thèmes : {escaped}</p><a href="javascript:hurt()">{escaped}</a><a href="data:text/html,{escaped}">d</a>
<a href="https://exemple.example/{escaped}.pdf">{escaped}</a><a href="/files/lie-{number}.pdf">{escaped}</a></body></html>"""


def _text(number: int, attack: str) -> str:
    return f"""{attack} texte {number}

Atelier quartier {attack} conseil citoyen {attack} ville. Voir [{attack}](javascript:hurt()).

Dates:
    le {3 + number} juin 2018 {attack}

Lieu:
    {attack} Noyon (60)

Organisé par : Association {attack}
Thèmes : {attack}
URL de la source (modifié le 11/05/2017 - 09:30): https://exemple.example/t{number}?{attack}
"""


def _pdf(path: Path, attack: str) -> None:
    canvas = Canvas(str(path), lang="fr")
    canvas.setTitle(f"{attack} document")
    canvas.setAuthor(attack)
    for number in range(2):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"{attack} chapitre {number}", f"p{number}")
        canvas.drawString(40, 700, f"Atelier quartier {attack} conseil citoyen")
        canvas.showPage()
    canvas.save()


def write(corpus: Path) -> None:
    """Write the corpus; a secret lies beside it."""
    corpus.mkdir()
    (corpus.parent / "secret.pdf").write_bytes(b"%PDF-1.4 secret")
    for number, attack in enumerate([*SCRIPTS, *FORMULAS]):
        (corpus / f"page{number}.html").write_text(_page(number, attack), encoding="utf-8")
        (corpus / f"texte{number}.txt").write_text(_text(number, attack), encoding="utf-8")
        _pdf(corpus / f"lie-{number}.pdf", attack)
        _pdf(corpus / f"{attack.replace('/', chr(0x2215))[:60]}.pdf", attack)
    _pdf(corpus / "retour\r\nSet-Cookie: hurt=1.pdf", "retour\r\nSet-Cookie: hurt=1")
    (corpus / "<script>hurt()<∕script>cassé.pdf").write_bytes(b"%PDF-1.4\nrien")
