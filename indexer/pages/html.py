"""What does an HTML page say: saved from a site, in print form, or with the label/value blocks of sister sites?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from selectolax.lexbor import LexborHTMLParser

from indexer.analysis import fold
from indexer.model import Link, Page
from indexer.pages.html_article import Article, breadcrumb, breadcrumb_steps
from indexer.pages.html_depth import shallow
from indexer.pages.html_facts import read_facts
from indexer.pages.html_head import Head, read_head
from indexer.pages.html_lines import BREAK, Line, read_lines
from indexer.pages.labels import label_of
from indexer.pages.mentions import read_mention
from indexer.pages.references import MARK, absolute, distinct, footnote, page_addresses

_FURNITURE = re.compile(
    r"(?:(?:favoris(?: ?\+)?|ajouter aux favoris|a ?\+|a ?-|version imprimable|imprimer(?: (?:la|cette) page)?|pdf"
    r"|precedent|suivant|accueil|haut de page|retour en haut(?: de page)?|retour a la liste|vous etes ici"
    r"|aller au contenu(?: principal)?"
    r"|partager(?: (?:sur|par|la|cette|l.article)[^|]{0,30})?|tweeter|envoyer (?:par|a un ami)[^|]{0,12}|lire la suite"
    r"|telecharge(?:r|ment)|reagir|commenter)[\s|·•›‹»«>:…/-]*)+"
)
_COOKIES = re.compile(
    r"(?:ce site|nous) utilis\w+ (?:des |les )?cookies|accept\w+ (?:tous )?(?:les )?cookies|gestion des cookies"
)
_SITE_NAME = re.compile(r"publie sur .{1,80}\(\s*https?://\S*\s*\)")
_WEIGHT = re.compile(r"\(?\s*(?:poids|taille)\s*:\s*[\d\s.,]+\s*(?:[kmg]i?)?(?:o|b|octets?)\b\s*\)?", re.I)
_DOWNLOAD = re.compile(
    r"(?:telecharge(?:r|ment|z)(?: (?:le|ce|la) (?:fichier|document|pdf))?|pdf|ouvrir|voir|ici|cliquez ici|lien)?[\W_]*"
)


@dataclass(slots=True)
class _Mentions:
    """What the lines of a page say of the page itself; `lines` are the others."""

    lines: list[Line]
    published: date | None = None
    modified: datetime | None = None
    url: str | None = None
    footnotes: dict[int, str] | None = None


def page_html(text: str) -> Page:
    """Read an HTML page; its article only. A page without any text gives an empty `Page.text`."""
    tree = LexborHTMLParser(shallow(text))
    body = tree.body
    if body is None:
        return Page(text="")
    head = read_head(tree)
    article = Article(tree, body)
    said = _mentions(read_lines(body, article.root, article.skips))
    addresses = _addresses(said, head)
    base = head.base or (addresses[0] if addresses else None)
    title = _title(said.lines, head)
    crumbs = breadcrumb(tree) or _crumbs_before_title(said.lines)
    facts = read_facts([line for line in said.lines if line.inside and not _is_title(line, title) and not _crumbs(line)])
    content, links = _content(facts.lines, said.footnotes or {}, base)
    outside = [line for line in said.lines if not line.inside]
    return Page(
        text=_compose(content),
        title=title,
        links=distinct([*links, *_outside_files(outside, base), *_unlinked(said, base)]),
        dates=facts.dates,
        places=facts.places,
        organisers=facts.organisers,
        breadcrumb=crumbs,
        tags=facts.tags,
        published=said.published or head.published,
        modified=said.modified or head.modified,
        addresses=addresses,
    )


def _mentions(lines: list[Line]) -> _Mentions:
    found = _Mentions([], footnotes={})
    for index, line in enumerate(lines):
        note = footnote(line.text)
        if note and found.footnotes is not None:
            found.footnotes[note[0]] = note[1]
        elif mention := read_mention(line.text):
            found.published = found.published or mention.published
            found.modified = found.modified or mention.modified
            found.url = found.url or mention.url or _address_after(line, lines[index + 1 : index + 2])
        elif not _is_link_label(line, lines[index + 1 : index + 2]) and line.text != found.url:
            found.lines.append(line)
    return found


def _address_after(line: Line, following: list[Line]) -> str | None:
    """The address of an "URL de la source" that stands in a link or on the next line."""
    if "url" not in fold(line.text[:12]):
        return None
    linked = [span.href for span in line.links] + [one.text for one in following]
    return next((address for address in linked if address.startswith(("http://", "https://"))), None)


def _is_link_label(line: Line, following: list[Line]) -> bool:
    return label_of(line.text) == "links" and any(footnote(one.text) for one in following)


def _addresses(said: _Mentions, head: Head) -> tuple[str, ...]:
    base = said.url or head.base or next(iter(head.addresses), None)
    printed = head.base if head.base and "/print/" in head.base else None
    return page_addresses([said.url, *(absolute(address, base) for address in head.addresses), printed])


def _title(lines: list[Line], head: Head) -> str | None:
    """The h1 of the article, else of the page, else what the head says."""
    for inside in (True, False):
        for index, line in enumerate(lines):
            if line.tag == "h1" and line.inside == inside and fold(line.text) != fold(head.site):
                rest = (other.text for other in lines[index + 1 : index + 4] if other.block == line.block)
                return " ".join([line.text, *rest])
    return head.title


def _is_title(line: Line, title: str | None) -> bool:
    return line.tag == "h1" and title is not None and line.text in title


def _crumbs(line: Line) -> tuple[str, ...]:
    """The steps of a line such as "Agenda > Politique de la ville"."""
    items = re.split(r"\s[›»>]\s", line.text) if len(line.text) <= 150 and "«" not in line.text else []
    return breadcrumb_steps(items) if len(items) > 1 and not line.cells else ()


def _crumbs_before_title(lines: list[Line]) -> tuple[str, ...]:
    for line in lines[:40]:
        if line.tag == "h1":
            break
        if steps := _crumbs(line):
            return steps
    return ()


def _content(lines: list[Line], footnotes: dict[int, str], base: str | None) -> tuple[list[Line], list[Link]]:
    """The lines that are text, and the links in them; download links take the words beside or before them."""
    kept: list[Line] = []
    links: list[Link] = []
    for line in lines:
        if _is_furniture(line):
            links += _file_links(line, base, kept[-1].text if kept else "")
            continue
        line = _without_marks(line, footnotes)
        line, found = _without_downloads(line, base, kept[-1].text if kept else "")
        links += found
        links += _links(line, base)
        if line.text.strip(" |-–:()"):
            kept.append(line)
    return kept, links


def _is_furniture(line: Line) -> bool:
    folded = fold(line.text[:400]).strip()
    if _FURNITURE.fullmatch(folded):
        return bool(line.links) or folded not in ("accueil", "pdf")
    return bool((_COOKIES.search(folded) and len(line.text) < 400) or _SITE_NAME.fullmatch(folded))


def _without_marks(line: Line, footnotes: dict[int, str]) -> Line:
    """The line without its "[2]" marks, if the page has the footnotes."""
    for mark in reversed(list(MARK.finditer(line.text))):
        if int(mark[1]) in footnotes:
            line = line.without(mark.start(), mark.end())
    return line


def _without_downloads(line: Line, base: str | None, before: str) -> tuple[Line, list[Link]]:
    downloads = [span for span in line.links if _DOWNLOAD.fullmatch(fold(line.text[span.start : span.end])) and not line.cells]
    weight = _WEIGHT.search(line.text)
    if not weight and not any(_is_file(span.href) for span in downloads):
        return line, []
    bare = line
    for span in sorted(downloads, key=lambda span: span.start, reverse=True):
        bare = bare.without(span.start, span.end)
    if weight := _WEIGHT.search(bare.text):
        bare = bare.without(weight.start(), weight.end())
    words = re.sub(r"\(\s*\)", "", bare.text).strip(" |-–:") or before
    return bare, [Link(url, words) for span in downloads if (url := absolute(span.href, base))]


def _file_links(line: Line, base: str | None, before: str) -> Iterator[Link]:
    for span in line.links:
        url = absolute(span.href, base)
        if url and _is_file(span.href):
            yield Link(url, before[:200] or url.rsplit("/", 1)[-1])


def _is_file(href: str) -> bool:
    return re.search(r"\.(?:pdf|docx?|odt|pptx?|odp|xlsx?|ods|zip)(?:[?#]|$)", href, re.I) is not None or "/files/" in href


def _links(line: Line, base: str | None) -> Iterator[Link]:
    for span in line.links:
        if url := absolute(span.href, base):
            yield Link(url, line.text[span.start : span.end].replace(BREAK, " ").strip() or url)


def _outside_files(lines: Iterable[Line], base: str | None) -> Iterator[Link]:
    """Files linked from beside the article are attached to it all the same."""
    for line in lines:
        yield from _file_links(line, base, line.text if not _is_furniture(line) else "")


def _unlinked(said: _Mentions, base: str | None) -> Iterator[Link]:
    for address in (said.footnotes or {}).values():
        if url := absolute(address, base):
            yield Link(url, url)


def _compose(lines: list[Line]) -> str:
    """Lines of one paragraph, list or table below each other, a blank line between the others."""
    parts: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None:
            together = line.block == last.block or (line.group and line.group == last.group)
            parts.append("\n" if together else "\n\n")
        parts.append(line.prefix + line.text.replace(BREAK, " "))
        last = line
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()
