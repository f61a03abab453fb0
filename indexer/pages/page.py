"""What does this page say? Bytes in, `Page` out."""

from __future__ import annotations

import re

from indexer.errors import UnreadableFile
from indexer.model import Page
from indexer.pages.encoding import decode
from indexer.pages.html import page_html
from indexer.pages.labels import Labels, shipped_labels
from indexer.pages.print_text import page_text

_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
VERSION = "page-2"
"""Changes with every rule of reading pages: unchanged files are then read again."""


def read_page(name: str, data: bytes, labels: Labels | None = None) -> Page:
    """Read a page file by its suffix: `.txt` in print form, `.html`, `.htm`, `.xhtml` as saved from a site.

    Raises `UnreadableFile`: "not_text" when it is a binary file, "empty" when it says nothing at all.
    """
    text, labels = decode(data), labels or shipped_labels()
    page = page_text(text, labels) if name.lower().endswith(".txt") else page_html(text, labels)
    if not (page.text or page.title or page.dates or page.places or page.links):
        raise _empty(text)
    return page


def _empty(text: str) -> UnreadableFile:
    if _FRAMES.search(text):
        return UnreadableFile(
            "empty",
            "page faite de cadres : son texte est dans d’autres fichiers",
            "Ouvrez la page que montre le cadre principal et enregistrez-la à la place de ce fichier.",
        )
    return UnreadableFile(
        "empty",
        "page vide" if not text.strip() else "page sans texte une fois les menus et les mentions du site retirés",
        "Enregistrez de nouveau la page depuis le site, ou retirez ce fichier du corpus.",
    )
