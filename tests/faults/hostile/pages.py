"""Pages made to hurt, by name: what is written, or how they come to stand in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.faults.hostile.raw_pdf import GOOD
from tests.faults.variant import LONG

DEEP = 100_000
_H1 = f"<h1>{GOOD}</h1>"


def _meta(charset: str, body: str = _H1) -> bytes:
    return f'<meta charset="{charset}">{body}'.encode()


SOUND: dict[str, bytes | str] = {
    "profonde.html": _H1 + "<div>" * DEEP + "au fond",
    "profonde-fermee.html": _H1 + "<div>" * DEEP + "au fond" + "</div>" * DEEP,
    "profonde-en-gras.html": _H1 + "<b>" * DEEP + "au fond",
    "listes-profondes.html": _H1 + "<ul><li>" * (DEEP // 2) + "au fond",
    "tableaux-profonds.html": _H1 + "<table><tr><td>" * (DEEP // 10) + "au fond",
    "svg-profond.html": _H1 + "<svg>" + "<g>" * DEEP + "</svg>",
    "formulaires-profonds.html": _H1 + "<select><optgroup>" * DEEP,
    "citations-profondes.txt": f"{GOOD}\n\n" + ">" * DEEP,
    "zeros.html": f"{_H1}<p>avec des\0zéros\0</p>",
    "zeros.txt": f"{GOOD}\n\navec des\0zéros\0".encode(),
    "charset-inconnu.html": _meta("x-inconnu"),
    "charset-utf7.html": _meta("utf-7"),
    "charset-utf16-faux.html": _meta("utf-16"),
    "charset-menteur.html": '<meta charset="utf-8"><h1>Le budget participatif des quartiers</h1><p>été'.encode("cp1252"),
    "charset-rot13.html": _meta("rot13"),
    "charset-zip.html": _meta("zlib_codec"),
    "charset-long.html": _meta("x" * 10_000),
    "entites.html": f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 10}"><!ENTITY c "{"&b;" * 10}">]>{_H1}&c;',
    "entites.xhtml": f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{_H1}&x;</body></html>",
    "attributs.html": _H1 + "<p " + " ".join(f"a{number}=1" for number in range(20_000)) + ">texte",
    "attribut-immense.html": f"{_H1}<p title='{'x' * 2_000_000}'>texte",
    "balises-ouvertes.html": _H1 + "<" * 200_000,
    "commentaire-sans-fin.html": f"{_H1}<!-- " + "-" * 200_000,
    "script-sans-fin.html": f"{_H1}<script>" + "<script>" * 20_000,
    "base-hostile.html": f"<base href='javascript:alert(1)//'>{_H1}<a href='x.html'>x</a><a href='http://[::1'>y</a>",
    "adresses-hostiles.html": f"{_H1}<a href='http://[::1/x.pdf'>y</a><a href='//'>z</a><a href='http://a:99999999/b.pdf'>p</a>",
    "json-hostile.html": f'{_H1}<script type="application/ld+json">{"[" * DEEP}</script>',
    "json-nombre.html": f'{_H1}<script type="application/ld+json">{{"@type":"Event","startDate":{"9" * 10_000}}}</script>',
    "nombres-immenses.txt": f"{GOOD}\n\nDates:\n   {'9' * 5000}/{'9' * 5000}/{'9' * 5000}\n\nLieu:\n   {'9' * 50_000}\n",
    "chiffres-etranges.txt": f"{GOOD}\n\nDates:\n   ١١ mai ٢٠١٧, ²³/⁰⁵/²⁰¹⁷, ①⑧ mai 2017\n\nLieu:\n   ٦٠٤٠٠ Noyon\n",
    "dates-par-milliers.txt": f"{GOOD}\n\nDates:\n" + "   le 3 mai 2017 de 9h à 12h\n" * 2_000,
    "lieux-par-milliers.txt": f"{GOOD}\n\nLieu:\n" + "   Noyon (60)\n" * 2_000,
    "libelles-par-milliers.txt": f"{GOOD}\n\n" + "Organisé par : la CAF\nDates:\nLieu:\n" * 2_000,
    "notes-par-milliers.txt": f"{GOOD}\n\n" + "".join(f"[{n}] https://exemple.example/{n}.pdf\n" for n in range(999)),
    "liens-par-milliers.html": _H1 + "".join(f"<a href='/{n}.html'>lien {n}</a>" for n in range(20_000)),
    "traits.txt": f"{GOOD}\n\n" + "-a" * 50_000,
    "nombres.txt": f"{GOOD}\n\n" + "123 " * 50_000,
    "un-mot.txt": f"{GOOD}\n\n" + "é" * 1_000_000,
    "une-ligne.txt": f"{GOOD} " * 20_000,
    "blancs.txt": f"{GOOD}\n\n" + " \t\u00a0" * 300_000 + "fin",
    "retours.txt": f"{GOOD}" + "\r" * 300_000 + "fin",
    "accents.txt": f"{GOOD}\n\na" + "\u0301" * 100_000,
    "marques.txt": f"{GOOD}\n\n" + "\u202e\u2066\ufeff\u200b" * 50_000,
    "surrogats.html": f"{_H1}&#xD800;&#xDFFF;&#x110000;&#0;&#{'9' * 5_000};",
    "emoji.txt": f"{GOOD}\n\n" + "👩‍👩‍👧‍👦" * 50_000,
    "arabe.txt": f"{GOOD}\n\n" + "السلام عليكم " * 5_000,
}
"""Hurtful, and yet each says `GOOD`: it must be found."""

BROKEN: dict[str, bytes | str] = {
    "controles.txt": f"{GOOD}\n\n" + "".join(map(chr, range(1, 32))) * 50,
    "vide.txt": b"",
    "vide.html": b"",
    "blanche.txt": b" \n\t\n",
    "binaire.txt": bytes(range(256)) * 400,
    "image.html": b"\x89PNG\r\n\x1a\n" + bytes(2_000),
    "cadres.html": b"<frameset><frame src=a.html></frameset>",
    "commentaire.html": b"<!-- rien d'autre -->",
    "pdf.txt": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(500),
}
"""Nothing is said by these: each must be listed."""


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000_000_000 if LONG else 20_000_000)


def _dense(path: Path) -> None:
    """Nothing but tags, a little more than is read."""
    path.write_bytes(b"<p>x</p>" * 1_260_000)


Place = Callable[[Path], object]
PLACED: dict[str, tuple[str, Place]] = {
    "deux-gigas.txt": ("too_large", _sparse),
    "deux-gigas.html": ("too_large", _sparse),
    "trop-de-balises.html": ("too_large", _dense),
    "tube.txt": ("special_file", lambda path: os.mkfifo(path)),
    "tube.pdf": ("special_file", lambda path: os.mkfifo(path)),
    "zero.html": ("outside_link", lambda path: path.symlink_to("/dev/zero")),
    "hasard.pdf.html": ("outside_link", lambda path: path.symlink_to("/dev/urandom")),
    "memoire.txt": ("outside_link", lambda path: path.symlink_to("/proc/self/maps")),
    "mots-de-passe.txt": ("outside_link", lambda path: path.symlink_to("/etc/passwd")),
    "ailleurs": ("outside_link", lambda path: path.symlink_to("/etc")),
    "perdu.html": ("broken_link", lambda path: path.symlink_to("absent.html")),
    "cercle.txt": ("broken_link", lambda path: path.symlink_to("cercle.txt")),
}
"""What is no file, or none to be read: its reason, and how it comes there."""

MISNAMED = (b"m\xe9moire.txt", b"m\xe8moire.txt", b"\xff\xfe.pdf", b"\xed\xa0\x80.html")
"""Names that are not UTF-8."""
